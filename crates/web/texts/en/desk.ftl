desk-title = What waits for you
desk-open = Open matters you may see
desk-late = Of these, late
desk-cleared = Cleared
desk-nothing = Nothing waits for you. What is assigned to your unit, or comes back to you, will stand here with its deadline.
desk-administrator = No matter waits for an administrator. Units, posts and officers are under “Organisation”.
desk-documents = Documents to read
desk-proposals = { $open ->
        [one] { $open } proposal to settle
       *[other] { $open } proposals to settle
    }
desk-all = All { $count }
desk-drafts = Forms you left
desk-kept = Kept { $when }
desk-go-on = Go on
desk-done-draft = Kept. Only you can see it; it stands below until you go on, and for sixty days at most:
desk-done-sign_for = Signed for. Your unit leads it from now on:
desk-done-sign_report = Signed. The report has gone to the supervising unit:
desk-done-record_progress = Noted that nothing has changed:
desk-done-acknowledge = Noted:

waits-sign_for = To sign for
waits-acknowledge = Instructions, answers and withdrawals to take note of
waits-answer = Questions to answer
waits-due_soon = Due soon
waits-overdue = Overdue
waits-returned = Returned
waits-held = Held up by an obstacle
waits-sign_report = Reports to sign
waits-verify = To verify
waits-clear = To clear
waits-decide = To decide
waits-call_back = Cleared, and the public says it is not so
waits-remove = Obstacles you can remove
waits-assign = To assign
waits-under_way = Under way, nothing pressing
desk-held = { $what } – can be removed by { $remover }
desk-held-by-nobody = { $what } – nobody has been named who can remove it
desk-replaced = Goes on as { $number }
desk-no-due = no deadline yet

matters-title = Matters
matters-none = No matter fits. Matters come from confirmed directives, or are opened by a clerk.
matters-none-public = Nothing has been published yet. What the office publishes will stand here.
matters-new = Open a matter without a document

list-count = { $count ->
        [one] { $count } matter
       *[other] { $count } matters
    }
list-more-than = more than { $count } matters
list-all = Show every matter
list-any = Any
list-late = late
list-show = Show
list-before = Before
list-after = Next
list-newer = Newer
list-older = Older

home-all = All published matters

layout-record = Record
record-lead = Every act is an event in a log that only grows. Anyone can check that nothing in it was edited or taken out.
record-origin = Name of the log
record-size = Events under the last checkpoint
record-key = Public key
record-checkpoint = Last checkpoint
record-checkpoint-says = Keep this text. With it, anyone can show later whether the history up to here is still the same.
record-none = No checkpoint has been signed yet.
record-shows = What it proves, and what not
record-shows-what = It proves that the events were recorded in this order, at the latest when the checkpoint was signed, and have not been changed since.
record-shows-not = It does not prove that what was recorded is true. And without a checkpoint kept elsewhere, it is no proof against the operator of this server.
record-no-outside = This office keeps no file of checkpoints outside the record's folder.
record-verify = Check it yourself
record-verify-how = The log is served under /log/ in the public C2SP tlog-tiles format, so verifiers that we did not write read it too. With ours:
