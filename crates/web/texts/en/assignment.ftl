assignment-title = Assign several matters
assignment-lead = Lead and deadline stand here where the text says them without doubt. A matter is assigned once all of its fields are filled in; the others wait.
assignment-none = No opened matter waits for a lead here.
assignment-save = Assign what is complete
assignment-incomplete = Nothing was assigned: no matter is filled in yet
assignment-incomplete-next = Write the acceptance criterion of at least one matter, choose its lead and supervising unit, and give its deadline. What is wrong stands at its field.
assignment-words = Use the directive's words as criterion where none is written
assignment-count = { $count ->
        [one] { $count } matter
       *[other] { $count } matters
    }
assignment-more = More come once these are saved.
assignment-support = Open a sub-matter for { $unit }, which the text names as supporting
assignment-fill = Same in the empty fields below
assignment-done = { $count ->
        [one] { $count } matter is assigned.
       *[other] { $count } matters are assigned.
    }
assignment-meanwhile-next = Open the page again to see how the matter stands.
assignment-key-down = the same in the empty fields below, in this column
assignment-key-enter = the next empty field, leads and deadlines first

clear-title = Confirm what leaves nothing to find out
clear-lead = Each of these was found with certainty, has exactly one of our units as owner and one day as deadline. Take away the tick where it is wrong; whatever is confirmed can be taken back one by one.
clear-none = No open proposal has exactly one of our units as owner and one day as deadline.
clear-button = { $count ->
        [one] Confirm it
       *[other] Confirm those ticked of { $count }
    }

document-clear = Confirm the { $count } that are clear
document-assign = { $count ->
        [one] Assign { $count } matter
       *[other] Assign { $count } matters
    }
document-take-back = Take this back

keys-undo = take back the proposal at hand, or the last change
keys-clear = look at those that are clear, to confirm them at once
keys-assign = go on to assigning
