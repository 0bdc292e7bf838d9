"""Somebody independent verifies: whoever had a part is refused, by name and by deed; what fails goes back."""

from city import day


def tell(seat, work):
    number = seat.done("开展全市桥梁结构检测12座。", work, "baiyang", until="reported")

    # Nobody of the lead verifies, whatever address he types; nor can the lead draw an examiner over to its side.
    for login in ("baiyang", "baiyang2"):
        seat.sit(login)
        seat.may_not(number, "verification")
        seat.is_refused("ls-101")
    seat.sit("baiyang")
    seat.go("/account/delegations")
    offered = seat.run("return document.querySelector('[name=delegate]').innerText")
    assert seat.name_of_officer("baiyang2") in offered, offered
    for login in ("clerk2", "police", "housing2"):
        assert seat.name_of_officer(login) not in offered, offered
    # The office may name somebody, but nobody of the lead.
    seat.sit("clerk")
    seat.go(f"/matters/{number}")
    seat.act(number, "verifier", refused="verifier-excluded", verifier=seat.name_of_officer("baiyang2"))
    seat.act(number, "verifier", verifier=seat.name_of_officer("housing2"))
    seat.reads("event-verifier")

    # It waits on the named verifier's desk; he looks, finds it wanting and returns it.
    seat.sit("housing2")
    seat.sees(number, seat.word("waits-verify"))
    seat.picture("desk")
    seat.act(number, "return", reason="第7号桥没有检测照片。")
    seat.sit("baiyang2")
    seat.sees(number, seat.word("waits-returned"))
    seat.go(f"/matters/{number}")
    seat.sees("第7号桥没有检测照片", seat.word("state-under_way"))
    seat.act(number, "report-draft", outcome="done", report="已补第7号桥检测照片。")
    seat.sit("baiyang")
    seat.act(number, "report-signature")

    # The second report holds; the method stands on the record, and whoever verified does not clear.
    seat.sit("housing2")
    seat.act(number, "verification", method="sample", finding="抽查4座，记录与现场一致。")
    seat.reads("axis-verified")
    seat.may_not(number, "clearance")
    seat.sees("LS-")
    seat.sit("clerk")
    seat.sees(number, seat.word("waits-clear"))
    seat.act(number, "clearance")
    seat.sees(seat.word("state-cleared"))

    # A clerk who verified cannot clear the same matter.
    number = seat.done("更新应急避难场所标识。", work, "civil", until="verified")
    seat.sit("clerk")
    seat.go(f"/matters/{number}/clearance")
    seat.is_refused("ls-204")
