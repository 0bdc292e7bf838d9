"""What a clerk corrects is known in the next document, and revoked; two clerks settle one document; one key makes its task sheet.

The README's *reads*: a correction can teach the office's list, and the task sheet goes out and comes back.
"""

from clerk import press
from city import ENTER, Seat

MINUTES = """清禾市{topic}专题会议纪要

2026年11月20日，市长沈若谷主持召开{topic}专题会议。会议决定，住房城建局要在2027年1月15日前完成{what}。市交通局要在2027年1月25日前公布{topic}便民措施。要提高认识，压实责任。
"""


def tell(seat, work):
    taught(seat, work)
    document = known(seat, work)
    revoked(seat)
    together(seat, document)
    task_sheet(seat, work, document)


def taken_in(seat, work, topic, what):
    paper = work / f"{topic}.txt"
    paper.write_text(MINUTES.format(topic=topic, what=what), encoding="utf-8")
    seat.go("/documents")
    seat.fill(file=paper)
    seat.send()
    assert seat.path().startswith("/documents/"), seat.main()
    return seat.path()


def taught(seat, work):
    """An owner is corrected to a unit, and a phrase is no directive: both hold from now on, where the clerk says so."""
    seat.sit("clerk")
    document = taken_in(seat, work, "照明", "路灯更换80盏")
    press(seat, "e")
    seat.fill(owner=seat.name("housing"), teach="yes")
    seat.picture("teach")
    seat.send()
    last = len(seat.all(".proposal[data-open]"))
    seat.follow(f'main a[href="{document}/proposals/{last}/lesson"]')
    seat.fill(phrase="责")
    seat.send()
    # Too short to mean anything; what was typed stays.
    seat.reads("error-summary-title")
    assert seat.run("return document.querySelector('[name=phrase]').value") == "责"
    seat.fill(phrase="压实责任")
    seat.picture("phrase")
    seat.send()
    # What was dismissed is folded, with who and when, and one press brings it back; dismissed again, it stays so.
    seat.reads("document-dismissed-ones")
    back = 'main details[data-aside="d"] [data-key="u"]'
    if seat.scripts:
        seat.press("d")
        seat.reads("document-dismissed-by")
        seat.picture("dismissed")
        press(seat, "u")
    else:
        seat.follow(back)
    assert not seat.run("return !!document.querySelector('details[data-aside=d]')"), seat.main()
    seat.follow(f'#p{last} [data-key="x"]')
    seat.reads("document-dismissed-ones")


def known(seat, work):
    """The next document says whose word it goes by, and keeps in sight what it left out."""
    seat.sit("clerk2", phone=True)
    document = taken_in(seat, work, "供水", "管网排查12处")
    seat.reads("document-called", "taught-by", "document-left-out-ones")
    seat.sees(seat.name("housing"), seat.name_of_officer("clerk"))
    seat.picture("by-list")
    seat.sit("clerk2")
    seat.go(document)
    if seat.scripts:
        seat.press("l")
        seat.reads("document-left-out-by")
        seat.picture("left-out")
        press(seat, "u")
    else:
        seat.follow('main form[action$="/inclusion"] button')
    assert not seat.run("return !!document.querySelector('details[data-aside=l]')"), seat.main()
    assert len(seat.all(".proposal[data-open]")) == 3, seat.main()
    return document


def revoked(seat):
    """Everything that was taught stands on one page, with who taught it, and is revoked there."""
    seat.go("/documents")
    seat.follow('main a[href="/profile"]')
    seat.sees("住房城建局", seat.name("housing"), "压实责任")
    seat.picture("list")
    seat.follow('main tr:has(form) form button')
    seat.follow('main tr:has(form) form button')
    seat.reads("profile-none", "profile-revoked")


def together(seat, document):
    """Two clerks, two browsers, one document: the second is told what the first did, and keeps what was typed."""
    other = Seat(seat.server, seat.pictures, seat.scripts)
    try:
        other.begin(f"{seat.story}-other")
        other.sit("clerk")
        other.go(f"{document}/proposals/1/correction")
        seat.sit("clerk2")
        seat.go(document)
        seat.follow('.proposal[data-open] [data-key="Enter"]')
        other.fill(owner="市住建局会同市财政局")
        other.send()
        other.reads("act-meanwhile", "proposal-stale", "meanwhile-confirmed")
        other.sees(other.name_of_officer("clerk2"))
        assert other.run("return document.querySelector('[name=owner]').value") == "市住建局会同市财政局", "what was typed is lost"
        other.picture("meanwhile")
        # A page that was open since before is told as well, and nothing of it is done.
        other.go(document)
        seat.follow('.proposal[data-open] [data-key="Enter"]')
        waiting = len(seat.all(".proposal[data-open]"))
        other.follow('.proposal[data-open] [data-key="x"]')
        other.reads("document-stale", "meanwhile-confirmed")
        assert len(other.all(".proposal[data-open]")) == waiting, other.main()
        other.picture("stale")
    finally:
        other.close()


def task_sheet(seat, work, document):
    """One key makes the sheet; printed it is A4 across with its heading on each page; brought back it changes nothing."""
    seat.go(document)
    while seat.all(".proposal[data-open]"):
        press(seat, ENTER)
    sheet = seat.link_to(document)
    assert sheet == f"{document}/task-sheet.xlsx", sheet
    if seat.scripts:
        press(seat, "p")
    else:
        seat.follow(f'main a[href="{document}/task-sheet"]')
    seat.sees("管网排查12处")
    seat.picture("task-sheet")
    around = seat.on_paper("return [...document.querySelectorAll('.masthead, .footing, .back, main .button')].filter(e => e.checkVisibility()).length")
    repeats = seat.on_paper("return getComputedStyle(document.querySelector('main thead')).display")
    assert (around, repeats) == (0, "table-header-group"), (around, repeats)
    sheets, (width, height) = seat.prints("task-sheet")
    assert sheets == 1 and width > height, f"{sheets} sheets of {width} × {height}"
    book = work / "任务清单.xlsx"
    book.write_bytes(seat.fetch(sheet))
    seat.go("/import")
    seat.fill(file=book)
    seat.send()
    seat.reads("import-nothing-to-add")
    assert not seat.run("return !!document.querySelector('form[action$=\"/confirmation\"]')"), seat.main()
