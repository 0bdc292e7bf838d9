# The auditors' room: the read log, rights over time, and the export with proofs.
audit-title = Audit
audit-lead = You see everything that your audience lets you see, and change nothing.
audit-what = For auditors
audit-last = Last reads
audit-all-reads = The whole read log
audit-no-reads = Nothing that is logged has been read yet. Whoever opens a matter of named officers, answers the public, or takes a file out, will be listed here.

audit-reads = Read log
audit-reads-says = Who read what is personal or confined, when, and what for.
audit-reads-lead = What the public said with its contact, matters that only named officers may know, files of evidence, and files taken out: each read stands here, and is kept for three years. A line in a list is not logged; opening it is.
audit-reads-circle = Reads of matters that only named officers may know are shown to the auditors named among them.
audit-reads-none = No such read. Change the question, or look at everything.
audit-reads-newest = Show the whole log
audit-reads-csv = Download these lines (.csv)
reads-column-at = When
reads-column-officer = Officer
reads-column-officer-id = Officer's id
reads-column-behalf = In whose place
reads-column-kind = What was read
reads-column-kind-code = Code
reads-column-matter = Matter
reads-column-file = File's id
read-matter = a matter of named officers: its page, a form or a notice
read-applicant = who applied and how to reach the person, on the matter's page
read-contradiction = what the public said, with its contact, to answer it
read-evidence = a file of evidence
read-proof = the proof of a matter of named officers
read-list = a list taken out as a file, with this matter of named officers in it
read-export = the auditors' export
read-read_log = the read log, taken out as a file

audit-rights = Who could do what
audit-rights-says = Posts, delegations and offices of one person on any day, and the table of rights.
audit-rights-lead = As the record stood at the end of the day. What was entered later, also what was dated back, is not in it: see the changes.
rights-in-office = In office on { $on }
rights-nobody = Nobody held a post on this day.
rights-officer = Officer
rights-posts = Posts
rights-role = As
rights-lent = In another's place
rights-lent-none = No delegation was in force on this day.
rights-lent-one = { $to } for { $from }
rights-single = Offices of one person
rights-single-none = None: whoever verified a matter could not clear it.
rights-table = The table of rights
rights-table-says = This is the table as it is now. Every event carries the hash of the table by which it was allowed.
rights-table-text = The text that is hashed
rights-table-open = Show the table
rights-hash = SHA-256
rights-act = Act
rights-any = not asked
rights-relation = How the officer stands to it
field-on = On

audit-changes = Changes of rights
audit-changes-says = Every post, delegation, unit and setting that was changed, and by whom.
audit-changes-lead = Every change of units, posts and officers, the latest first. The number is the event's place in the log.
audit-changes-none = Nothing was changed before this place.
audit-changes-newest = From the latest on
changes-at = When
changes-subject = Whom it is about
changes-what = What was changed
changes-idx = Place in the log

audit-export = Export with proofs
audit-export-says = Every matter you may see, to be verified without this server; { $size } events stand under the last checkpoint.
audit-export-lead = One archive with everything that you may see, each matter with a proof that its events stand in the log as they were written.
audit-export-holds = What it holds
audit-export-proofs = a proof file for each matter, { $matters } in all: every event with its words, and no person's data.
audit-export-table = a table of these matters.
audit-export-checkpoint = the signed checkpoint under which all the proofs stand.
audit-export-vkey = the log's public key. Compare it with one you have from elsewhere.
audit-export-how = how to verify it, in both languages.
audit-export-not = Files of evidence are not in it. That you took it stands in the read log.
audit-export-do = Download the archive (.tar)
audit-export-verify = Unpack the archive, and check each proof on a machine that need not reach this server:
audit-export-program = By a program
audit-export-program-says = A token of yours that may read takes the same archive.
audit-export-token = Make a token
audit-export-readme =
    { $office }: export with proofs
    Taken { $when }. Log: { $origin }, { $size } events under the checkpoint.

    proofs/         one proof file for each matter
    matters.csv     a table of the matters
    checkpoint.txt  the signed checkpoint under which all the proofs stand
    vkey.txt        the log's public key

    To verify, on any machine and without a network, in this folder:

    for proof in proofs/*.json; do
      luoshi verify --proof "$proof" --vkey "$(cat vkey.txt)" --checkpoint checkpoint.txt || break
    done

    Do not trust vkey.txt alone: compare it with the public key that the office has published or given you before.
    Give a checkpoint that you kept earlier with --checkpoint, and a log that was rebuilt since is refused.

    A proof shows that its events stood in the log, unedited, when the checkpoint was signed. It does not show that
    there is no later event, nor that what was recorded is true. Persons' data is withheld; what was erased by law is
    marked as erased. The table says how each matter stood when the archive was written.
