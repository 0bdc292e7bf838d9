//! The closed classes and the verbs of English minutes.

use crate::words::Words;
use std::sync::LazyLock;

/// Base forms that are hardly anything but verbs: each may open a verb phrase.
pub(crate) static VERBS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "accept accompany achieve acquire act add adhere adjust administer adopt advertise advise allocate allow amend analyse analyze apply appoint approach approve arrange ascertain ask assess assign assist attend authorise authorize avoid award",
        "become begin bring build buy calculate call carry chase check choose circulate clarify clean clear collect come commence commission commit communicate compile complete comply conduct confirm consider consolidate consult continue contribute convene convert coordinate correct create cut",
        "deal decide declare deepen define delegate deliver deploy deposit destroy determine develop devise direct discontinue discuss display dispose distribute do draft draw earmark eliminate employ enable encourage endorse enforce engage enhance enlarge enquire ensure enter erect establish evaluate examine execute expand expedite explain explore extend",
        "facilitate fill finalise finalize find finish fix follow formulate forward foster fulfil fulfill gather get give go grant guarantee guide handle hire hold identify implement improve include incorporate increase inform initiate inquire insert inspect install instruct integrate introduce investigate invite issue join keep",
        "lay learn liaise listen lodge maintain make meet modify move negotiate nominate notify obtain obey observe offer operate optimise optimize order organise organize oversee paint pass pay perform persuade postpone prepare present prevent prioritise prioritize proceed procure produce promote promulgate propose protect provide publicise publicize publish purchase pursue put",
        "compare assemble cancel certify conclude connect construct curb demolish digitise digitize disburse disclose dispatch dismantle divert dredge drain educate empower enclose endeavour enlist enroll equip escalate expedite fast-track fit flag furnish gazette harmonise harmonize impose inaugurate induct intensify interview itemise kick-start launch mobilise mobilize migrate mount offset outline pave pressure-wash prosecute prune rationalise realign recall recycle redact redesign redraft regularise regularize rehabilitate reinstall relocate remedy renegotiate rename reopen repeal reprint reseal reset resurface resume retrain retrofit revisit revoke reword rezone sanction sanitise sensitise sensitize shortlist showcase solicit specify standardise standardize stockpile substitute summarise summarize synchronise tabulate tidy transcribe translate unblock vacate vaccinate validate vet waive widen withdraw withhold mitigate minimise minimize maximise maximize mainstream decommission fundraise register replenish restrict scale simplify staff-up step supply-chain sustain tackle undertake wind",
        "raise ratify re-check re-deploy read reach rebuild recommend reconcile recruit reduce refer refurbish register reimburse reinforce reinstate reject release remain remind remove renew reopen repaint replace reply represent resolve respond restore retain review revise ring schedule seek select sell send serve set settle share show sign simplify speak speed spend stand start stimulate stop streamline strengthen strive submit supervise supply take talk tell tender terminate thank tighten transfer transmit treat try undertake understand unify upgrade uphold urge utilise utilize verify visit warn write adhere prioritize clarify fasten abide innovate accelerate advance push re-push re-solidify focus refrain",
    ])
});

/// Base forms that are nouns as often: a determiner after them shows the verb.
pub(crate) static NOUN_VERBS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "plant pool map scope bid brief fence grade poll scan spray strip sweep trial zone bin book chair check clear cost date estimate flag grant head house install light list log man move need number paint pair patch place play price pull ramp reach record rent rest ring roll round screen set ship sign slow spot stage step stock tackle tag tap team term time top tour track trade treat walk wash watch wire word",
        "plan report study work contact use list repair post email e-mail phone telephone monitor support control charge track store test record order place address answer budget cause change claim copy cover damage demand design display document estimate exchange face file finance form fund function group guard help host lead lease level link lock log look lower manage mark market measure mow name note notice open order outline own pack park pilot point print process program promise pump question quote rate reform regard remark rent request research result return run sample score seal search secure shape sort source sponsor staff stress supplement survey target train transport trim update value view vote walk water weed welcome winterize open close back balance base bill block",
    ])
});

/// Verbs of attitude and of effort without an end.
pub(crate) static EFFORTS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "study understand take adhere set prioritise prioritize clarify focus make integrate implement stimulate protect ensure control keep continue strengthen promote push advance improve enhance support encourage maintain monitor consider help strive fight deepen uphold work foster guide remain be do persist accelerate optimize optimise consolidate safeguard enhance innovate cultivate follow bear learn pay actively stand guard attach re-deploy re-push insist abide respect explore aim seek-to try fasten grasp redouble recommit sustain embrace champion reinforce nurture intensify unify lead give strictly resolutely comply cooperate avoid be-mindful look stay deal handle develop prevent tighten observe firmly further listen oversee expedite",
    ])
});

/// What makes an effort checkable: its object is a document, a rule, a body or a drive.
pub(crate) static PRODUCTS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "plan plans policy policies mechanism mechanisms list lists report reports scheme schemes procedure procedures register agreement contract letter survey audit inspection inspections campaign-plan regulation regulations system-rules rule rules strategy budget ordinance resolution order measures payment payments grant grants database website meeting meetings arrangements appointment contact enquiries inquiries application bid bids quotation quotations estimate estimates decision donation repairs",
    ])
});

/// Words that name an office, a body or a person's post, in lower case.
pub(crate) static OFFICES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "council councils councillor councillors cllr cllrs clerk chair chairman chairwoman chairperson vice-chairman committee committees sub-committee subcommittee board boards mayor officer officers director directors manager managers engineer engineers department departments staff supervisor supervisors treasurer secretary members trustees trustee administrator attorney superintendent chief team group groups society trust police contractor contractors ltd inc llc company association commission commissioner commissioners authority agency agencies bureau office offices government governments ministry minister ministries president vice-president deputy party parties panel forum delegation surveyor inspector architect auditor accountant solicitor warden ranger caretaker handyman planner coordinator co-ordinator consultant consultants firm college university school schools district county city town township village borough parish municipality assembly cabinet governor governors sheriff foreman representative representatives rep department-heads assessor constable librarian principal principals cathaoirleach officials official heads treasury headteacher headmaster headteachers teachers ministers premier premiers collector collectors magistrate tahsildar tahsildars panchayat panchayats sarpanch registrar bursar dean ceo cfo coo cto attorney-general solicitor-general auditor-general ombudsman taskforce task-force secretariat hospitals hospital trusts regulator regulators inspectorate operator operators developer developers applicant applicants supplier suppliers provider providers utility utilities comptroller controller companies firms corporations enterprises clerk-treasurer cabinet-secretary permanent-secretary governments counties municipalities towns villages groundsman groundskeeper webmaster bookkeeper volunteers volunteer subgroup sub-group steering-group crew crews foreman dispatcher ministry's parks-department institution institute museum libraries library schools-department facilitator convenor convener vice-chair vice-president vice-mayor deacon churchwarden lengthsman executive leader leaders working-group units unit departments bodies institutions enterprises localities regions banks agencies highways services service",
    ])
});

/// Titles that stand before a name, in lower case.
pub(crate) static TITLES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "cllr cllrs councillor councillors mr mrs ms miss dr rev chief mayor chairman chair clerk alderman commissioner supervisor trustee treasurer secretary director president captain sergeant sgt pc officer cr crs councilmember councilman councilwoman councilor councilors council-member board-member vice-mayor hon. senator representative principal prof professor lord lady sir dame smt shri sri comrade deputy superintendent sheriff judge hon",
    ])
});

/// Subjects that name nobody in particular, or nobody who takes orders.
pub(crate) static NOBODY: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "we i you one everyone everybody people public residents resident anyone anybody someone somebody citizens parents visitors motorists owners tenants users there this that these those no none nothing matters",
    ])
});

/// Capitalised names of things: what ends in one of these takes no orders.
pub(crate) static THINGS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "plan policy act bill report street road lane avenue bridge hall park project fund scheme budget meeting agreement contract programme program strategy festival week day week month year resolution ordinance motion lease license licence permit application grant agenda minutes code charter convention treaty amendment schedule building centre center field green pool path trail river dam lake hill close drive house church station survey review framework standard standards guidelines initiative campaign reserve account tax levy precept vehicle truck bus website page newsletter system database route line network highway site land cemetery allotment allotments playground pavilion tender rft rfp rfq phase option item section appendix attachment annex committee's january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday",
    ])
});

/// Nouns of acts: to approve one is to order it done.
pub(crate) static ACT_NOUNS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "purchase purchases payment payments hiring construction installation expenditure expenditures donation sale lease transfer repair repairs replacement allocation grant funding contract tender rehabilitation implementation introduction signing launch quote quotation quotations bid proposal disbursement disbursements spending removal renewal repainting resurfacing refurbishment establishment creation deployment recruitment release rollout roll-out provision acquisition disposal demolition renovation upgrade extension relocation invoice invoices bills cheque loan procurement paying purchasing engagement commissioning printing planting publication",
    ])
});
