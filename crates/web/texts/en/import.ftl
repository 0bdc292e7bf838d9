import-title = Import a ledger
import-lead = A workbook the office has kept so far. You first see what would become of each row; nothing comes on the record before you confirm it.
import-file-hint = An .xlsx workbook or delimited text (.csv), up to 32 MB and 100,000 rows. A title above the heading, merged cells and moved columns do no harm.
import-button = Read it
import-brought = Workbooks brought before
import-when = Brought
import-opened = Matters opened
import-state-checked = looked at, not taken in
import-state-running = being taken in
import-state-done = taken in
import-state-stopped = stopped on the way
import-progress = { $done } of { $total } rows.
import-go-on = It goes on by itself. You may leave this page and come back.
import-look-again = Look again
import-done = { $opened ->
        [0] Nothing was added.
        [one] One matter was opened.
       *[other] { $opened } matters were opened, sub-matters included.
    }
import-to-matters = Go to the matters
import-stopped = The machine failed after { $done } of { $total } rows. What was taken in stands. Go on: no row is taken in twice.
import-gone = The file is no longer here: it is kept for a day. Bring it again; what is on the ledger already is recognised.
import-read-as = Read as { $encoding }, parted by { $separator }.
import-separator-comma = commas
import-separator-semicolon = semicolons
import-separator-tab = tabs
import-separator-wide-comma = Chinese commas
import-formulas = { $count ->
        [one] One cell is a formula: its last value was taken.
       *[other] { $count } cells are formulas: their last values were taken.
    }
import-cut = Only the first { $columns } columns are read. Something stands in columns beyond them and is not looked at; move what is to be taken further left.
import-1904 = Days in this workbook are counted from 1904.
import-what-becomes = What becomes of it
import-count-add = will be added
import-count-there = are there already
import-count-changed = have changed
import-count-refused = cannot be taken in
import-count-left = are left out
import-no-directive = No column says what is to be done. Choose one below.
import-confirm = { $count ->
        [one] Take in one row
       *[other] Take in { $count } rows
    }
import-nothing-to-add = No row would be added.
import-download = The workbook with a column of remarks (.xlsx)
import-mapping = What each column is, and what holds for all rows
import-not-taken = not taken
import-none = nobody
import-defaults = Where no column says so
import-spread-office = every officer of every unit
import-spread-units = only the units concerned
import-take-hidden = Take hidden rows too
import-mapping-hint = Your choice is kept for the next workbook with the same headings, in whatever order they stand.
import-mapping-button = Keep and look again
import-rows = Row by row
import-row = Row
import-all-rows = All rows
import-no-rows = No such row.
import-remarks = Import remarks
import-field-number = Our number
import-field-reference = The office's own number
import-field-source = Source
import-field-directive = What is to be done
import-field-part = Task within it
import-field-criterion = Acceptance criterion
import-field-lead = Lead
import-field-supporting = Supporting units
import-field-person = Person responsible
import-field-supervising = Supervising unit
import-field-due = Deadline
import-field-kind = What it is
import-field-audience = Who may know
import-fate-assign = Will be opened and assigned.
import-fate-assign-parts = { $parts ->
        [one] Will be opened and assigned, with a sub-matter for the supporting unit.
       *[other] Will be opened and assigned, with { $parts } sub-matters for the supporting units.
    }
import-fate-open = Will be opened, not assigned.
import-fate-open-parts = { $parts ->
        [one] Will be opened, not assigned, with a sub-matter for the supporting unit.
       *[other] Will be opened, not assigned, with { $parts } sub-matters for the supporting units.
    }
import-fate-there = Is on the ledger as { $number }.
import-fate-there-unseen = Is on the ledger already.
import-fate-changed = Is on the ledger as { $number } and differs; the record stays as it is.
import-fate-same = Says the same as row { $row }.
import-fate-refused = Cannot be taken in
import-fate-hidden = Is hidden in the sheet.
import-fate-heading = Is a heading.
import-nothing = nothing
import-differs = { $field }: the row says “{ $here }”, the record “{ $there }”.
import-unknown = { $field }: nobody here is called “{ $words }”. Correct the name or add it to a unit's other names.
import-unknown-near = { $field }: nobody here is called “{ $words }”. Nearest: { $near }.
import-several = { $field }: “{ $words }” names several. A matter has one lead; the others support.
import-no-such-day = Deadline (cell { $cell }): no calendar has the day “{ $words }”.
import-short-year = Deadline (cell { $cell }): the year of “{ $words }” has two digits. Write all four, as in 2027-03-31.
import-open-due = Deadline: “{ $words }” names no single day. The words are kept.
import-not-assigned = It can be assigned once the deadline is set.
import-missing = Not assigned, since the row does not give: { $fields }. Assign it on its own page once that is settled.
import-refused-assignment = Not assigned ({ $code }): { $what } { $next }
import-failed = { $field } (cell { $cell }): the formula has failed.
import-unsaved = { $field } (cell { $cell }): a formula whose result was not saved. Open and save the file in its program, or write the value.
import-number-twice = Row { $row } has the number { $number } too and says something else. Correct one of the two numbers, or take one row out.
import-no-such-matter = There is no matter { $words } that you may see.
import-part = { $unit } supports: { $directive }
field-sheet = Sheet
field-column = Column
field-year = Year of deadlines without one
field-hidden = Hidden rows
invalid-workbook-too-large = The workbook is too large: at most 32 MB and 100,000 rows of a sheet are read. Send it in parts.
invalid-workbook-bomb = The workbook unpacks to more than 512 MB, or a single value in it to more than 8 MB: no ledger does. Save it anew in your office program and send that.
invalid-workbook-cell-too-long = A cell holds more than 32,767 characters, more than an office program can write into one: shorten it and send the file again.
invalid-workbook-too-much = Reading this workbook took more time or memory than one is given: send it in parts, or without the sheets and columns that are no part of the ledger.
invalid-workbook-damaged = The file is not a workbook, or is damaged: save it anew as .xlsx or .csv and send that.
invalid-workbook-locked = The workbook is locked with a password or is an old .xls file: save it as .xlsx without a password and send that.
invalid-workbook-entities = The workbook holds definitions that no office program writes: save it anew as .xlsx and send that.
invalid-workbook-mis-encoded = The file's characters cannot be read: save it as .xlsx, or as .csv in UTF-8 or GB 18030.
invalid-workbook-kind = This kind of file is not read here: send .xlsx or .csv.
invalid-column-twice = Two columns are taken for the same thing: choose one of them.
