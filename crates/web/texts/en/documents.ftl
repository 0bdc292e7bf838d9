documents-title = Documents
documents-none = The minutes and communiqués that were taken in will be listed here. A clerk takes one in below.
documents-name = Document
documents-held = Day of the meeting
documents-day-unknown = not given
documents-open = To settle
documents-settled = Settled
documents-matters = Matters
documents-take-in = Take in a document
documents-file-hint = Minutes, a communiqué or a task sheet as .docx, .pdf, .xlsx, .html, .txt or .md. An OFD or a scan of up to 32 MB is kept, and not read.
documents-text-hint = Or paste the text itself.
documents-button = Take it in and read it

document-held = Meeting of { $day }.
document-chair = Chaired by { $chair }.
document-left = { $open ->
        [0] All { $all } proposals are settled.
        [one] { $open } of { $all } proposals waits for you.
       *[other] { $open } of { $all } proposals wait for you.
    }
document-kept = This file was kept, and not read
unread-scanned = Its pages are pictures, without text that could be read. Type or paste its text, and take it in as a document of the same meeting.
unread-ofd = It is an OFD, for which there is no reader. Save it as PDF or .docx, or paste its text, and take that in as a document of the same meeting.
unread-too-large = It is larger than what is read. Type or paste its text, in parts if need be, and take that in as documents of the same meeting.
document-file = Save the file
document-give-text = Give its text
document-pages-unread = { $count ->
        [one] Page { $pages } is a picture, and was not read
       *[other] Pages { $pages } are pictures, and were not read
    }
document-pages-unread-next = What stands there is missing from the text below. Type or paste it, and take it in as a document of the same meeting.
document-text = The text
document-proposals = What was read in it
document-none = No directive was found. Add what was overlooked.
document-uncertain = uncertain:
document-uncertain-ones = { $count ->
        [one] One uncertain passage
       *[other] { $count } uncertain passages
    }
doubt-motion = a motion, and the text does not say whether it was carried
doubt-short = a heading or a few words in a list, which may be no directive
doubt-undertaking = it tells what somebody will do, which may be no directive
doubt-carried-over = who must do it is said only in a passage before it
doubt-table = it stands in a table or list whose columns are not clear
doubt-unclear = its wording may be no directive
document-called = { $unit }, by the office's list:
document-by-list = by the office's list
taught-by = taught by { $by } on { $day } from “{ $document }”
document-dismissed-ones = Dismissed: { $count }
document-dismissed-by = Dismissed by { $by }, { $when }
document-bring-back = Bring it back
document-left-out = left out by the office's list
document-left-out-ones = Left out by the office's list: { $count }
document-left-out-by = “{ $words }” is no directive here:
document-bring-in = Bring it in
document-never = Always dismiss
document-goes-on = corrected: goes on as { $number }
document-noted = noted
document-dismissed = dismissed
document-to-text = Go to the passage in the text
document-ambiguous = no single day
document-confirm = Confirm as a matter
document-note = Note the principle
document-as-matter = Make it a matter
document-correct = Correct
document-split = Split
document-merge = Merge with next
document-dismiss = Dismiss
document-undo = Undo the last change
document-add = Add a directive that was overlooked
document-stale = Nothing was changed by you. This is how the document stands now; choose again.

keys-title = Keys
keys-move = next and previous proposal
keys-confirm = confirm, or note a principle
keys-aside = see what was dismissed, or left out by the office's list; u brings it back

proposal-correct = Correct the proposal
proposal-divide = Split the proposal
proposal-add = Add a directive
proposal-back = Back to the document
proposal-quote-hint = The passage exactly as it stands in the text.
proposal-divide-hint = Put each directive on a line of its own. Change nothing else.
proposal-button = Save

class-says-action = Action: an act or product that can be checked
class-says-target = Target: a number or state to reach
class-says-principle = Principle: an attitude or a continuing effort
proposal-stale = Nothing was changed by you, and what you typed stands below. See how the document stands now; if it still fits, send it again.

place-line = line { $line }
place-page = page { $page }, line { $line }
place-paragraph = paragraph { $no }
place-table = table { $table }, row { $row }, column { $column }
place-footnote = footnote { $no }
place-endnote = endnote { $no }
place-text-box = text box { $no }
place-cell = cell { $cell } of sheet { $sheet }
proposal-teach = From now on, “{ $words }” is this unit in every document of this office

meanwhile-added = { $by } added “{ $words }” ({ $when }).
meanwhile-corrected = { $by } corrected “{ $words }” ({ $when }).
meanwhile-split = { $by } split “{ $words }” ({ $when }).
meanwhile-merged = { $by } merged “{ $words }” with the next ({ $when }).
meanwhile-dismissed = { $by } dismissed “{ $words }” ({ $when }).
meanwhile-brought-in = { $by } brought in “{ $words }” ({ $when }).
meanwhile-confirmed = { $by } made a matter of “{ $words }” ({ $when }).
meanwhile-noted = { $by } noted “{ $words }” ({ $when }).
meanwhile-undone = { $by } took a change back ({ $when }).

sheet-title = Task sheet
sheet-heading = Task sheet: { $document }
sheet-made = As of { $day }.
sheet-workbook = Task sheet as a workbook (.xlsx)
sheet-print = Task sheet to print
sheet-print-hint = Print this page with the browser: A4, landscape.
sheet-none = No directive of this document is a matter yet. Confirm one, and it stands here.
