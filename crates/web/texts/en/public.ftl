standing-open = Open, not late
standing-late = Open and late
standing-cleared_in_time = Cleared in time
standing-cleared_late = Cleared late
standing-cleared = Cleared
standing-withdrawn = Withdrawn

public-of-all = { $all ->
        [one] { $all } matter is published
       *[other] { $all } matters are published
    }: { $cleared } cleared, { $late } late.
public-find = Look for something that was decided
public-find-do = Search
public-became = What became of it
public-standing = Where it stands
public-count = Matters
public-late-means = Late counts from the original deadline, also where more time was given since.
public-late = Late
public-late-all = Everything that is late
public-cleared = Cleared last
public-units = By the unit that leads
public-meetings = By the meeting that decided
public-more = More
public-back = What was decided, and what became of it
public-follow = Follow by feed (Atom)
public-follow-matter = Follow this matter by feed (Atom)
public-follow-list = Follow this list by feed (Atom)
public-list-csv = This list for spreadsheets (CSV)
public-list-json = This list for programs (JSON)
public-words = “{ $words }”
public-named = { $quote } ({ $number })
public-in-short = { $standing }. Lead: { $lead }.
public-as-data = This matter as data (JSON)
public-not-shown = What was decided here is not published.
public-moved-to = more time until { $due }
public-new-due = Deadline in force
public-history-shows = Only what the office has published is shown here. The proof shows how many more events there are.
public-proof-not = It does not show that nothing happened afterwards, and never that what was recorded is true.
public-is-it-so = Is it so?
public-said = { $said ->
        [one] Members of the public disputed this { $said } time.
       *[other] Members of the public disputed this { $said } times.
    }
public-said-all = { $said ->
        [one] Members of the public said { $said } time that what was cleared is not so.
       *[other] Members of the public said { $said } times that what was cleared is not so.
    }
public-call-backs = Looked into by somebody who had no part in it before: the public was right { $not_so }, wrong { $stands }.
public-waiting = { $waiting ->
        [one] { $waiting } is still being looked at.
       *[other] { $waiting } are still being looked at.
    }
finding-stands = it stands
finding-not_so = it is not so
public-stands = It stands.
public-not-so = It is not so; the matter was taken up again.
public-contradict = If what is said here is not so where you are, say it. Somebody who neither did the work nor closed the matter will look again, and the answer is published here. You need no account.
public-contradict-do = This is not so

published-title = Published matters
published-none = Nothing published fits this. Take away a word or a condition.

feed-title = What became of what was decided: { $office }
feed-title-narrowed = What became of what was decided: { $what }
feed-let-go = If you kept copies of it, please delete them.
feed-title-matter = Matter { $number }

proof-check-title = The proof of { $number }, checked
proof-check-see = See it checked, line by line
proof-check-lead = Below is what we find when we check the very file that you can download. Do not take our word for it: how to check it yourself stands at the end.
proof-check-failed = Our own check of this proof failed. Please tell the office: its record may have been damaged.
proof-check-holds = holds
proof-check-signed = The checkpoint is signed by the log { $origin }, over its first { $size } events. The root of its tree:
proof-check-event = Event { $n } of this matter stands at place { $idx } of the log, unedited.
proof-check-open = Its words are in the file and are those that were recorded.
proof-check-withheld = Its words are not published; the file holds what they are bound to.
proof-shows = What this shows
proof-shows-unedited = These events stood in the record when the checkpoint was signed, to the letter.
proof-shows-order = They stood there in this order.
proof-shows-words = Words that are given are those that were written then.
proof-shows-not = What it does not show
proof-not-later = That nothing happened afterwards. A newer proof may hold more.
proof-not-all = That these are all events of the matter. Gaps in the count are events that were not published.
proof-not-true = That what was recorded is true. That is what independent verification is for, and your word if it is not so.
proof-not-operator = By itself, that the office never kept a second history. A checkpoint that somebody else kept shows that.
proof-yourself = How to check it yourself
proof-yourself-why = A page of ours can say anything. The file can be checked on your own computer, without a network.
proof-step-get = Download the proof file.
proof-step-key = Have the log's public key from somebody you trust: a newspaper, an archive, a friend who noted it. This is what we say it is:
proof-step-run = Get the program luoshi, whose source anyone can read and build, and let it check the file:
proof-step-keep = Keep today's checkpoint from the record's page. Later it shows whether the office still tells the same history:
proof-without = Without our program
proof-without-python = Some seventy lines of Python that you can read before you trust them, and the package cryptography:
proof-without-tiles = Programs that nobody here wrote read the log as well, since its format is public (C2SP tlog-tiles). The package aics-tlog from PyPI checks an event’s place in it, with the public key above in a file:
proof-by-hand = How it is made, for a program of your own
proof-hand-body = Each event has a body and a salt, in Base64. The entry is “luoshi/event/v1”, a line end, the Base64 of SHA-256 over “luoshi/body/v1”, a zero byte, the salt and the body, and a line end.
proof-hand-leaf = The leaf is SHA-256 over a zero byte and the entry.
proof-hand-path = The path leads from the leaf to the root that the checkpoint names, as RFC 6962 says.
proof-hand-part = Words are bound by SHA-256 over “luoshi/part/v1”, a zero byte, their salt and the words; the body holds these hashes in order.
proof-hand-note = The checkpoint is a signed note as C2SP describes it; its signature is Ed25519.

contradict-lead = Say what is not so. Somebody who neither did the work nor closed the matter will look again. What you write is read by those who answer and by nobody else; published is only how often it was said, and the answer.
contradict-kept = No cookie is set, and your address is not stored: a fingerprint of it, kept for a day, slows down floods. You get a code with which you can read the answer.
contradict-send = Send it

receipts-title = Read an answer
receipts-look = Read it
hint-code = The code you got when you said that something is not so, like 7K3F-0000-ABCD-EFGH-J1MN.
receipt-title = Your receipt
receipt-code = Thank you. This is your code:
receipt-keep = Write it down or print this page. With it you can come back and read the answer. We keep no copy, so it cannot be given to you again. Whoever has the code can read this page.
receipt-became = What became of it
receipt-taken = On { $on } you said that this is not so:
receipt-waiting = Somebody who neither did the work nor closed the matter will look again. There is no answer yet.
receipt-not-public = The matter is not published at present, so nothing more can be said here.

receipt-erase = What you wrote
receipt-erase-says = You can have what you wrote, and how to reach you, erased for good. That something was said still counts, and the answer stays.
receipt-erase-do = Erase what I wrote
receipt-erased = What you wrote, and how to reach you, was erased. No copy is left in the record; backups let go of it within thirty days.

open-data-title = Open data
open-data-lead = Everything the public is shown of matters, for programs and spreadsheets. It needs no account and no key.
open-data-json = Matters with their published events (of each the latest thousand), as JSON.
open-data-csv = Matters, one a line, as CSV in UTF-8.
open-data-events = The published events of the same matters, one a line, as CSV in UTF-8.
open-data-unpublished = Numbers of matters that are no longer published, and the last day on which each was; the latest thousand.
open-data-schema = What the JSON files are shaped like, as JSON Schema.
open-data-one = One matter as JSON. The page of the matter gives the same to a program that accepts application/json.
open-data-feed = What is new, as an Atom feed; one matter has its own. Narrowed as below, it tells of those matters only.
open-data-licence = Licence
open-data-no-licence = The office has not said on what terms this may be used: ask it.
open-data-use = How to use it
open-data-pages = A page holds at most 100 matters, the latest first. The field next, and the header Link, name the next page; follow them until there is none.
open-data-narrow = Add words, standing, lead (a unit's id) or document (a document's id) to the address to narrow it.
open-data-anywhere = Pages of other sites may read it (CORS). An answer may be kept for a minute; send If-None-Match with its ETag to be told that nothing changed.
open-data-null = What is not published is null, or empty in CSV. Days are like 2026-11-24, instants are UTC, numbers are numbers.
open-data-gone = A matter that is no longer published is no longer here. Its number stands in unpublished.json, the feeds say so once more, and its own page answers 410. Delete your copy too.
open-data-fields = Fields of a matter
open-data-event-fields = Fields of an event
open-data-codes = Codes
open-data-name = Field
open-data-type = Type
open-data-between = ;{" "}
open-data-meaning = Meaning

data-type-uuid = UUID
data-type-text = text
data-type-code = code
data-type-day = day
data-type-instant = instant
data-type-count = whole number
data-type-address = address
data-id = The matter's id, a UUID. It never changes.
data-number = The number that people and paper use.
data-kind = What kind of thing the matter follows: a code.
data-state = Where it stands in its life: a code.
data-standing = What became of it, counted from the original deadline: a code.
data-directive = What was decided, in the words of the document.
data-criterion = By what it is judged whether it is done.
data-document = Id of the document that decided it. In JSON an object with id and title.
data-document_title = Title of that document.
data-lead_unit = Id of the unit that leads. In JSON lead is a list of units with their names; where a person leads, these are the person's units.
data-lead_name_zh = Its Chinese name.
data-lead_name_en = Its English name.
data-original_due = The original deadline, which never changes.
data-due = The deadline in force.
data-late_from = The first day on which it is late; only while it is open.
data-cleared_on = The day on which it was cleared.
data-said_not_so = How often the public said that it is not so. In JSON contradictions.said.
data-waiting = Of these, how many wait for an answer. In JSON contradictions.waiting.
data-call_backs_stand = Call-backs that found that it stands. In JSON contradictions.stands.
data-call_backs_not_so = Call-backs that found that it is not so. In JSON contradictions.not_so.
data-shown_at = When the last of what is shown was first shown.
data-web = Its page.
data-proof = Its proof file.
data-event-id = The event's id, a UUID; the entry of the feed has the same.
data-event-matter = The matter's id.
data-event-number = The matter's number.
data-event-n = Its place in the matter's history, from 1; gaps are events that are not published.
data-event-type = What happened: a code.
data-event-at = When it was recorded.
data-event-due = A deadline that it set.
data-event-outcome = How the lead says it ended: a code.
data-event-method = How somebody looked: a code.
data-event-finding = What a call-back found: a code.
data-event-text = The words that were written then, where they are published.
data-event-sentence_zh = What happened, in Chinese. In JSON sentence.zh-Hans.
data-event-sentence_en = What happened, in English. In JSON sentence.en.
