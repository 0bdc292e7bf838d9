# The pages of a unit, an officer, the calendar and of delegations; and what happened to each.
office-changes = How it came to be so
office-stale = Somebody changed this while you were filling in the form.
office-stale-next = What you typed is kept. Look at the latest change below, and send the form again if it still fits.

unit-single-clerk = office of one person
unit-ends = ends after { $day }
unit-ends-on = no longer there from { $day }
unit-ended = ended after { $day }
unit-to-stand-under = from { $from } under { $parent }
unit-to-stand-alone = by itself from { $from }
unit-below = Units under it
unit-posts = Posts and who holds them
unit-no-posts = No post yet. An administrator makes posts here, and officers take them.
unit-vacant = vacant
unit-change = Change this unit
unit-rename = Change names
unit-aliases-hint = One a line. Documents are matched by these names as well.
unit-function = Change what this unit is for
unit-function-lead = For a unit founded with the wrong function. It holds from now on, and only while no matter has named the unit or its officers.
unit-changed = The change is entered. It stands below, under “How it came to be so”.
unit-move = Move under another unit
unit-clerks = One person or two
unit-clerks-lead = Whoever verifies a matter may not clear it. In an office of one person that can be lifted; each such clearing, and its proof, says so.
unit-one-clerk = This is an office of one person
unit-two-clerks = Two persons work here again
unit-keep = It does not end after all
unit-close = End this unit
unit-close-lead = A successor takes over its matters from the day after, with their deadlines, and the units under it. Without a successor its matters come back to the supervision office, which reassigns them.
unit-no-heir = None: its matters are to be reassigned

officer-without-post = without a post
officer-posts = Posts over time
officer-no-posts = No post was ever held.
officer-open-end = no end set
officer-entrance = Signing in
officer-no-account = no account yet
officer-signed-in = In use
officer-sessions = { $sessions ->
        [0] signed in nowhere
        [one] signed in at { $sessions } place
       *[other] signed in at { $sessions } places
    }; { $tokens ->
        [0] no token in force
        [one] { $tokens } token in force
       *[other] { $tokens } tokens in force
    }
officer-locked = Locked
officer-locked-until = after wrong passwords, until { $until }
officer-invite = Make an invitation link
officer-reset = Make a link for a new password
officer-unlock = Unlock now
officer-close = Close the account
officer-close-hint = Closing ends every session and token at once. A new invitation opens the account again.
officer-change = Change
officer-hand-over = Hand this desk over
officer-take-post = Take another post
officer-leave-post = Leave a post
officer-correct-name = Correct the name

handover-title = Hand over { $officer }'s desk
handover-back = Back to { $officer }
handover-lead = What hangs on the officer by name goes to a successor, in one change. What hangs on a unit or a post stays there by itself.
handover-look = Show what would move
handover-things = What hangs on the officer
handover-nothing = Nothing that you may see hangs on this officer by name. Matters known only to named officers are reassigned by their supervising unit. What was raised to the officer for a word is not handed over: the officer answers it, or the supervising unit raises it to somebody else.
handover-matter = Matter
handover-part = The officer's part
handover-becomes = What becomes of it
handover-stays = stays
handover-moves = moves
handover-delegations = { $count ->
        [one] { $count } delegation ends.
       *[other] { $count } delegations end.
    }
handover-do-title = { $count ->
        [0] Nothing goes to { $officer } by name
        [one] { $count } thing goes to { $officer }
       *[other] { $count } things go to { $officer }
    }
handover-last-day-hint = { $count ->
        [one] If the officer leaves the post as well: its last day. Leave it empty to keep the post.
       *[other] If the officer leaves all { $count } posts as well: their last day. Leave it empty to keep them.
    }
handover-do = Hand over
share-lead = leads it
share-verifier = is named to verify it
share-remover = is to remove an obstacle

calendar-title = Working days { $year }
calendar-years = Other years
calendar-none = The office has no calendar yet: every day counts alike, and a deadline on a free day ends on that day.
calendar-adopted = { $days } working days by the schedule of { $country }. A deadline on a free day ends with the next working day.
calendar-unknown = { $days } working days, weekends and single days only: no schedule has been adopted for this year. A deadline on a free day ends with the next working day.
calendar-source = Source:
calendar-specials = Days that are out of the ordinary
calendar-no-specials = None; weekends are free.
calendar-what = What it is
calendar-change = Change the calendar
calendar-correct = Correct one day
calendar-adopt = Adopt a published schedule
calendar-adopt-lead = A schedule is put on the record year by year, as it was published. Days that the office corrected stay as they are, and deadlines are counted again.
calendar-adopt-all = Adopt { $country }
calendar-adopt-one = Adopt { $year } of { $country } only
calendar-known = Published and known here: { $years }
calendar-month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
country-cn = China
country-gb-eaw = England and Wales
rule-working = worked
rule-free = free
rule-as_scheduled = as the schedule says
rule-choice-working = Worked in this office
rule-choice-free = Free in this office
rule-choice-as_scheduled = As the schedule says: takes a correction back
weekday-mon = Mo
weekday-tue = Tu
weekday-wed = We
weekday-thu = Th
weekday-fri = Fr
weekday-sat = Sa
weekday-sun = Su
day-mark-free = off
day-mark-worked = on
day-mark-made-free = off*
day-mark-made-worked = on*
day-is-free = free
day-is-worked = worked, in exchange
day-is-made-free = free, by the office
day-is-made-worked = worked, by the office

delegations-title = Acting for one another
delegations-lead = Let somebody of your own units act in your place for a time. What is done stands on the record under both names, and whoever may act for you is as close to the matter as you are.
delegations-given = Who may act for you
delegations-none-given = Nobody. What you delegate below will stand here, and can be taken back at any time.
delegations-received = For whom you may act
delegations-none-received = Nobody. When a colleague delegates to you, what waits for that colleague will stand on your desk.
delegations-period = { $from } to { $last }
delegations-revoke = Take it back
delegations-new = Delegate
delegations-nothing-to-lend = Your posts give you no act on matters that could be delegated.
delegations-lend-hint = Only what your own posts let you do is offered.
delegations-do = Delegate
delegation-running = in force
delegation-to-come = to come
delegation-over = over
lend-work = Sign for matters, record progress, add evidence, ask for time, draft reports
lend-sign = Sign reports
lend-assign = Assign and reassign, name verifiers, divide into sub-matters, escalate
lend-decide = Decide on time and appeals, reopen, withdraw
lend-verify = Verify and return
lend-clear = Clear
lend-publish = Publish, and set who may know
lend-instruct = Instruct

behalf-own = in my own name
behalf-for = for { $officer }
behalf-title = In the place of { $officer }
misplaced-lead-gone = The lead is no longer there. The supervising unit must reassign the matter.
misplaced-supervising-gone = The supervising unit is no longer there. A supervision office must reassign the matter.
misplaced-supervises-itself = Lead and supervising unit have become one. The matter must be reassigned so that somebody else verifies it.

change-unit-founded = { $by } set it up as “{ $name }”.
change-unit-renamed = { $by } named it “{ $name }”.
change-single-clerk = { $by } made it an office of one person.
change-two-clerks = { $by } ended its being an office of one person.
change-unit-function = { $by } changed what it is for: it now { $function }.
change-unit-moved = { $by } placed it under { $parent } from { $from }.
change-unit-freed = { $by } let it stand by itself from { $from }.
change-unit-succeeded = { $by } ended it; last day { $last }, successor { $successor }.
change-unit-ended = { $by } ended it; last day { $last }, without a successor.
change-unit-kept = { $by } decided that it does not end after all.
change-post-made = { $by } made the post “{ $title }”.
change-enrolled = { $by } enrolled the officer.
change-name-corrected = { $by } corrected the name.
change-post-taken = { $by } entered the post { $post } from { $from }.
change-post-left = { $by } ended the post { $post }; last day { $last }.
change-invited = { $by } made an invitation link.
change-reset = { $by } made a link for a new password.
change-unlocked = { $by } lifted the wait after wrong passwords.
change-closed = { $by } closed the account.
change-delegated = { $by } let { $to } act in this officer's place from { $from } to { $last }.
change-delegation-revoked = { $by } ended a delegation.
change-erasure-asked = { $by } asked for erasure: { $basis }.
change-erased = { $by } approved an erasure.
change-year-adopted = { $by } adopted { $year } of { $country }.
change-day-corrected = { $by } corrected { $day }: { $rule }.

field-last_day = Last day
field-heir = Successor
field-holds = Choice
field-country = Country
field-day = Day
field-rule = What the day is
field-delegate = Who may act for you
field-lend = In what
field-successor_officer = Successor
field-in_place_of = In whose place
hint-in_place_of = What you do is recorded under both names.

invalid-too-many-names = “{ $field }” holds too many entries: keep at most 50.

account-delegations = Somebody in your place for a time, and you in another's
account-delegations-manage = Delegate or take back
desk-misplaced = To be reassigned
desk-no-post = You hold no post today, so nothing waits for you, and what is inside the office is not shown. If that is wrong, ask an administrator to enter your post.
