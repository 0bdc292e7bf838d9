"""The auditor looks at everything and changes nothing: who read what, who could do what, and all of it taken along with proofs."""

import csv
import io
import tarfile

from city import luoshi


def tell(seat, work):
    old = work / "old"
    old.write_bytes(seat.fetch("/log/checkpoint"))
    number = seat.done("完成供水管网检漏30公里。", work, until="reported")
    # Somebody reads a file of evidence; that he did stands in the read log.
    seat.sit("clerk")
    seat.go(f"/matters/{number}")
    seat.fetch(seat.run("return document.querySelector('.timeline a[href*=\"/evidence/\"]').getAttribute('href')"))

    seat.sit("auditor")
    seat.go(f"/matters/{number}")
    seat.sees("完成供水管网检漏30公里")
    for noun in ("verification", "clearance", "withdrawal", "assignment"):
        seat.may_not(number, noun)
        seat.is_refused("ls-101")

    seat.go("/")
    seat.follow('main a[href="/audit/reads"]')
    seat.fill("form.filters", number=number)
    seat.follow("main form.filters button")
    seat.sees(seat.name_of_officer("clerk"), seat.word("read-evidence"))
    seat.picture("reads")
    lines = list(csv.reader(io.StringIO(seat.fetch(seat.link_to("/audit/reads")).decode("utf-8-sig"))))
    assert len(lines) >= 2 and any(number in line for line in lines), lines

    # Who could do what, on the day and before; every change with its place in the log.
    seat.go("/")
    seat.follow('main a[href="/audit/rights"]')
    seat.sees(seat.name_of_officer("clerk"), seat.word("role-clerk"), seat.word("role-auditor"))
    seat.picture("rights")
    seat.fill("form.filters", on="2020-01-01")
    seat.follow("main form.filters button")
    seat.reads("rights-nobody")
    seat.follow('main a[href="/audit/rights/changes"]')
    assert seat.all("main tbody tr"), seat.main()

    # The archive is verified on a machine that does not reach the server.
    seat.go("/")
    seat.follow('main a[href="/audit/export"]')
    seat.picture("export")
    archive = tarfile.open(fileobj=io.BytesIO(seat.fetch("/audit/export.tar")))
    archive.extractall(work, filter="data")
    proofs = sorted(work.rglob("*.proof.json"))
    assert any(number in proof.name for proof in proofs), proofs
    key = seat.fetch("/log/vkey").decode().strip()
    for proof in proofs[-3:]:
        said = luoshi("verify", "--proof", proof, "--vkey", key, "--checkpoint", old)
        assert "verified" in said, said
    assert next(work.rglob("vkey.txt")).read_text().strip() == key
    seat.go("/audit/reads")
    seat.sees(seat.name_of_officer("auditor"), seat.word("read-export"))

    # Nobody else reads who read what.
    seat.sit("clerk")
    for page in ("/audit/reads", "/audit/rights", "/audit/export"):
        seat.go(page)
        seat.does_not_see(seat.word("read-evidence"), seat.word("audit-export-do"))
        seat.reads("error-not-found-title")
