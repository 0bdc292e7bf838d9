"""The numbered supervision notice, printed: one paper for each lead, A4, with nothing of the page around it."""

import re

PAPER = (595, 842)


def tell(seat, work):
    seat.sit("clerk")
    number = seat.assigned("完成城北换热站泵房防水。", "housing")
    seat.go("/matters")
    seat.follow('main a[href="/notices"]')
    seat.fill(number=number, note="每月25日前报进展。")
    seat.send()
    seat.reads("error-summary-title")
    assert seat.run("return document.querySelectorAll('[name=number]:checked').length") == 1, "the ticks are lost"
    seat.fill(word="清政督", liaison="周一诺 010-0000")
    seat.send()
    assert re.fullmatch(r"/notices/\d{4}-N?\d+", seat.path()), seat.path()
    seat.sees(number, "清政督", "每月25日前报进展", seat.name("housing"))
    seat.picture("notice")
    pages, size = seat.prints("notice")
    assert pages == 1, f"{pages} pages"
    assert all(abs(a - b) <= 1 for a, b in zip(size, PAPER)), f"not A4: {size}"
    hidden = seat.on_paper("return [...document.querySelectorAll('.masthead, .back, .footing')].filter(e => e.offsetParent).length")
    assert hidden == 0, "the page around the notice is printed too"
    # It stands with its matter, for everybody who may see it.
    seat.sit("housing")
    seat.go(f"/matters/{number}")
    seat.reads("notices-title", "event-notice")
    seat.follow('section[aria-labelledby="notices"] a')
    seat.sees(number, "清政督")
