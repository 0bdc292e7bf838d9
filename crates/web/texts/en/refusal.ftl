# Why the rules or a colleague say no. The first message of a code says what stands in the way and names state and act;
# the second says what to do next. Codes never change their meaning.
ls-101 = Your posts do not give you the right to { $act } here.
ls-101-next = Ask an officer who has that right, or ask the administrator to check your posts.
ls-102 = You are acting for somebody else, and no delegation in force lets you { $act }.
ls-102-next = Act in your own name, or ask that person for a delegation that covers this act.
ls-201 = The matter is { $state }; in that state nobody can { $act }.
ls-201-next = Open the matter again and choose one of the acts it offers now.
ls-202 = You may not { $act } this matter, because { $ground }.
ls-202-next = Leave it to an officer of the supervising unit who had no part in it.
verifier-excluded = The officer you chose may not verify this matter: { $ground ->
        [leads] he or she leads it, or a matter under it
        [held-post] since it was opened he or she has held a post in the lead unit or below it
        [acted-for] since it was opened he or she has been able to act for somebody of the lead unit
       *[reported] he or she wrote or signed a report on it
    }.
verifier-excluded-next = Choose somebody who had no part in it.
ls-203 = The matter cannot be assigned like this: nobody in the supervising unit could verify and clear it.
ls-203-next = Choose another lead or another supervising unit, or let more officers know of the matter.
ls-204 = The matter is verified, and whoever verified it may not also clear it.
ls-204-next = Ask a second officer of the supervising unit to clear it.
ls-205 = The matter cannot be reported yet: sub-matters { $numbers } are neither cleared, withdrawn nor waived.
ls-205-next = Have those sub-matters cleared, or waive them and give the reason.
ls-206 = The report names no evidence that stands on the matter.
ls-206-next = Add at least one piece of evidence, then draft the report with it.
ls-207 = There is no drafted report to sign.
ls-207-next = Draft the report first.
ls-208 = You drafted this report, and your unit has somebody else who can sign it.
ls-208-next = Ask the head or a colleague of your unit to sign it.
ls-209 = The refusal can be appealed until { $until }, so the matter cannot be cleared before that day has passed.
ls-209-next = Clear it after { $until }.
ls-210 = An appeal against the refusal waits for its decision, so the matter cannot be cleared.
ls-210-next = Decide the appeal first.
ls-211 = No appeal waits for a decision on this matter.
ls-211-next = Open the matter again; somebody may already have decided it.
ls-212 = The last day for an appeal was { $until }.
ls-212-next = Tell the applicant that the period is over, and which other ways are open.
ls-213 = A matter reported as refused needs the last day for an appeal, on or after the day of the report.
ls-213-next = Give that day and send the report again.
ls-214 = Matter { $number } already stands for the same thing and is not cleared.
ls-214-next = Work on { $number } instead of opening another.
ls-215 = The deadline { $due } has already passed.
ls-215-next = Set a day from today on.
ls-216 = An extension must end later than the deadline in force, { $due }.
ls-216-next = Ask for a day after { $due }.
ls-217 = An extension is already asked for and not yet decided.
ls-217-next = Wait for that decision; until then the deadline stands.
ls-218 = No extension waits for a decision on this matter.
ls-218-next = Open the matter again; somebody may already have decided it.
ls-219 = A matter of the kind “{ $kind }” cannot end as “{ $outcome }”.
ls-219-next = Choose one of the outcomes that this kind of matter knows.
ls-220 = The matter cannot be cleared: no legal act is among its evidence.
ls-220-next = Have the matter returned, and add the judgment, decision or order that disposes of it.
ls-221 = The unit, post or officer you named is unknown or no longer exists.
ls-221-next = Choose one from the present organisation.
ls-222 = The unit you named for supervising may not supervise.
ls-222-next = Choose a supervision office.
ls-223 = The lead of a matter cannot supervise it.
ls-223-next = Choose another lead or another supervising unit.
ls-224 = Only the officers named under “Who may know” may know this matter, and somebody whom you name for this is not among them, or you would leave yourself out.
ls-224-next = The matter's page lists the officers who may know it. Choose one of them, or have the supervising unit add that officer first (“Change who may know”).
ls-225 = There is no such obstacle, or it was already removed.
ls-225-next = Open the matter again and choose one of the obstacles that still stand.
ls-226 = The matter you named is not a sub-matter of this one.
ls-226-next = Choose one of the sub-matters listed on the matter.
ls-227 = That would change nothing.
ls-227-next = Change something, or leave the page.
ls-228 = What only named officers may know is not published.
ls-228-next = Change who may know the matter first, if that is lawful.
ls-229 = The matter cannot be cleared: no acceptance criterion stands on the record.
ls-229-next = Return it to the lead, reassign it with a criterion, and have it reported against that.
ls-230 = The matter cannot be cleared: the indicator is reported as met, and no figures are among the evidence.
ls-230-next = Return it to the lead, and have the figures added as evidence.
ls-231 = The matter cannot be cleared: it was checked on paper only, and this kind must be looked at anew or asked of those concerned.
ls-231-next = Return it, and verify the next report by a site visit, a call-back or a sample.
ls-232 = The matter cannot be cleared: the report holds no answer for whoever reported.
ls-232-next = Return it to the lead, and have the answer written into the report.
ls-242 = If only they may know this matter, nobody is left who could assign, publish or clear it.
ls-242-next = Let at least one officer of a supervision office know it, and yourself.
ls-240 = There is no such question on this matter, or it was already answered.
ls-240-next = Look at the history of the matter.
ls-301 = This proposal was already confirmed, dismissed or replaced.
ls-301-next = Open the document again and go on with the next proposal.
ls-302 = There is no such proposal in this document.
ls-302-next = Open the document again and choose one of its proposals.
ls-303 = The passage does not stand in the text of this document.
ls-303-next = Mark the passage in the text again.
ls-304 = Only two neighbouring proposals can be merged.
ls-304-next = Choose the proposal directly before or after this one.
ls-305 = There is nothing to undo here, or what followed from it has moved on.
ls-305-next = If a matter was opened by mistake, withdraw that matter and give the reason.
ls-306 = The text of this document was erased.
ls-306-next = Nothing more can be read from it; take in the document again if that is lawful.
ls-307 = The passage overlaps with that of another proposal.
ls-307-next = Mark a passage that ends before the next one begins, or merge the two proposals.
ls-308 = The document already holds as many proposals as one document may, so none can be added.
ls-308-next = Dismiss what is no directive, and take in the rest as a document of its own.
ls-309 = This figure was not asked of your unit, so you cannot give it.
ls-309-next = Open the request again and give the figures that it lists for your unit.
ls-401 = A unit cannot stand under itself, and a deciding, supervising or auditing body cannot stand under an executing unit.
ls-401-next = Choose another unit above it.
ls-402 = A delegation is never wider or longer than the rights of the person who gives it.
ls-402-next = Delegate fewer acts, or end it on an earlier day.
ls-403 = This would leave the office without an administrator: nobody could change the organisation any more.
ls-403-next = Give somebody else an administrator's post, have that officer sign in, and then do this.
ls-404 = The unit cannot end: other units still stand under it, and no successor is named that could take them.
ls-404-next = Move those units elsewhere first, or name a successor.
ls-405 = The successor holds no post in a unit of the officer who leaves, so this lead does not pass by handing over.
ls-405-next = Leave it where it is; the supervising unit will be asked to reassign it.
ls-406 = Whoever hands over a desk cannot be the one who takes it.
ls-406-next = Name another officer, or ask another administrator to hand it over.
ls-407 = No schedule of working days is known here for that year.
ls-407-next = Wait until it has been published, or correct single days with a reason.
ls-408 = An officer of a supervision office acts only for colleagues of the same unit: acting for others, that officer could no longer verify what they lead.
ls-408-next = Choose somebody outside supervision offices, or somebody who works in every unit that you work in. A post that one of you took by mistake counts until the end of the day on which its end is entered: have an administrator end it, and begin on the next day.
ls-410 = Auditors look at everything and change nothing: they lead, verify and remove nothing, take no other unit's work over, and act in nobody's place.
ls-410-next = Choose somebody who neither holds nor is to take a post in an auditing unit.
successor-audits = The unit you named as successor audits. Auditors look at everything and change nothing, so they take no other unit's work over.
successor-audits-next = Choose a successor that does not audit.
lead-audits = The officer who led this matter audits now, or is to, and no unit of that officer's is left to lead it again. Auditors look at everything and change nothing.
lead-audits-next = Open a new matter for what is still to be done, and link the two.
ls-415 = Leave to act in your place goes to people of your own units only: whoever acts for you can no longer verify what your unit leads, and nobody chooses that for those who examine his work.
ls-415-next = Choose somebody who works in each of your units, or below it, for the whole time. Where somebody from elsewhere is to stand in, an administrator gives that officer a post in your unit first. A post that one of you took by mistake counts until the end of the day on which its end is entered: have an administrator end it, and begin on the next day.
ls-411 = A matter names this unit or one of its officers. Who may act on it and who may verify it follows from what the unit is for, so that stays.
ls-411-next = Found a unit with the right function and end this one. The new one may be its successor, but a unit that supervises is succeeded by one that supervises.
ls-412 = { $count ->
        [0] A matter that only named officers may know waits by name for an officer whom this would make an auditor. Auditors look on and have no act, so it would wait for nobody who can go on with it.
        [one] One unfinished matter ({ $numbers }){ $confined ->
            [yes] , and one or more that only named officers may know,
           *[no] { "" }
        } would wait by name for an officer whom this makes an auditor. Auditors look on and have no act.
       *[other] { $count } unfinished matters ({ $numbers }){ $confined ->
            [yes] , and one or more that only named officers may know,
           *[no] { "" }
        } would wait by name for an officer whom this makes an auditor. Auditors look on and have no act.
    }
ls-412-next = { $raised ->
        [yes] The officer was asked for a word, and handing the desk over does not move that: the officer gives the instruction first, or the supervising unit raises it to somebody else.
       *[no] { $confined ->
            [yes] Hand that officer's desk over first (“Hand this desk over” on the officer's page), and ask the officer to have the rest reassigned by those who know of it. What was raised to the officer is answered first, or raised to somebody else.
           *[no] Hand that officer's desk over first (“Hand this desk over” on the officer's page), or have the supervising unit reassign it. What was raised to the officer is answered first, or raised to somebody else.
        }
    }
ls-413 = Nobody makes himself or herself an auditor, neither by taking a post in an auditing unit, nor by letting a unit of one's own audit, nor by taking back the end of an auditing unit in which one has a post: auditors see who read personal data, administrators among them.
ls-413-next = Ask another administrator to do it. Where you are the only one, give an administrator's post to somebody else first, or invite an auditor.
ls-416 = Without this post nobody would be left who can act on a matter that only named officers may know.
ls-416-next = Before the post or unit ends, the officer lets a colleague of the supervising unit know each such matter (“Change who may know”).
ls-409 = The officer takes that post on { $from }, so it cannot end before.
ls-409-next = Give a last day from then on.
ls-501 = Two officers are needed: whoever asks may not also approve.
ls-501-next = Ask another officer to approve it.
ls-502 = The officer still holds a post, so the name cannot be erased: colleagues must know whom they work with.
ls-502-next = End the officer's posts first, then ask for erasure.
ls-601 = Enough was already said against this matter, and a call-back on it is under way.
ls-601-next = Its answer will stand on the matter's page; if it does not answer what you wanted to say, say it then.
ls-602 = Nothing that the public said about this matter waits for an answer.
ls-602-next = Open the matter again to see what was answered.
ls-603 = You verified or cleared this matter, so somebody else answers what the public says against it.
ls-603-next = Ask a colleague of the supervising unit who did neither.
ls-604 = If it is not so, the matter is taken up again and needs a new deadline.
ls-604-next = Give the day until which it is to be mended.
ls-241 = These two cannot be merged: both must be open, and neither may be a sub-matter of the other, nor both sub-matters of different matters.
ls-241-next = Link them instead, or withdraw one and name the other as its successor.
ls-245 = The duplicate has sub-matters { $numbers } that would be left alone.
ls-245-next = Have them cleared or waive them first, or merge the other way round.
ls-243 = The duplicate is due first, on { $due }; merging it would put that deadline off.
ls-243-next = Merge the other way round, so that the earlier deadline stands.
ls-244 = One of the two matters is known to others than the other is, so neither may point to the other.
ls-244-next = Let the same people know of both first, or leave them apart.
ls-414 = The office's list is full: 500 words and phrases are in force.
ls-414-next = Revoke some that are no longer needed, on the page of the office's list, and try again.
ls-417 = These words name another unit already, by its own names or by the office's list.
ls-417-next = Look at the units and at the office's list. If the list is wrong, revoke that first; if two units go by one name, have an administrator put the names right.
ls-418 = These words also stand in directives of this document that became matters: { $numbers }.
ls-418-next = Give more words, so that only passages that are no directives hold them.
