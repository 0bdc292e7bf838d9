"""The clerk's day: minutes read, matters without a document, many assigned, a wrong lead, duplicates, sub-matters, wrong words.

The README's *reads*: confirm, correct, merge, split, dismiss; and *follows*: disputes, sub-matters, withdrawals.
"""

from city import ENTER, day

MINUTES = """清禾市冬季保供专题会议纪要

2026年11月20日，市长沈若谷主持召开冬季保供专题会议。会议决定，市交通局要在2027年1月15日前完成除雪设备检修30台。市民政局要在2027年1月20日前为独居老人发放取暖补贴。市住建局要在2027年1月25日前完成换热站巡检12座。临江镇要在2027年2月10日前清理沟渠6处。要提高认识，压实责任。
"""


def tell(seat, work):
    read(seat, work)
    many(seat)
    wrong_lead(seat)
    duplicates(seat)
    parts(seat)
    at_once(seat)
    wrong_words(seat)


def settled(seat):
    return seat.run("return document.querySelectorAll('.proposal:not([data-open])').length")


def press(seat, key):
    """A key of the reading page; with scripts off, the button that the key stands for."""
    if seat.scripts:
        seat.run("window.isOld = true")
        seat.press(key)
        seat.until("return !window.isOld && document.readyState === 'complete'")
    else:
        seat.follow(f'.proposal[data-open] [data-key="{"Enter" if key == ENTER else key}"]')


def read(seat, work):
    """Minutes are settled by keyboard; the meeting's page then says what became of each directive."""
    paper = work / "冬季保供.txt"
    paper.write_text(MINUTES, encoding="utf-8")
    seat.sit("clerk")
    seat.go("/documents")
    seat.fill(file=paper)
    seat.send()
    document = seat.path()
    proposals = len(seat.all(".proposal[data-open]"))
    assert proposals == 5, f"{proposals} proposals: {seat.main()}"
    press(seat, ENTER)
    assert settled(seat) == 1, seat.main()
    press(seat, "e")
    seat.fill(owner="市民政局、各乡镇")
    seat.send()
    assert "市民政局、各乡镇" in seat.text(), seat.main()
    press(seat, ENTER)
    press(seat, "x")
    assert settled(seat) == 3, seat.main()
    seat.reads("document-dismissed-ones")
    if seat.scripts:
        seat.run("window.isOld = true")
        seat.press("u")
        seat.until("return !window.isOld && document.readyState === 'complete'")
    else:
        seat.follow("[data-undo]")
    assert settled(seat) == 2, "the last change was not taken back"
    while seat.all(".proposal[data-open]"):
        press(seat, ENTER)
    seat.picture("settled")

    # One page assigns what the document opened: leads and deadlines stand there where the text says them.
    seat.follow(f'main a[href="{document}/assignment"]')
    seat.picture("assignment")
    seat.run("window.isOld = true")
    seat.follow('main button[value="words"]')
    for row in seat.run("return [...document.querySelectorAll('.row')].map(r => r.id.replace('row-', ''))"):
        if not seat.run("return document.getElementById(arguments[0]).value", f"lead-{row}"):
            seat.fill(**{f"lead-{row}": seat.name("civil")})
    seat.follow("main .saving button")
    assert not seat.all(".row"), seat.main()
    seat.go(document)
    seat.press_on(seat.word("meeting-of-document"))
    states = [cell for cell in seat.all("main tbody tr") if seat.word("state-assigned") in cell]
    assert len(states) == 4, seat.main()
    seat.reads("document-noted")
    seat.picture("meeting")


def many(seat):
    """Two matters without a document, assigned on one page: what is complete is saved, what is not keeps its words."""
    seat.sit("clerk2")
    first = seat.opened("对全市燃气管网开展一次安全检查。")
    second = seat.opened("市领导批示：解决老城区停车难。")
    seat.go("/matters")
    seat.follow('main a[href="/matters/assignment"]')
    for number, lead, due in ((first, seat.name("housing"), day(40)), (second, "", day(50))):
        seat.fill(**{f"lead-{number}": lead, f"due-{number}": due, f"supervising-{number}": seat.name("supervision"),
                     f"criterion-{number}": "检查台账完整，抽查两处一致。"})
    seat.follow("main .saving button")
    assert not seat.all(f"#row-{first}"), "what was complete was not saved"
    assert seat.run("return document.getElementById(arguments[0]).value", f"criterion-{second}") == "检查台账完整，抽查两处一致。"
    seat.fill(**{f"lead-{second}": seat.name("transport")})
    seat.follow("main .saving button")
    assert not seat.all(f"#row-{second}"), seat.main()
    for number, lead in ((first, "housing"), (second, "transport")):
        seat.go(f"/matters/{number}")
        seat.sees(seat.name(lead), seat.word("state-assigned"))


def wrong_lead(seat):
    """A unit says that it is not its own; the clerk gives it to the right one, and both stay on the record."""
    seat.sit("clerk")
    number = seat.assigned("修订市区停车收费办法。", "water")
    seat.sit("water")
    seat.act(number, "dispute", reason="停车收费不属水务职责，应由交通部门牵头。")
    seat.sit("clerk")
    seat.sees(number)
    seat.go(f"/matters/{number}")
    seat.sees("停车收费不属水务职责")
    seat.act(number, "assignment", lead=seat.name("housing"), supervising=seat.name("supervision"),
             criterion="新办法印发并公布。", due=day(30))
    seat.act(number, "reassignment", lead=seat.name("transport"), supervising=seat.name("supervision"), reason="经核，改由市交通局牵头。")
    seat.sees(seat.name("transport"), "经核，改由市交通局牵头")
    seat.reads("event-disputed", "event-reassigned")
    seat.sit("transport")
    seat.sees(number)
    seat.sit("water")
    seat.does_not_see(number)


def duplicates(seat):
    """The same thing opened twice goes on under one number, with both histories and both links."""
    seat.sit("clerk")
    kept = seat.assigned("在全市新建公共充电桩200个。", "housing", due=60)
    again = seat.assigned("全市新建公共充电桩200个。", "housing", due=90)
    seat.go(f"/matters/{again}")
    seat.follow(f'main a[href="/matters/{again}/merger?into={kept}"]')
    assert seat.run("return document.querySelector('[name=into]').value") != "", "the other matter is not filled in"
    seat.fill(reason="两次会议议定的是同一件事。")
    seat.send()
    seat.go(f"/matters/{again}")
    seat.reads("family-goes-on", "event-duplicate")
    seat.sees("两次会议议定的是同一件事")
    seat.follow(f'main a[href="/matters/{kept}"]')
    seat.reads("family-merged", "event-merged")
    seat.sees(again)


def parts(seat):
    """A matter is divided; the whole cannot be cleared while a part is open."""
    seat.sit("clerk")
    whole = seat.assigned("完成老旧小区消防通道整治。", "housing")
    seat.act(whole, "sub-matter", **{"directive-1": "整治城北片区消防通道4处。", "directive-2": "整治城南片区消防通道3处。"})
    seat.reads("matter-subs", "event-sub-opened")
    assert len(seat.all('section[aria-labelledby="matter-subs"] a')) >= 2, seat.main()
    part = seat.all('section[aria-labelledby="matter-subs"] a')[0]
    seat.act(part, "assignment", lead=seat.name("linjiang"), supervising=seat.name("supervision"), criterion="逐处验收。", due=day(20))
    seat.follow(f'main a[href="/matters/{whole}"]')
    seat.act(part, "withdrawal", authority="分管副市长口头决定", reason="并入整体工程。")
    seat.sees(seat.word("state-withdrawn"))


def at_once(seat):
    """A phone call becomes a matter with a lead and a deadline in one form; what is missing is named, and nothing is lost."""
    seat.sit("clerk2")
    seat.go("/matters")
    seat.follow('main a[href="/matters/new"]')
    words = "市领导电话要求：三日内修好滨河路路灯。"
    seat.fill(directive=words, lead=seat.name("housing"), due=day(3))
    seat.send()
    seat.reads("error-summary-title")
    assert seat.run("return document.querySelector('[name=directive]').value") == words, "what was typed is lost"
    seat.fill(criterion="夜间逐盏点亮。")
    seat.picture("opened-at-once")
    seat.send()
    seat.sees(words, seat.name("housing"), seat.word("state-assigned"))


def wrong_words(seat):
    """A word was confirmed wrong: one form puts another matter in its place, assigned as before, and each leads to the other."""
    seat.sit("clerk")
    old = seat.assigned("疏浚东河清淤3公里。")
    seat.go(f"/matters/{old}")
    seat.follow(f'main a[href^="/matters/{old}/correction"]')
    seat.fill(directive="疏浚东河清淤2.4公里。", reason="纪要抄录有误。")
    seat.send()
    seat.go(f"/matters/{old}")
    seat.sees("纪要抄录有误")
    seat.reads("family-corrected")
    seat.follow('main .notice a[href^="/matters/"]')
    seat.sees("疏浚东河清淤2.4公里", seat.word("state-assigned"))
