# Finding: the list of matters in its three shapes, kept views, and the search in the head of every page.
field-standing = Standing
field-sort = Order
field-within = Due within so many days
field-due_from = Due from
field-due_to = Due up to
field-opened_from = Opened from
field-opened_to = Opened up to
field-published = Published
field-as = Shown as
field-month = Month
field-below = Units below
field-waits = On your desk as
field-view = Name of the view

stands-open = not yet cleared
stands-late = late
stands-returned = returned and under way again
stands-held = held up by an obstacle
stands-more_time = more time asked for
stands-not_so = “not so”, says the public
sort-due = deadline, soonest first
sort-number = number, newest first
sort-changed = last change first
sort-lead = lead, by name
shape-table = Table
shape-board = Board
shape-calendar = Calendar

list-below = with the units below
list-more = More conditions
list-whole-room = { $room }: all of it
list-meeting = { $name }, { $day }
list-published = published
list-unpublished = not published
list-narrowed = Only matters that are
list-changed = Last change
list-nothing-fits = No matter you may see fits all of this. Take a condition away, or look for other words.

near-title = Lists near by
near-open = Not cleared
near-late = Late
near-soon = Due in 7 days
near-returned = Returned
near-reported = To verify
near-verified = To clear
near-opened = To assign
near-more-than = { $count }+

clause-or = { " or " }
clause-remove = Take away: { $clause }
clause-waits = on your desk: { $waits }
clause-state = { $states }
clause-kind = { $kinds }
clause-lead = led by { $unit }
clause-lead-below = led by { $unit } or a unit below it
clause-supervising = supervised by { $unit }
clause-within = due { $days ->
        [0] today
        [one] within { $days } day
       *[other] within { $days } days
    }
clause-due-from = due on or after { $day }
clause-due-to = due on or before { $day }
clause-opened-from = opened on or after { $day }
clause-opened-to = opened on or before { $day }
clause-document = from “{ $title }”
clause-meeting = from the meeting { $name }
clause-audience = known to { $audience }
clause-published = published
clause-unpublished = not published
clause-words = with the words { $words }

board-empty = none
board-all = All { $count }

calendar-before = Month before
calendar-after = Month after
calendar-today = today
calendar-free = day off
calendar-empty = Nothing that fits is due this month. A matter stands here on the day of its deadline.
calendar-cut = More is due this month than is shown: the first 400. Take fewer by a condition above.
calendar-more = { $count } more
weekday-short = { $day ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
date-month = { $month ->
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
    } { $year }

views-mine = My views
views-manage = Manage
views-title = My views
views-lead = Lists you keep under names of your own; nobody else sees them. At most { $most }.
views-back = Back to the matters
views-none = You keep no view yet. Narrow the list of matters, then keep it under a name at its foot.
views-keep = Keep this list as a view
views-keep-it = Keep
views-begins = you begin here
views-begin = Begin here
views-begin-not = Begin with all matters
views-rename = Rename
views-rename-it = Rename
views-delete = Delete

search-title = Search
search-label = Words or a number
search-go = Search
search-for = For { $words }
search-how = Type a matter's number, like 2026-0412, or words. Words between quotation marks are found as they stand.
search-nothing = Nothing you may see holds these words. Look for fewer of them, or for the beginning of a word.
search-no-such-number = There is no matter { $number } that you may see.
search-all-matters = All matters with these words
search-more-documents = More documents hold these words: look for further words.
search-led = Matters led by { $name }

invalid-not-days = “{ $field }” is not a number of days: write one from 0 to 3,660.
invalid-not-a-month = “{ $field }” is not a month: write it like 2026-12.
invalid-ends-before-it-begins = “{ $field }” lies before the day it begins with, so nothing can fit: swap the two days.
invalid-view-name-too-long = “{ $field }” is too long: use at most 60 characters.
invalid-view-name-taken = Another of your views has this name: choose another.
invalid-view-too-long = This list asks too much to be kept: take some conditions away.
invalid-too-many-views = You keep as many views as there may be: delete one first.
