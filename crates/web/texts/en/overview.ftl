overview-title = Overview by lead
overview-made = Made on { $day } for { $officer }. It counts what { $officer } may see, and nothing else.
overview-told = { $count ->
        [one] Your note stands on { $count } matter. Its lead is told.
       *[other] Your note stands on { $count } matters. Their leads are told.
    }
overview-none = No unit leads anything that you may see. Once matters are assigned, each lead has a line here.
overview-leads = Who leads what, and how it stands
overview-since = Cleared: since { $day }, against the original deadline.
overview-bars = In the bars, cross-hatching is late and plain is open in time.
overview-bar = Late and other open ones, drawn
overview-open = Open
overview-late = Late
overview-due = Due this month
overview-returned = Returned
overview-in-time = Cleared in time
overview-cleared-late = Cleared late
overview-rest = { $count ->
        [one] { $count } other unit
       *[other] { $count } other units
    }
overview-nobody = Nobody leads it yet
overview-all = All together
overview-nothing-to-decide = Nothing waits for your decision: no request for more time, nothing raised to you, no obstacle that you can remove.
overview-late-ones = Late
overview-none-late = Nothing is late.
overview-late-means = The earliest deadline in force first. Days count from the original deadline, whatever it was moved to since.
overview-pick = Instruct on
overview-delay = Against the original deadline
overview-moved = moved to { $day }
overview-obstacle = In the way, and who can remove it
overview-no-obstacle = no obstacle named
overview-noted = Instructed on { $day }; noted.
overview-not-noted = Instructed on { $day }; not noted yet.
overview-more = These are { $count }. The full list of what is late
overview-instruct = Instruct with one note
overview-instruct-hint = Tick the matters above. The note stands in the history of each under your name, and its lead is told.
overview-instruct-do = Give the instruction
overview-desk = Overview by lead, to print
overview-not-told = No note was written, on none of the matters
overview-not-told-next = What you wrote and ticked stands below. Untick what is named here, or see it first; then give the instruction to the others.
