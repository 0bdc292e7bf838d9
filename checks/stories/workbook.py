"""An office's own ledger comes in from a workbook: looked at first, taken in, and the same file again changes nothing."""

import zipfile
from xml.sax.saxutils import escape

from city import TODAY, day

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"""
BOOK = """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>"""
SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"""


def workbook(path, rows):
    """The least workbook that an office program opens."""
    cell = lambda at, row, words: f'<c r="{"ABCDEFGH"[at]}{row}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'
    lines = "".join(f'<row r="{row}">{"".join(cell(at, row, words) for at, words in enumerate(line))}</row>' for row, line in enumerate(rows, 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"))
        book.writestr("xl/worksheets/sheet1.xml", SHEET.format(rows=lines))


def tell(seat, work):
    file = work / "2026年督查台账.xlsx"
    workbook(file, [
        ["2026年督查台账"],
        ["序号", "事项内容", "牵头单位", "完成时限", "验收标准"],
        ["1", "完成城区路灯节能改造1200盏。", "市住建局", day(60), "逐盏验收。"],
        ["2", "开通至高铁站的公交专线2条。", "市交通局", day(45), "线路开通运行。"],
        ["3", "修建候鸟观测站1座。", "市天文局", day(90), "竣工验收。"],
        ["4", "完成水源地围网。", "市水务局", f"{TODAY.year + 1}年2月30日", "围网完整。"],
    ])
    seat.sit("clerk")
    seat.go("/matters")
    before = count(seat)
    seat.follow('main a[href="/import"]')
    seat.fill(file=file)
    seat.send()
    # Nothing is on the record yet; each row says what would become of it, and why not.
    seat.sees("市天文局", "2月30日")
    seat.picture("looked-at")
    seat.go("/matters")
    assert count(seat) == before, "looking at it changed the record"
    seat.go("/import")
    seat.follow('main tbody a')
    if seat.run("return !document.querySelector('form[action$=\"/confirmation\"]')"):
        raise AssertionError(f"nothing can be taken in: {seat.main()}")
    seat.follow('main form[action$="/confirmation"] button')
    finished(seat)
    seat.picture("taken-in")
    seat.go("/matters")
    added = count(seat) - before
    assert added >= 2, f"{added} matters were opened"
    seat.sees("完成城区路灯节能改造1200盏", "开通至高铁站的公交专线2条")

    # The same file again adds nothing, whoever brings it.
    seat.sit("head")
    seat.go("/import")
    seat.fill(file=file)
    seat.send()
    seat.reads("import-nothing-to-add")
    assert not seat.run("return !!document.querySelector('form[action$=\"/confirmation\"]')"), seat.main()
    seat.go("/matters")
    assert count(seat) == before + added, "the same file changed the record"
    # A file that is none is refused in words.
    broken = work / "坏文件.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing of it")
    seat.go("/import")
    seat.fill(file=broken)
    seat.send()
    seat.reads("invalid-workbook-damaged")


def count(seat):
    return int("".join(c for c in seat.all(".seen-row strong")[0] if c.isdigit()))


def finished(seat):
    for _ in range(100):
        if seat.word("import-state-running") not in seat.text():
            return seat.sees(seat.word("import-state-done"))
        seat.go(seat.path())
    raise AssertionError(seat.main())
