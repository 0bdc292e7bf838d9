"""A list by sentence: narrowed, kept as a view, as board and calendar, and taken out as a workbook and as text."""

import csv
import io
import zipfile


def tell(seat, work):
    # Conditions stand in the address and on the page as a sentence, and each can be taken away.
    seat.sit("clerk")
    seat.go("/matters")
    seat.fill("form.finder", standing=seat.word("stands-open"), lead=seat.name("housing"))
    seat.follow("form.finder button")
    assert "standing=open" in seat.path() and "lead=" in seat.path(), seat.path()
    assert any(seat.name("housing") in clause for clause in seat.all(".clauses li")), seat.main()
    narrowed = seat.path()
    numbers = seat.all("main tbody th a")
    assert numbers, seat.main()
    assert all(seat.name("housing") in row for row in seat.all("main tbody tr")), seat.main()
    seat.follow(".clauses a")
    assert len(seat.all(".clauses a")) < 3 and seat.path() != narrowed, "a condition stays"

    # The list is kept under a name, and is where this person begins from then on.
    seat.go(narrowed)
    seat.fill("form[action='/matters/views']", view="住建在办")
    seat.follow("form[action='/matters/views'] button")
    if not seat.path().startswith("/matters/views"):
        seat.sees("住建在办")
        seat.go("/matters/views")
    seat.press_on(seat.word("views-begin"))
    seat.reads("views-begins")
    seat.go("/matters")
    assert seat.all("main tbody th a") == numbers, seat.main()
    seat.picture("table")

    # The same list as a board and a calendar.
    seat.press_on(seat.word("shape-board"))
    assert sorted(seat.all(".board li > a")) == sorted(numbers), seat.main()
    seat.picture("board")
    seat.press_on(seat.word("shape-calendar"))
    assert seat.all("table.due-month td a"), seat.main()
    seat.press_on(seat.word("calendar-after"))
    seat.picture("calendar")

    # What is seen is taken out, and nothing else.
    seat.go(narrowed)
    book = zipfile.ZipFile(io.BytesIO(seat.fetch(seat.link_to("/matters/export.xlsx"))))
    cells = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    lines = seat.fetch(seat.link_to("/matters/export.csv")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines)))
    assert len(rows) == len(numbers) + 1, lines
    for number in numbers:
        assert number in cells and any(number in row for row in rows), f"{number} was not taken out"

    # Two characters find; a circle's matter is found by its circle alone.
    seat.sit("police")
    seat.fill("form.head-search", words="收摊")
    seat.submit("form.head-search button")
    seat.sees("2026-C0001")
    seat.sit("housing2")
    seat.fill("form.head-search", words="收摊")
    seat.submit("form.head-search button")
    seat.does_not_see("C0001")
    # Nobody else sees what somebody keeps.
    seat.go("/matters/views")
    seat.does_not_see("住建在办")
    # Set back, for the stories that follow.
    seat.sit("clerk")
    seat.go("/matters/views")
    seat.press_on(seat.word("views-begin-not"))
