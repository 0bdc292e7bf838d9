"""The unit's head signs a report before it goes out, or has it written anew; only then has the unit reported."""


def tell(seat, work):
    number = seat.done("公布冬季公交时刻表。", work, "transport", until="under_way")
    seat.sit("transport2")
    paper = work / "时刻表.txt"
    paper.write_text("1路 6:00 至 22:00\n", encoding="utf-8")
    seat.act(number, "evidence", file=paper, kind="document")
    seat.act(number, "report-draft", outcome="done", report="时刻表已公布。")
    # Whoever wrote it does not sign, and nobody outside takes it for reported.
    seat.may_not(number, "report-signature")
    seat.sees("LS-")
    seat.sit("clerk")
    seat.go(f"/matters/{number}")
    seat.sees(seat.word("state-under_way"))
    seat.may_not(number, "verification")
    seat.sees("LS-")
    # It waits on the head's desk with its deadline; another wording replaces it, and then it is signed.
    seat.sit("transport", phone=True)
    seat.sees(number, seat.word("waits-sign_report"))
    seat.picture("desk")
    seat.sit("transport2")
    seat.act(number, "report-draft", outcome="done", report="时刻表已于本周一公布，候车亭均已张贴。")
    seat.sit("transport", phone=True)
    seat.go(f"/matters/{number}")
    seat.sees("候车亭均已张贴")
    seat.go("/")
    seat.follow(f'main form[action="/matters/{number}/report-signature"] button')
    seat.reads("desk-done-sign_report")
    seat.does_not_see(seat.word("waits-sign_report"))
    seat.sit("clerk")
    seat.sees(number, seat.word("waits-verify"))
