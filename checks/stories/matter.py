"""One communiqué: taken in, read, assigned, done, verified, cleared, published, and proven offline.

The README's *reads*, *follows*, *shows* and *proves*, and the acts of `luoshi act` with a token.
"""

import json

from browser import PASSWORD
from city import luoshi

COMMUNIQUE = """清禾市河道整治工作会议纪要

2026年11月23日，副市长高远主持召开河道整治工作会议。会议决定，市水务局要在2027年3月31日前完成西河清淤2.4公里。市水务局要在2027年2月28日前公布清淤期间的绕行路线。要提高认识，压实责任。
"""
OPEN = ".proposal[data-open]"


def tell(seat, work):
    old = work / "checkpoint"
    old.write_bytes(seat.fetch("/log/checkpoint"))
    key = seat.fetch("/log/vkey").decode().strip()

    # The clerk takes it in and settles every proposal; what is no directive stays off the ledger.
    paper = work / "河道整治.txt"
    paper.write_text(COMMUNIQUE, encoding="utf-8")
    seat.sit("clerk")
    seat.go("/documents")
    seat.fill(file=paper)
    seat.send()
    marked = seat.all(".source mark")
    assert any("西河清淤" in words for words in marked), marked
    proposals = len(seat.all(OPEN))
    assert proposals >= 2, seat.main()
    seat.picture("reading")
    own = "#" + seat.run(f"return [...document.querySelectorAll('{OPEN}')].find(p => p.innerText.includes('西河清淤')).id")
    seat.follow(f"{own} form[action$='/confirmation'] button")
    assert len(seat.all(OPEN)) == proposals - 1
    seat.follow(f"{own} form[action$='/undo'] button")
    assert len(seat.all(OPEN)) == proposals, "what was confirmed could not be taken back"
    seat.follow(f"{own} form[action$='/confirmation'] button")
    number = seat.all(f"{own} .tag a")[0]

    # It is assigned; an empty form is not taken, and keeps what was typed.
    seat.go(f"/matters/{number}/assignment")
    seat.fill(criterion="十个断面测量，河床均不高于设计高程。")
    seat.send()
    assert len(seat.all(".field-error")) >= 1, "a form without a lead was taken"
    assert "十个断面" in seat.run("return document.querySelector('#criterion').value"), "what was typed is lost"
    seat.fill(lead=seat.name("water"), supervising=seat.name("supervision"), due="2027-03-31")
    seat.send()
    seat.sees(seat.name("water"), seat.word("state-assigned"))

    # The lead signs for it on its desk.
    seat.sit("water")
    seat.sees(number, seat.word("waits-sign_for"))
    seat.picture("desk")
    seat.follow(f'main form[action="/matters/{number}/receipt"] button')
    seat.reads("desk-done-sign_for")

    # A colleague adds evidence from the command line with a token, and may do there no more than on the pages.
    seat.sit("water2")
    seat.go("/account/tokens")
    seat.fill(label="field", scope="act", old_password=PASSWORD)
    seat.send()
    token = work / "token"
    token.write_text(seat.all(".token")[0])
    evidence = work / "十个断面测量.txt"
    evidence.write_text("断面1：河床高程 12.31 米，设计 12.40 米\n", encoding="utf-8")
    with_token = ("--server", seat.server, "--token-file", token)
    said = luoshi("act", "add-evidence", number, "kind=data", "--file", evidence, *with_token)
    assert "done" in said, said
    assert "LS-" in luoshi("act", "verify", number, "method=desk", "finding=x", *with_token, fails=True)
    seat.act(number, "report-draft", outcome="done", report="西河清淤2.4公里完成，十个断面均达到设计高程。")
    seat.sit("water")
    seat.act(number, "report-signature")
    seat.reads("axis-reported")

    # The office verifies, another hand clears and publishes.
    seat.sit("clerk")
    seat.act(number, "verification", method="site_visit", finding="沿岸走访，复测四个断面，误差在2厘米以内。")
    seat.sit("head")
    seat.act(number, "clearance")
    assert seat.all(".stamp") == [seat.word("state-cleared")], "no stamp"
    seat.act(number, "publication", items="report")
    seat.picture("matter")

    # The public sees what was published and no more, and proves it offline.
    seat.sit()
    seat.go(f"/matters/{number}")
    seat.sees("西河清淤", "十个断面均达到设计高程")
    seat.does_not_see("河床均不高于", "误差在2厘米", "江望", "Jiang Wang")
    seat.picture("public")
    proof = work / "proof.json"
    proof.write_bytes(seat.fetch(f"/matters/{number}/proof"))
    said = luoshi("verify", "--proof", proof, "--vkey", key, "--checkpoint", old)
    assert "verified" in said and "no later event" in said, said
    lie = json.loads(proof.read_text())
    salt = lie["events"][0]["salt"]
    lie["events"][0]["salt"] = ("B" if salt[0] == "A" else "A") + salt[1:]
    proof.write_text(json.dumps(lie))
    assert "NOT VERIFIED" in luoshi("verify", "--proof", proof, "--vkey", key, fails=True)
    seat.go("/matters/2026-C0001")
    assert "2026-C0001" not in seat.all("main")[0], "a circle's matter is known outside"
