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
desk-matters = Matters
desk-no-due = no deadline yet

matters-title = Matters
matters-none = No matter fits. Matters come from confirmed directives, or are opened by a clerk.
matters-none-public = Nothing has been published yet. What the office publishes will stand here.
matters-new = Open a matter without a document
matters-new-lead = For a leader's note, a call, or a clue that only some may know.

list-count = { $count ->
        [one] { $count } matter
       *[other] { $count } matters
    }
list-more-than = more than { $count } matters
list-any = any
list-open = not yet cleared
list-overdue = late
list-late = late
list-show = Show
list-before = Before
list-after = Next
list-newer = Newer
list-older = Older

home-published = Published
home-open = Not yet cleared
home-late = Late
home-decided = What was decided, and what became of it
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
