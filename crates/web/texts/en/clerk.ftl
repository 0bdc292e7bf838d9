act-correct = correct
do-correct = Correct the words
event-corrected = { $by } withdrew it because its words were wrong; it goes on under another number.
invalid-the-same-matter = “{ $field }” is this matter itself: give the number of the other one.
ls-246 = The number { $number } does not belong to the series for this audience: what only named officers know is numbered apart.
ls-246-next = Open the matter again; it is given a number of the right series.
ls-247 = The sub-matters { $numbers } stand under these words and are not cleared.
ls-247-next = Have them cleared, withdraw or waive them first, or correct the words of each sub-matter.
withdrawal-corrected = words put right
hint-owner = As the text has it. The lead is named when the matter is assigned.
hint-deadline = As the text has it, in words. The deadline in force stays as it is.
hint-quantity = As the text has it.
family-corrected = Its words were wrong; it goes on as { $number }.

new-lead = For a leader's note, a call, an inspection, an application, or a clue that only some may know.
new-what = The matter
new-kind = Kind of matter
field-how_much = Quantity
hint-how_much = Optional: how much, as it was said.
new-from = Where it comes from
field-came_as = How it came
came-as-instruction = A leader's note, instruction or order
came-as-inspection = Found on an inspection or visit
came-as-report = A call or report from the public
came-as-application = A person's application
field-source_words = Source in words
hint-source_words = Optional: whose note or call, on what, on which day.
field-applicant = Who asked
hint-applicant = Only where a person applied or reported. The name lies under a key of its own and can be erased; only the lead and the supervising unit see it.
field-applicant_contact = How to reach that person
hint-applicant_contact = Optional: telephone or address.
invalid-day-passed = “{ $field }” is a day that has passed: give today or a later day.
matter-applicant-says = Personal data: shown to the lead and the supervising unit only.
new-units-hint = Only for “named units”. A supervision office and your own unit must be among them, or nobody could assign the matter.
new-place = Assign it at once
new-place-says = Leave this empty, and the matter waits on your office's desk to be assigned.
field-support = Supporting units
hint-support = Each gets a sub-matter of its own, with the same words, criterion and deadline.
new-open-and-assign = Open and assign
new-look = Look for the same thing first
new-alike = Nothing is opened yet: this may be the same thing
new-alone = None of the open matters that you may see says much the same.
new-alike-says = If it is one of these, follow its number and add there what is new: nothing more is opened then. If it is another thing, open it all the same. Duplicates can also be merged later, from either matter's page.
new-leave = Open nothing

parts-title = Divide into sub-matters
parts-lead = Each sub-matter gets words, a lead and a deadline of its own. All are opened together, or none. One without a lead waits to be assigned.
parts-supervising = It verifies and clears the sub-matters.
parts-row = Sub-matter { $no }
parts-due = A sub-matter without a day of its own is due with the whole, on { $due }.
parts-button = Open the sub-matters
parts-more = More rows

disputed-title = { $lead } says that it is not theirs
disputed-says = Supervising unit, criterion and deadline stand below as they were. Choose another lead, or the same one again.

assignment-not-all = Not everything could be assigned
assignment-moved-on = It no longer waits to be assigned. What you typed is kept here.
assignment-see = See { $number }

invalid-nothing-ticked = Tick at least one matter for which a notice is to go out.
notices-for-these = Issue a supervision notice for these
notices-circle = { $lead } (named officers only: a number of its own)
matter-notice = Issue a supervision notice

public-goes-on = It goes on under { $number }.
document-alike = was opened, and may be the same thing as one that is open already.
new-all-the-same = Open it all the same
