"""The administrator: a unit, its posts and officers, an invitation, a desk handed over, a unit that ends while its matters run.

Whoever is invited opens the link in a browser of his own, and finds what waits for him.
"""

from city import day

OFFICER = "main form[action='/organisation/officers']"


def tell(seat, work):
    unit, head, member = founds(seat)
    invited(seat, head, "parks")
    invited(seat, member, "parks2")
    lent(seat)
    handed_over(seat, member)
    merged(seat, unit)


def founds(seat):
    """A unit with two posts and two officers; a name that is missing is asked for."""
    seat.sit("admin")
    seat.go("/organisation")
    new = "main form[action='/organisation/units']"
    seat.fill(new, aliases="园林局")
    seat.send(f"{new} button")
    seat.reads("error-summary-title")
    assert seat.run("return document.querySelector(arguments[0]).value", f"{new} [name=aliases]") == "园林局"
    seat.fill(new, name_zh="市园林局", name_en="Parks Bureau", parent=seat.name("executive"), function=seat.word("function-executing"))
    seat.send(f"{new} button")
    if not seat.path().startswith("/organisation/units/"):
        seat.press_on("Parks Bureau" if seat.lang == "en" else "市园林局")
    unit = seat.path().split("?")[0]
    for duty, zh, en in (("head", "园林局局长", "Parks Director"), ("member", "园艺师", "Gardener")):
        post = f"main form[action='{unit}/posts']"
        seat.fill(post, duty=seat.word(f"duty-{duty}"), name_zh=zh, name_en=en)
        seat.send(f"{post} button")
        assert seat.path() == unit + "?done=change", seat.main()
    seat.picture("unit")
    officers = []
    for zh, en, post in (("柳岸", "Liu An", ("园林局局长", "Parks Director")), ("花满", "Hua Man", ("园艺师", "Gardener"))):
        seat.go("/organisation")
        seat.fill(OFFICER, name_zh=zh, name_en=en, post=post[seat.lang == "en"])
        seat.send(f"{OFFICER} button")
        seat.go(unit)
        seat.press_on(en if seat.lang == "en" else zh)
        officers.append(seat.path())
    return unit, *officers


def invited(seat, officer, login):
    """The link works once, in a fresh browser; a password too short is not taken."""
    seat.sit("admin")
    seat.go(officer)
    seat.follow(f'main form[action="{officer}/invitation"] button')
    link = seat.all(".notice code")[0]
    seat.picture("invitation")
    seat.sit()
    seat.go(link)
    seat.fill(login=login, new_password="short", password_again="short")
    seat.send()
    seat.reads("error-summary-title")
    assert seat.run("return document.querySelector('#login').value") == login, "what was typed is lost"
    password = f"{login}: three herons by the weir"
    seat.fill(new_password=password, password_again=password)
    seat.send()
    if "/sign-in" in seat.path():
        seat.fill(login=login, password=password)
        seat.send("main form button")
    seat.reads("desk-title")
    seat.keep(login)
    seat.sit()
    seat.go(link)
    assert not seat.run("return !!document.querySelector('#new_password')"), "the link works twice"


def lent(seat):
    """A head lends his signature for a week; what is signed in his place bears both names."""
    seat.sit("clerk")
    number = seat.opened("更新公园导览牌80块。")
    seat.act(number, "assignment", lead=seat.name_of_officer("civil"), supervising=seat.name("supervision"),
             criterion="导览牌全部更新。", due=day(30))
    seat.sit("civil")
    seat.go("/account/delegations")
    seat.fill(delegate=seat.name_of_officer("civil2"), lend=["work"], **{"from": day(0), "last_day": day(6)})
    seat.send()
    seat.reads("delegation-running")
    seat.picture("delegation")
    seat.sit("civil2")
    seat.reads("behalf-title")
    seat.go(f"/matters/{number}/receipt")
    seat.send()
    seat.go(f"/matters/{number}")
    seat.follow(f'main a[href^="/matters/{number}/progress?in_place_of="]')
    seat.fill(note="导览牌已完成设计。")
    seat.send()
    seat.go(f"/matters/{number}")
    assert any(seat.name_of_officer("civil") in line and seat.name_of_officer("civil2") in line for line in seat.all(".timeline li")), seat.main()
    seat.sit("civil")
    seat.go("/account/delegations")
    seat.follow('main form[action="/account/delegations/revocation"] button')
    seat.sit("civil2")
    seat.does_not_see(number)


def handed_over(seat, leaver):
    """Whoever leaves hands over what he leads, and his posts end."""
    seat.sit("clerk")
    number = seat.opened("编制全市古树名木名录。")
    seat.act(number, "assignment", lead="Hua Man" if seat.lang == "en" else "花满", supervising=seat.name("supervision"),
             criterion="名录公布。", due=day(80))
    seat.sit("parks2")
    seat.sees(number)
    seat.sit("admin")
    seat.go(leaver)
    seat.follow(f'main a[href="{leaver}/handover"]')
    seat.fill("main form.filters", successor_officer="Liu An" if seat.lang == "en" else "柳岸")
    seat.follow("main form.filters button")
    rows = [row for row in seat.all("main tbody tr") if number in row]
    assert len(rows) == 1 and seat.word("handover-moves") in rows[0], seat.main()
    seat.picture("handover")
    seat.fill("main form.narrow", reason="调离本市。", last_day=day(0))
    seat.send("main form.narrow button")
    seat.sit("parks")
    seat.sees(number)
    seat.go(f"/matters/{number}")
    seat.reads("event-handed-over-lead")
    seat.sit("parks2")
    seat.does_not_see(number)


def merged(seat, heir):
    """A unit ends while its matters run: whoever takes over finds them on his desk, and the history stays."""
    seat.sit("clerk")
    number = seat.assigned("完成护林防火通道12公里。", "baiyang")
    seat.sit("admin")
    seat.go("/organisation")
    seat.press_on(seat.name("baiyang"))
    unit = seat.path().split("?")[0]
    form = f"main form[action='{unit}/closing']"
    seat.fill(form, heir="Parks Bureau" if seat.lang == "en" else "市园林局", last_day=day(-1), reason="机构改革。")
    seat.send(f"{form} button")
    seat.picture("ended")
    seat.sit("parks")
    seat.sees(number)
    seat.act(number, "receipt")
    seat.sees(seat.word("state-under_way"))
    seat.sit("baiyang")
    seat.does_not_see(number)
