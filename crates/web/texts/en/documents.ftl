documents-title = Documents
documents-none = The minutes and communiqués that were taken in will be listed here. A clerk takes one in below.
documents-name = Document
documents-held = Day of the meeting
documents-day-unknown = not given
documents-open = To settle
documents-settled = Settled
documents-matters = Matters
documents-take-in = Take in a document
documents-file-hint = Minutes, a communiqué or a task sheet as .docx, .pdf, .xlsx, .html, .txt or .md. An OFD or a scan is kept, and not read.
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
document-file = Save the file
document-give-text = Give its text
document-text = The text
document-proposals = What was read in it
document-none = No directive was found. Add what was overlooked.
document-uncertain = uncertain
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
