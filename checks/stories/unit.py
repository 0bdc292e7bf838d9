"""The unit's day, on a phone: signed for, asked, nothing new, held up, more time, a photograph sent over a bad line.

The README's *follows*, as somebody in the field does it at 390 pixels.
"""

import random
import struct
import zlib

from city import day


def photograph(path, width=2600, height=700):
    """A picture too large for a phone's line: grain does not shrink."""
    grain = random.Random(1)
    rows = b"".join(b"\0" + grain.randbytes(width * 3) for _ in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def tell(seat, work):
    seat.sit("clerk")
    number = seat.assigned("巡查并疏通雨水口40处。", "linjiang", due=20)

    # The desk says what waits, and signing for it is one press there.
    seat.sit("linjiang2", phone=True)
    seat.sees(number, seat.word("waits-sign_for"))
    seat.picture("desk")
    seat.follow(f'main form[action="/matters/{number}/receipt"] button')
    seat.reads("desk-done-sign_for")

    # A question goes to the office, and its answer comes back to the desk.
    seat.act(number, "question", question="企业院内的雨水口是否计入？")
    seat.sit("clerk")
    seat.sees(number, seat.word("waits-answer"))
    seat.act(number, "answer", reply="计入，但单独列出。")
    seat.sit("linjiang2", phone=True)
    seat.sees(number, seat.word("waits-acknowledge"))
    seat.follow(f'main form[action="/matters/{number}/acknowledgement"] button')
    seat.go(f"/matters/{number}")
    seat.sees("计入，但单独列出")
    # Nothing new is one press, too.
    seat.go("/")
    seat.follow(f'main form[action="/matters/{number}/progress"] button')
    seat.reads("desk-done-record_progress")

    # An obstacle goes to whoever can remove it.
    seat.act(number, "obstacle", obstacle="三处雨水口被施工围挡占压。", remover=seat.name("housing"))
    seat.reads("axis-held")
    seat.sit("housing")
    seat.sees(number, seat.word("waits-remove"))
    seat.act(number, "obstacle-removal", no="1", note="围挡已退让。")

    # More time is asked for before it runs out, and the office decides.
    seat.sit("linjiang2", phone=True)
    seat.act(number, "extension-request", refused="ls-216", to=day(10), reason="雨天不能作业。")
    seat.fill(to=day(34))
    seat.send()
    seat.sees(seat.word("matter-extension"))
    seat.sit("head")
    seat.sees(number, seat.word("waits-decide"))
    seat.act(number, "extension-decision", decision="granted", reason="情况属实。")
    seat.reads("event-extension-granted", "matter-original-due")

    # What was begun is kept when the phone goes back into the pocket.
    seat.sit("linjiang2", phone=True)
    seat.go(f"/matters/{number}")
    seat.follow(f'main a[href^="/matters/{number}/report-draft"]')
    seat.fill(report="已疏通雨水口40处，")
    if seat.scripts:
        # It is kept on leaving, a moment after the next page is asked for.
        for _ in range(50):
            seat.go("/")
            if seat.word("desk-drafts") in seat.text():
                break
    else:
        seat.follow('main button[formaction$="/draft"]')
        seat.reads("desk-done-draft")
    seat.sees(number, seat.word("desk-drafts"))
    seat.follow(f'main a[href="/matters/{number}/report-draft"].button')
    assert seat.run("return document.querySelector('#report').value") == "已疏通雨水口40处，", "what was begun is lost"

    # The photograph goes piece by piece; the line breaks off in the middle and it goes on from there.
    picture = work / "现场.png"
    photograph(picture)
    seat.go(f"/matters/{number}")
    seat.follow(f'main a[href^="/matters/{number}/evidence"]')
    seat.fill(file=picture, kind="photo", caption="北街雨水口，疏通后")
    seat.picture("photograph")
    if seat.scripts:
        line = lambda offline, speed: seat.cdp("Network.emulateNetworkConditions", offline=offline, latency=20, downloadThroughput=-1, uploadThroughput=speed)
        line(False, 600_000)
        seat.click("main .actions button")
        seat.until("const p = document.querySelector('progress'); return !p.hidden && p.value > 0")
        line(True, 0)
        waiting = seat.word("upload-waiting")
        seat.until("return document.querySelector('[data-upload-said]').textContent === arguments[0]", waiting)
        seat.picture("no-line")
        line(False, -1)
        seat.until("return location.pathname === arguments[0] && document.readyState === 'complete'", f"/matters/{number}")
    else:
        seat.send()
    assert seat.path() == f"/matters/{number}", seat.main()
    seat.sees("北街雨水口，疏通后")
    file = seat.run("return document.querySelector('.timeline a[href*=\"/evidence/\"]').getAttribute('href')")
    kept = seat.fetch(file)
    if seat.scripts:
        assert kept[:2] == b"\xff\xd8" and kept[-2:] == b"\xff\xd9", "the photograph was not made smaller, or not whole"
        assert len(kept) < picture.stat().st_size / 2, f"{len(kept)} bytes"
    else:
        assert kept == picture.read_bytes(), "another file than was sent"

    # The report takes up where it was left; a colleague who heads the unit signs.
    seat.act(number, "report-draft", outcome="done", report="已疏通雨水口40处，照片附后。")
    seat.picture("matter")
    seat.may_not(number, "report-signature")
    seat.sees("LS-")
    seat.sit("linjiang")
    seat.sees(number, seat.word("waits-sign_report"))
