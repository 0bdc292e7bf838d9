# The ledger's words. Acts are verbs that fit behind "to"; states fit behind "the matter is".
act-open = open a matter
act-assign = assign
act-reassign = reassign
act-sign_for = sign for it
act-dispute = dispute
act-ask_extension = ask for more time
act-decide_extension = decide on more time
act-name_obstacle = name an obstacle
act-remove_obstacle = remove an obstacle
act-ask_question = ask the office a question
act-answer_question = answer a question
act-acknowledge = take note
act-record_progress = record progress
act-add_evidence = add evidence
act-draft_report = draft the report
act-sign_report = sign the report
act-name_verifier = name who verifies
act-verify = verify
act-return = return
act-clear = clear
act-reopen = reopen
act-withdraw = withdraw
act-publish = publish
act-change_audience = change who may know
act-decompose = divide into sub-matters
act-waive = waive a sub-matter
act-appeal = record an appeal
act-decide_appeal = decide an appeal
act-escalate = escalate
act-instruct = instruct
act-ingest = take in a document
act-settle = settle a proposal
act-teach = teach the office's list
act-ask = ask for figures
act-observe = give figures
act-organise = change the organisation
act-delegate = delegate
act-ask_erasure = ask for erasure
act-approve_erasure = approve erasure

state-opened = opened
state-assigned = assigned
state-under_way = under way
state-reported = reported
state-verified = verified
state-cleared = cleared
state-withdrawn = withdrawn

kind-directive = directive
kind-indicator_gap = indicator off target
kind-finding = finding
kind-suggestion = suggestion
kind-shortcoming = shortcoming
kind-need = unmet guarantee
kind-clue = clue
kind-fugitive = fugitive
kind-case = case
kind-asset = illicit asset
kind-protector = protector
kind-industry = industry in disorder
kind-rectification = rectification notice
kind-report = report from the public

outcome-done = done
outcome-unfounded = unfounded
outcome-refused = refused
outcome-transferred = transferred
outcome-lapsed = lapsed

method-desk = desk check
method-site_visit = site visit
method-call_back = call-back
method-sample = sample

ground-leads = you lead it, or a matter under it
ground-held-post = since it was opened you have held a post in the lead unit or below it
ground-acted-for = since it was opened you have been able to act for somebody of the lead unit
ground-reported = you wrote or signed a report on it

evidence-document = document
evidence-photo = picture
evidence-data = figures
evidence-legal_act = legal act
evidence-visit_note = note of a visit or call

public-directive = the directive
public-lead = who leads it
public-criterion = the acceptance criterion
public-due = the deadlines
public-report = the report
public-verification = what the verifier found

withdrawal-decided = withdrawn by decision
withdrawal-confirmed_in_error = opened by mistake

due_origin-text = set by the text
due_origin-assigner = set when it was assigned

audience-public = everybody
audience-office = every officer of every unit
audience-units = named units
audience-circle = named officers only

role-administrator = administrator
role-clerk = supervision clerk
role-supervision_head = head of supervision
role-unit_officer = officer of an executing unit
role-unit_head = head of an executing unit
role-leader = leader
role-auditor = auditor
role-public = somebody without a post

relation-lead = leads the matter
relation-supervising = supervises the matter
relation-named_verifier = is named to verify it
relation-remover = can remove an obstacle on it
relation-asked = is asked for figures
relation-own = it is his or her own
relation-outside = none of these

room-meetings = Meetings
room-plan = Plan
room-assessment = Assessment
room-safety_net = Safety net
room-campaign = Campaign
room-tips = Reports from the public

function-deciding = decides
function-supervision = supervises
function-audit = audits
function-executing = carries out

duty-head = head
duty-member = member
duty-administrator = administrator

direction-at-least = at least
direction-at-most = at most
direction-more-than = more than
direction-less-than = less than
direction-increase-by = increase by
direction-increase-to = increase to
direction-reduce-by = reduce by
direction-reduce-to = reduce to
class-action = action
class-target = target
class-principle = principle

basis-purpose_fulfilled = the purpose is fulfilled or the retention period is over
basis-person_asked = the person withdrew consent or objects
basis-ordered = a court or supervising authority ordered it
act-contradict = contradict
act-call_back = call back on

link-related = related
link-follows = follows it
link-followed_by = is followed by it
link-duplicate = possible duplicate
withdrawal-duplicate = duplicate of another matter
act-link = link
act-merge = merge
act-issue_notice = issue a notice on
act-take_back = take back
