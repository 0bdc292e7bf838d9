"""The leader: what is handed up waits on the desk; an instruction goes to whoever leads, who takes note of it."""


def tell(seat, work):
    number = seat.done("解决人民路占道施工问题。", work, "transport", until="under_way")
    # The office hands it up; nobody but a leader instructs.
    seat.sit("clerk")
    seat.act(number, "escalation", leader=seat.name_of_officer("gao"), reason="涉及三个部门，协调未果。")
    seat.may_not(number, "instruction")
    seat.is_refused("ls-101")
    seat.sit("gao")
    seat.sees(number, seat.word("waits-decide"))
    seat.picture("desk")
    seat.act(number, "instruction", instruction="请交通局牵头，下周三前拿出方案。")
    seat.sees("下周三前拿出方案")
    seat.picture("matter")
    # What he does not do himself he is not offered.
    seat.may_not(number, "clearance")
    seat.is_refused("ls-101")
    # It waits for the lead, until somebody there takes note of it; the office does not do that in its place.
    seat.sit("clerk")
    seat.may_not(number, "acknowledgement")
    seat.sit("transport")
    seat.sees(number, seat.word("waits-acknowledge"))
    seat.follow(f'main form[action="/matters/{number}/acknowledgement"] button')
    seat.reads("desk-done-acknowledge")
    seat.sit("clerk")
    seat.go(f"/matters/{number}")
    seat.sees("下周三前拿出方案")
    seat.reads("event-acknowledged")
    # Whoever opens a matter may be a leader, too: it waits for the office to be assigned.
    seat.sit("gao")
    noted = seat.opened("督促解决老城区供暖不足问题。")
    seat.sit("clerk")
    seat.sees(noted, seat.word("waits-assign"))
    overview(seat)


def overview(seat):
    """What every lead has in hand stands on one page to print; what is late is instructed there with one note."""
    seat.sit("mayor")
    seat.follow('main a[href="/overview"]')
    seat.sees(seat.name("housing"), seat.word("overview-late-ones"))
    seat.picture("overview")
    note = "main form[action='/overview/instruction']"
    late = seat.run("return [...document.querySelectorAll('[name=matters]')].map(b => b.value)")
    assert late, seat.main()
    seat.fill(note, instruction="本周五前说明逾期原因和完成日期。")
    seat.send(f"{note} button")
    seat.reads("error-summary-title")
    assert "本周五前" in seat.run("return document.querySelector('#instruction').value"), "what was typed is lost"
    seat.fill(note, matters=late)
    seat.send(f"{note} button")
    seat.does_not_see(seat.word("error-summary-title"))
    for number in late[:2]:
        seat.go(f"/matters/{number}")
        seat.sees("本周五前说明逾期原因和完成日期")
    seat.go("/overview")
    sheets, _ = seat.prints("overview")
    assert sheets <= 3, f"{sheets} sheets"
