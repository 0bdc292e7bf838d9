"""Without a mouse: signed in, a directive confirmed and a matter verified with Tab, Space and Enter alone.

What has the focus is always marked, and the focus goes through a page in the order in which it is read.
"""

from browser import PASSWORD
from city import ENTER, SPACE, TAB

MARKED = """
const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
return {marked: outlined, shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    after: !window.focusBefore || !!(window.focusBefore.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
    there: (window.focusBefore = e).matches(arguments[0]), at: e.outerHTML.slice(0, 120)}"""


def tab_to(seat, selector):
    """Tabs on until the focus is on what the selector finds, and looks at every stop on the way."""
    for _ in range(150):
        seat.press(TAB)
        stop = seat.run(MARKED, selector)
        assert stop["at"] and not stop["at"].startswith("<body"), f"Tab ran off {seat.path()} before {selector}"
        assert stop["marked"], f"the focus is not marked on {seat.path()}: {stop['at']}"
        assert stop["shown"], f"the focus is out of sight on {seat.path()}: {stop['at']}"
        assert stop["after"], f"the focus jumps back on {seat.path()}: {stop['at']}"
        if stop["there"]:
            return
    raise AssertionError(f"Tab never reaches {selector} on {seat.path()}:\n{seat.main()}")


def typed(seat, text):
    for key in text:
        seat.press(key)


def entered(seat, key=ENTER):
    """Presses, and waits for the page that follows."""
    seat.run("window.isOld = true")
    seat.press(key)
    seat.until("return !window.isOld && document.readyState === 'complete'")


def tell(seat, work):
    seat.sit()
    seat.go("/sign-in")
    # The first stop leads past the head of the page.
    tab_to(seat, ".skip")
    seat.picture("skip")
    seat.press(ENTER)
    tab_to(seat, "#login")
    typed(seat, "clerk2")
    tab_to(seat, "#password")
    typed(seat, PASSWORD)
    entered(seat)
    seat.reads("desk-title")

    # A document waits on the desk; with scripts, Enter confirms the directive at hand, and without, its button does.
    tab_to(seat, 'a[href^="/documents/"]')
    seat.picture("desk")
    entered(seat)
    waiting = len(seat.all(".proposal[data-open]"))
    assert waiting, seat.main()
    if not seat.scripts:
        tab_to(seat, '.proposal[data-open] [data-key="Enter"]')
        seat.picture("proposal")
    entered(seat)
    assert len(seat.all(".proposal[data-open]")) == waiting - 1, seat.main()

    # A report waits to be verified.
    seat.go("/")
    tab_to(seat, 'main a[href$="/verification"]')
    entered(seat)
    page = seat.path().removesuffix("/verification")
    tab_to(seat, "[name=method]")
    seat.press(SPACE)
    tab_to(seat, "[name=finding]")
    typed(seat, "Looked at ten of the differences; each was dealt with.")
    seat.picture("verification")
    tab_to(seat, ".actions button")
    entered(seat)
    assert seat.path() == page, seat.main()
    seat.sees("Looked at ten of the differences")
    seat.reads("axis-verified")
