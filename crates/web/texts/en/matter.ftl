who-erased = a person whose name was erased
who-unknown = unknown
who-post = { $title }, { $unit }
who-for = { $officer } for { $other }
who-officer = { $name } ({ $post })
group-units = Units
group-officers = Officers

matter-state = { $state }
matter-erased = The text was erased.
matter-words-erased = What was written here was erased.
matter-nothing-next = Nothing here waits for you.
matter-others = More acts
matter-subs = Sub-matters
matter-waived = waived
matter-history = History
matter-bytes = { $bytes } bytes
matter-proof = Proof
matter-proof-says = The proof file shows that these events stood in the record, unedited, when the checkpoint in it was signed. Anyone can check it without us.
matter-proof-not = It does not show that nothing happened afterwards.
matter-proof-get = Download the proof
matter-margin = About this matter
matter-source = Source
matter-parent = Part of
matter-nobody = nobody yet
matter-original-due = Original deadline
matter-owner-words = Owner in the text
matter-deadline-words = Deadline in the text
matter-quantity-words = Quantity in the text
matter-obstacle = Obstacle { $no }
matter-remover = Can be removed by { $party }.
matter-extension = More time asked for, until

axis-official = What the lead says
axis-evidence = What the records support
axis-schedule = Against the original deadline
axis-not-taken-up = Not taken up
axis-under-way = Under way
axis-held = Held up by an obstacle
axis-reported = Reported as { $outcome }
axis-withdrawn = Withdrawn
axis-no-evidence = No evidence yet
axis-unverified = { $pieces ->
        [one] { $pieces } piece of evidence, not verified
       *[other] { $pieces } pieces of evidence, not verified
    }
axis-verified = Verified: { $method }
axis-no-due = No deadline
axis-in-time = { $days ->
        [0] Due today
        [one] { $days } day left
       *[other] { $days } days left
    }
axis-late = { $days ->
        [one] { $days } day late
       *[other] { $days } days late
    }
axis-cleared-in-time = Cleared in time
axis-cleared-late = { $days ->
        [one] Cleared { $days } day late
       *[other] Cleared { $days } days late
    }

event-somebody = The office
event-lead = The lead
event-opened = { $by } opened the matter.
event-assigned = { $by } assigned it to { $lead }, supervised by { $unit }, due { $due }.
event-criterion = The criterion: { $criterion }
event-reassigned = { $by } gave it to { $lead } instead.
event-signed-for = { $by } signed for it.
event-disputed = { $by } disputed it and sent it back.
event-extension-asked = { $by } asked for more time, until { $to }.
event-extension-granted = { $by } granted more time, until { $to }.
event-extension-refused = { $by } did not grant more time.
event-obstacle-named = { $by } named an obstacle.
event-obstacle-named-with = { $by } named an obstacle that { $remover } can remove.
event-obstacle-removed = { $by } noted that an obstacle is removed.
event-question = { $by } asked question { $no }.
event-answer = { $by } answered question { $no }.
event-acknowledged = { $by } took note.
event-no-change = { $by } noted that nothing has changed.
event-progress = { $by } recorded progress.
event-evidence = { $by } added evidence: { $kind }.
event-report-drafted = { $by } drafted a report: { $outcome }.
event-report-signed = { $by } signed the report.
event-verifier = { $by } named { $verifier } to verify it.
event-verified = { $by } verified the report ({ $method }).
event-returned = { $by } returned it.
event-cleared = { $by } cleared it.
event-cleared-single = { $by } cleared it, having verified it too: the office has one clerk.
event-reopened = { $by } reopened it, due { $due }.
event-withdrawn = { $by } withdrew it.
event-unconfirmed = { $by } took back the confirmation that had opened it.
event-published = { $by } published it.
event-audience = { $by } changed who may know it: { $audience }.
event-sub-opened = { $by } opened sub-matter { $number }.
event-sub-waived = { $by } waived a sub-matter.
event-appealed = { $by } took down an appeal.
event-appeal-upheld = { $by } upheld the appeal.
event-appeal-dismissed = { $by } dismissed the appeal.
event-escalated = { $by } escalated it to { $to }.
event-instructed = { $by } gave an instruction.
event-handed-over-lead = { $by } handed the lead over from { $from } to { $to }.
event-handed-over-verifier = { $by } handed the verification over from { $from } to { $to }.
event-handed-over-remover = { $by } handed the removal of an obstacle over from { $from } to { $to }.

act-keep = Save and go on later
act-kept = What you typed before is back. It was kept { $when }.
act-kept-now = Kept just now
act-discard = Discard it
act-add-file = Add a file without leaving
act-add-file-says = It goes to the matter as evidence at once; what you typed here is kept.
act-photo = Take a picture
act-file = Or choose a file
act-add-file-do = Add the file
act-two-hands = Whoever drafts the report does not sign it: somebody else who heads the unit signs before it goes out. Where the unit has nobody else, one hand may do both.
act-back = Back to { $number }
act-leave = Leave without changing anything
act-meanwhile = Somebody acted while you were here
act-meanwhile-next = What you typed is kept below. Look at what changed, then send it again if it still holds.
act-meanwhile-history = Look at the whole history

do-open = Open the matter
do-assign = Assign
do-reassign = Give it to another lead
do-sign_for = Sign for it
do-dispute = Dispute it
do-ask_extension = Ask for more time
do-decide_extension = Decide on more time
do-name_obstacle = Name an obstacle
do-remove_obstacle = Remove an obstacle
do-ask_question = Ask the office
do-answer_question = Answer the question
do-acknowledge = Take note
do-no-change = No change
do-record_progress = Record progress
do-add_evidence = Add evidence
do-draft_report = Draft the report
do-sign_report = Sign the report
do-name_verifier = Name who verifies
do-verify = Verify the report
do-return = Return it
do-clear = Clear the matter
do-reopen = Reopen it
do-withdraw = Withdraw it
do-publish = Publish it
do-change_audience = Change who may know
do-decompose = Open a sub-matter
do-waive = Waive a sub-matter
do-appeal = Take down an appeal
do-decide_appeal = Decide the appeal
do-escalate = Escalate it
do-instruct = Give an instruction
do-contradict = Say that it is not so
do-call_back = Call back and answer
event-contradicted = { $by } said that this is not so.
event-call-back-stands = { $by } called back ({ $method }) and found that it stands. The answer:
event-call-back-not-so = { $by } called back ({ $method }) and found that it is not so. The answer:
who-public = Somebody of the public
call-back-said = { $count ->
        [one] What somebody of the public said
       *[other] What { $count } people of the public said
    }
call-back-keep = Only you and the others who may answer read this. Do not pass on who said it, and leave it out of the answer, which everybody can read.
call-back-contact = How to reach whoever said it

family-goes-on = The same thing goes on under { $number }.
family-successor = { $number } takes its place.
family-merged = Merged from duplicates
family-links = Linked matters
family-alike = May be the same thing twice
family-alike-says = Open matters of the same lead, or of nobody yet, that say much the same.
family-merge = Merge into it
family-link = Link

event-linked = { $by } linked it with { $number } ({ $relation }).
event-merged = { $by } merged { $number } into it.
event-notice = { $by } issued notice { $number }.
event-duplicate = { $by } withdrew it as a duplicate of another matter, which goes on.

do-link = Link it with another matter
do-merge = Merge it into another as a duplicate
do-issue_notice = Issue a notice to its lead
do-take_back = Have it erased
