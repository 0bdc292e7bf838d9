"""Anybody, without an account, on a phone: finds what became of it, proves it, follows it, and says that it is not so.

The README's *tells the public* and *proves*; whoever did the work or closed it does not answer.
"""

import json
import time
import xml.etree.ElementTree as xml

from city import luoshi

ATOM = "{http://www.w3.org/2005/Atom}"


def tell(seat, work):
    number = seat.done("完成人民公园无障碍坡道改造5处。", work, "civil")
    seat.act(number, "publication", items=["report", "verification"])
    old = work / "checkpoint"
    old.write_bytes(seat.fetch("/log/checkpoint"))

    # The public's page counts; a few words lead to the matter and its history.
    seat.sit(phone=True)
    seat.reads("home-title", "public-became", "public-late")
    seat.picture("home")
    seat.fill("form.find", words="无障碍坡道")
    seat.follow("form.find button")
    seat.follow(f'main a[href="/matters/{number}"]')
    seat.sees("三处均已完成", seat.name("civil"))
    seat.does_not_see("舒怀", "Shu Huai", "周一诺", "Zhou Yinuo")
    seat.picture("matter")

    # The proof is read line by line on the page, and checked by somebody else's machine with the public key alone.
    seat.follow(f'main a[href="/matters/{number}/proof/check"]')
    seat.reads("proof-check-holds", "proof-shows-not")
    seat.picture("proof")
    proof = work / "proof.json"
    proof.write_bytes(seat.fetch(f"/matters/{number}/proof"))
    said = luoshi("verify", "--proof", proof, "--vkey", seat.fetch("/log/vkey").decode().strip(), "--checkpoint", old)
    assert "verified" in said, said

    # It can be followed, and read by a program.
    feed = lambda: xml.fromstring(seat.fetch(f"/matters/{number}/feed.atom?lang={seat.lang}"))
    before = feed()
    assert before.tag == f"{ATOM}feed" and before.findall(f"{ATOM}entry"), "an empty feed"
    data = json.loads(seat.fetch(f"/matters/{number}.json"))
    assert number in json.dumps(data), data
    rows = seat.fetch("/open-data/matters.csv").decode("utf-8-sig")
    assert number in rows, rows[:300]

    # It is not so: a form sent empty keeps what was typed; a receipt leads back to the answer.
    seat.go(f"/matters/{number}")
    seat.follow(f'main a[href="/matters/{number}/contradiction"]')
    seat.fill(place="人民公园东门")
    seat.send()
    seat.reads("error-summary-title")
    assert seat.run("return document.querySelector('#place').value") == "人民公园东门", "what was typed is lost"
    seat.fill(not_so="东门的坡道还没有动工。", contact="不便透露")
    seat.picture("not-so")
    seat.send()
    # Whoever sends faster than anybody reads is asked to read it once more, and loses nothing.
    for _ in range(5):
        if seat.path() != f"/matters/{number}/contradiction":
            break
        seat.reads("invalid-sent-too-quickly")
        assert seat.run("return document.querySelector('#not_so').value") == "东门的坡道还没有动工。", "what was typed is lost"
        time.sleep(3.2)
        seat.send()
    seat.reads("receipt-waiting")
    code = seat.all(".receipt")[0]
    seat.picture("receipt")
    seat.go(f"/matters/{number}")
    seat.does_not_see("东门的坡道还没有动工", "不便透露")

    # Whoever verified or cleared it does not answer; somebody else reads what was said, looks again and answers.
    for login in ("clerk", "head"):
        seat.sit(login)
        seat.may_not(number, "call-back")
        seat.is_refused("ls-603")
    seat.sit("clerk2")
    seat.sees(number, seat.word("waits-call_back"))
    seat.go(f"/matters/{number}")
    seat.follow(f'main a[href="/matters/{number}/call-back"]')
    seat.sees("东门的坡道还没有动工", "人民公园东门", seat.word("call-back-contact"))
    seat.picture("call-back")
    seat.fill(result="not_so", method="site_visit", answer="现场查看，东门坡道确未动工。")
    seat.send()
    seat.reads("error-summary-title")
    seat.fill(new_due="2027-06-30")
    seat.send()
    seat.sees(seat.word("state-under_way"))

    # The answer is public, on the page, behind the receipt and in the feed.
    seat.sit(phone=True)
    seat.go(f"/matters/{number}")
    seat.sees("现场查看，东门坡道确未动工", seat.word("public-not-so"))
    seat.picture("answered")
    seat.go("/")
    seat.follow('main a[href="/contradictions"]')
    seat.fill(code=code)
    seat.send()
    seat.sees("现场查看，东门坡道确未动工")
    assert len(feed().findall(f"{ATOM}entry")) > len(before.findall(f"{ATOM}entry")), "the feed does not tell of it"
    # What he said himself is erased when he asks, and the answer stays.
    seat.follow('main form[action$="/erasure"] button')
    seat.reads("receipt-erased")
    seat.sit("clerk2")
    seat.go(f"/matters/{number}")
    seat.does_not_see("东门的坡道还没有动工")
