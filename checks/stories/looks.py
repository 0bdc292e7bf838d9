"""The main pages as high contrast and paper show them: nothing said by colour alone, and no page around what is printed."""

# What each reader looks at most; the first matter on a list stands for all.
PAGES = {
    None: ["/", "/published", "a[href^='/matters/2']", "/record"],
    "clerk": ["/", "/matters", "a[href^='/matters/2']", "/meetings", "a[href^='/meetings/']", "/organisation"],
    "water": ["/", "/matters"],
}
VISIBLE = "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))"
BARE = """
return [...document.querySelectorAll('main button, main .button')].filter(e => e.checkVisibility() && !e.matches('.quiet'))
    .filter(e => parseFloat(getComputedStyle(e).borderTopWidth) < 1).map(e => e.outerHTML.slice(0, 100))"""


def tell(seat, work):
    for login, pages in PAGES.items():
        seat.sit(login)
        for no, page in enumerate(pages):
            if page.startswith("a["):
                seat.follow(f"main {page}")
            else:
                seat.go(page)
            name = f"{login or 'visitor'}-{no}"
            # Where the system chooses the colours, a button is known by its border.
            seat.cdp("Emulation.setEmulatedMedia", features=[{"name": "forced-colors", "value": "active"}])
            assert seat.run("return matchMedia('(forced-colors: active)').matches"), "the browser has no forced colours"
            bare = seat.run(BARE)
            assert not bare, f"without a border in forced colours, on {seat.path()}: {bare}"
            seat.picture(f"{name}-forced")
            seat.cdp("Emulation.setEmulatedMedia", features=[])
            around = seat.on_paper(VISIBLE, ".masthead, .footing, .skip, .back, main nav, main button, main .button")
            assert not around, f"printed with {seat.path()}: {around}"
            sheets, size = seat.prints(name)
            assert 1 <= sheets <= 8, f"{seat.path()} takes {sheets} sheets"
