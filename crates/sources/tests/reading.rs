//! What is read of sentences such as minutes and communiqués hold, one line a directive. The texts are our own.

use std::fmt::Write as _;

use sources::{Class, Confidence, Profile, read};

/// One line a proposal: class, words, and what the words say of owner, deadline and quantity.
fn read_aloud(text: &str) -> String {
    let mut out = String::new();
    for directive in read(text, &Profile::default()).directives {
        let class = match directive.class {
            Class::Action => "action",
            Class::Target => "target",
            Class::Principle => "principle",
        };
        let doubt = if directive.confidence == Confidence::Low { "?" } else { "" };
        write!(out, "{class}{doubt}: {}", directive.text).expect("a string takes all");
        if let Some(owner) = directive.owner {
            write!(out, " | {owner}").expect("a string takes all");
        }
        if let Some(due) = directive.due {
            let day = due.date.map_or("open".to_owned(), |date| date.to_string());
            write!(out, " | {} = {day}", due.text).expect("a string takes all");
        }
        if let Some(quantity) = directive.quantity {
            write!(out, " | {quantity}").expect("a string takes all");
        }
        out.push('\n');
    }
    out
}

#[test]
fn a_profile_names_units_and_what_is_never_a_directive() {
    let text = "Minutes of 3 March 2027\n\nFoxglove is to report within 3 working days. Members should switch off their telephones.";
    let plain = read(text, &Profile::default());
    assert_eq!(plain.directives.len(), 2);
    assert_eq!(plain.directives[0].due.as_ref().and_then(|due| due.date), None, "whose holidays?");
    let profile =
        r#"{"units": [{"name": "Foxglove"}], "never": ["switch off their telephones"], "calendar": "gb-eaw"}"#;
    let profile: Profile = serde_json::from_str(profile).expect("a profile");
    let told = read(text, &profile);
    assert_eq!(told.directives.len(), 1);
    assert_eq!(told.directives[0].owner.as_deref(), Some("Foxglove"));
    assert_eq!(
        told.directives[0].due.as_ref().and_then(|due| due.date).map(|day| day.to_string()).as_deref(),
        Some("2027-03-08")
    );
    assert_eq!(serde_json::to_string(&told).ok(), serde_json::to_string(&read(text, &profile)).ok());
    assert!(serde_json::from_str::<Profile>(r#"{"nevre": []}"#).is_err(), "a misspelt key is told, not passed over");
}

#[test]
fn english_minutes() {
    let minutes = "\
QINGHE CITY COUNCIL
Minutes of the City Council meeting held on 4 March 2026

Present: Councillor R. Gao (in the chair), Councillors Lin, Shen and Wei.

1. Bridges
The Transport Bureau reported that 14 of the city's 61 bridges had not been inspected for three years. It was resolved that the Transport Bureau should inspect the 14 bridges by 30 June and publish the results on the city's website. The Bureau must strictly control the quality and schedule, and ensure that cracks are sealed by the end of the year, railings are painted, and signs are renewed.

2. Housing
The Housing Bureau must reduce the number of unregistered flats to no more than 90. We should plan to establish and improve a register of repairs. The \"three visits\" campaign should be advanced steadily.

3. Buses
Council agreed to pay the invoice of £1,250.00. Councillor Shen suggested that the stop might move. Action: Clerk to write to the bus company within two weeks.

4. Pumps
Motion by Lin, second by Wei to buy two pumps. Motion carried. Motion by Wei, second by Lin to repaint the hall. Motion failed.

The next meeting will be held on 1 April.
";
    insta::assert_snapshot!(read_aloud(minutes));
}

#[test]
fn a_chinese_communique() {
    let communique = "\
清禾市政府常务会议纪要

2026年3月4日，市长沈若谷主持召开市政府常务会议，听取桥梁检查情况汇报，研究部署住房登记工作。

会议强调，要提高认识，压实责任，形成合力。市交通局要在6月30日前完成14座桥梁的检查，公布检查结果。各乡镇要加强汛期巡查，确保不漏一户。

会议决定，由市住建局牵头、市民政局配合，年底前把未登记住房减少到90套以下。一是建立维修台账；二是开通群众举报渠道，对属实的给予奖励。

会议要求，缓缴3项收费，规模约60万元。三个月内办结积案。10个工作日内公布进展。

会议明确，市住房和城乡建设局负责汇总台账，市民政局会同市公安局建立数据比对机制。临江镇要每周清理一次雨水口。

会议决定，由市水务局牵头，市公安局配合，5月底前完成12处积水点的排查。会议决定，市民政局牵头，4月1日前办结36件申请。由市督查室于3月10日前公布受理电话。要统筹推进海绵城市建设。

会议指出，去年全市新增绿地12公顷，成效明显。
";
    insta::assert_snapshot!(read_aloud(communique));
}

#[test]
fn whose_words_they_are_decides_whether_they_order() {
    let read = |text: &str| read_aloud(&format!("清禾市防汛专题会议纪要\n2026年6月5日\n\n{text}\n"));
    // What residents wish, what a sign says and what a higher body wants are told; what the meeting adds counts.
    assert_eq!(read("有居民提出，应当增设路灯，要尽快安装。"), "");
    assert_eq!(read("市场门口的公示牌上写着：经营者应当亮证经营，不得占道摆摊。"), "");
    assert_eq!(
        read("高远强调，省委要求今年险情只减不增，要做好准备，我市各部门要加固堤防。"),
        "action: 我市各部门要加固堤防 | 我市各部门\n"
    );
    // Direct speech orders whom it addresses.
    assert_eq!(
        read("高远叮嘱临江街道主任苏禾：“你们下周一前要公布撤离路线。”"),
        "action: 你们下周一前要公布撤离路线 | 苏禾 | 下周一前 = 2026-06-08\n"
    );
}

#[test]
fn who_does_it_may_be_said_last_and_a_case_stands_before_its_order() {
    let read = |text: &str| read_aloud(&format!("清禾市防汛专题会议纪要\n2026年6月5日\n\n会议决定，{text}\n"));
    assert_eq!(
        read("泵站本月底前动工，由市水务局负责。"),
        "action: 泵站本月底前动工，由市水务局负责 | 市水务局 | 本月底前 = 2026-06-30\n"
    );
    assert_eq!(
        read("市水务局要每日巡堤；对逾期未整改的，一律停产整顿。"),
        "action: 市水务局要每日巡堤 | 市水务局\naction: 对逾期未整改的，一律停产整顿 | 市水务局\n"
    );
    assert_eq!(read("该议题暂缓，由市财政局测算后再提请研究。"), "action: 由市财政局测算后再提请研究 | 市财政局\n");
    assert_eq!(read("各乡镇可参照本方案制定细则。"), "");
}

#[test]
fn a_wrap_inside_a_word_changes_nothing_but_what_is_quoted() {
    let whole =
        "会议要求，农业综合服务中心要组织技术人员到田间开展指导，各村要逐块登记造册，8月15日前完成12处涵洞的清淤。";
    let head = "清禾镇会议纪要\n2026年6月5日\n";
    let wrapped: String =
        whole.chars().enumerate().flat_map(|(n, c)| (n % 27 == 26).then_some('\n').into_iter().chain([c])).collect();
    let profile = Profile::default();
    let (plain, cut) = (read(&format!("{head}{whole}"), &profile), read(&format!("{head}{wrapped}"), &profile));
    assert!(plain.directives.len() >= 3, "{:?}", plain.directives);
    assert!(cut.directives.iter().any(|directive| directive.text.contains('\n')), "a wrap stands in one of them");
    let unwrapped = |text: &str| text.replace('\n', "");
    let told = |reading: &sources::Reading| -> Vec<_> {
        let said = |d: &sources::Directive| {
            (unwrapped(&d.text), d.owner.as_deref().map(unwrapped), d.due.as_ref().and_then(|due| due.date), d.class)
        };
        reading.directives.iter().map(said).collect()
    };
    assert_eq!(told(&plain), told(&cut));
}

#[test]
fn what_may_be_an_order_is_offered() {
    let text = "清禾市防汛专题会议纪要\n2026年6月5日\n\n会议指出，市水务局检查12座泵站，公布抢险队伍名单。市水务局要加固堤防。\n";
    let found = read_aloud(text);
    assert!(found.contains("?: 市水务局检查12座泵站"), "{found}");
    assert!(found.contains("action: 市水务局要加固堤防 | 市水务局"), "{found}");
}

#[test]
fn an_announcement_orders_what_is_said_nowhere_else() {
    let head = "清禾市政府召开常务会议\n\n2026年6月5日，市长沈若谷主持召开市政府常务会议，研究防汛工作，决定追加泵站维修资金420万元。\n\n";
    assert_eq!(read_aloud(head), "action: 追加泵站维修资金420万元 | 420万元\n");
    let again = format!("{head}会议决定，追加泵站维修资金420万元。\n");
    assert_eq!(read_aloud(&again), "action: 追加泵站维修资金420万元 | 420万元\n", "said once");
}

#[test]
fn notes_as_people_type_them() {
    let notes = "\
Canal path working group
Tues 3 March 2026, 10am, Town Hall annexe
Mei (chair), Jun, Ola, Priya (council)

Surface
- jun walked it on sunday, the worst part is by the lock
- get three quotes for the resin, by Fri - Jun
- lamps - Ola ring the supplier before the next mtg
- everyone read the draft plan pls
- no digging near the wall till the survey is back
- agreed: no digging at the east end till the survey is back
- 12 people came to the drop-in, mostly happy
- bench by the lock? nobody sure
- move 2k from signs to lamps (Priya), agreed by all
- survey to be in by 31 March
- weather was awful
Mei -
   * book the hall for the open day, w/c 20 April
   * ask the school for pictures

ACTIONS (read back at the end)
1. Jun - get quotes, Fri
2. Ola: ring the supplier 14/3

Next one Tues 7 April, same room";
    insta::assert_snapshot!(read_aloud(notes));
}

#[test]
fn deadlines_told_as_such_and_what_bodies_ask_for() {
    let minutes = "\
LINJIANG TOWN COUNCIL
Minutes of the meeting held on Tuesday 10 March 2026

1. Grants
The deadline for applications is 30 April 2026. Closing date for the river fund: noon, Friday, 8 May. The last day of the old scheme was in May.
The Council authorises the Clerk to sign the agreement. The Act requires owners to keep hedges low. The tool requires a licence.
The Committee expects all providers to keep to the price cap. The Council passed Resolution No. 14 directing the Engineer to report on the weir within thirty days.
It was the consensus of the Board that a workshop be held on 12 May and that no travel be approved until the levy is adopted.
Should the river rise above 4 m, the warden shall open the gate.
2. Lost property
Lost property to be catalogued by the Clerk.
Council resolved to buy a mower.
Carried forward: Clerk to renew the lease by Thursday week.
No further action to be taken.
3. Roads
The resurfacing on Sunday Hill Lane will be looked at by the Engineer. The Clerk would report the fault that occurred on 1 March.
He will mend the lids.";
    insta::assert_snapshot!(read_aloud(minutes));
}

#[test]
fn what_is_not_sure_comes_at_low_confidence() {
    let minutes = "\
BAIYANG PARISH COUNCIL
Minutes of the meeting held on 10 March 2026

Members requested an update on the bridge at the June meeting.
The request for a shelter was referred to the Works Committee.
The Clerk was given authority to sign the lease.
Tenders are due by 20 March.
Cllr Hill asked the Clerk to chase the owner.
The path was closed by the flood of 2 February.
- Write to the bus company (Clerk)
- Write to the Member of Parliament";
    insta::assert_snapshot!(read_aloud(minutes));
}

#[test]
fn what_hangs_on_another_clause_is_no_directive_and_what_was_approved_is_one() {
    let minutes = "\
Minutes of Nettle Parish Council held on 4 May 2021

Present: Cllr R Marsh (Chairman), Cllrs T Dale and P Hoad. In attendance: A Reed (Clerk)

1. The proposal by the Warden of Works to dredge the lower pond, spending £900, was approved by the Council. Approval was given for the purchase of a pump.

2. As the mast is to stand in the yard of the old mill a fence will be put up. If the Council are to take part either a tent or a stall is wanted. The Board had previously agreed that carts should keep off the green. Advice was sought on how the mill and the green should be run.

3. Members asked for a notice to be put up at the ford. The County has asked parishes to count their benches. Since the last meeting the Warden was asked to price a lamp.

4. The lane will be on the agenda in June. The leaflet will ask for views on the pond. The path group will meet on 5 June. The bridge will be discussed in item 9.

5. It was settled and agreed that Cllr Hoad would join the Pond Committee. Members agreed that the lane should stay open and the Warden to warn the owners. It was agreed the Clerk would ring the miller.

6. The Clerk advised that the claim form had to be returned by 20 May. The miller explained that barges must have a licence. The millers had said that the weir should have a rail.

7. It was agreed for the Clerk to claim the rebate. There was a unanimous vote to mend the sluice. Cllr Dale has offered to paint the punt and this was agreed.
";
    let sure: Vec<String> =
        read_aloud(minutes).lines().filter(|line| !line.contains("?: ")).map(str::to_owned).collect();
    let told = [
        "action: dredge the lower pond, spending £900 | £900",
        "action: Approval was given for the purchase of a pump",
        "action: a fence will be put up",
        "action: a notice to be put up at the ford",
        "action: The lane will be on the agenda in June | June = 2021-06-30",
        "action: The leaflet will ask for views on the pond",
        "action: Members agreed that the lane should stay open",
        "action: the Warden to warn the owners | the Warden",
        "action: the Clerk would ring the miller | the Clerk",
        "action: the claim form had to be returned by 20 May | by 20 May = 2021-05-20",
        "action: the Clerk to claim the rebate | the Clerk",
        "action: mend the sluice",
        "action: Cllr Dale has offered to paint the punt | Cllr Dale",
    ];
    assert_eq!(sure, told);
}

#[test]
fn what_runs_together_is_parted_and_what_belongs_together_is_not() {
    let minutes = "\
Minutes of Nettle Parish Council held on 4 May 2021

Present: Cllr R Marsh (Chairman), Cllrs T Dale and P Hoad. In attendance: A Reed (Clerk)

1. The lamp is broken, the firm will mend it. The Chair will thank the staff and the volunteers and a card will be sent. The plan must be weighed and allowance should be made for rain. Pipes are to be laid but depth is a worry.

2. The Clerk will publish the notice of the meeting to be held on 4 June. The Clerk will ask for the item to be deferred. Meeting reopened, hearing to be held in the barn.

3. Cllr Hoad will move the bench before the next meeting. I will move at the next meeting that the weir be closed.

4. Dale and Hoad to meet the miller (Clerk to arrange). Fire plan (Cllr Dale to collect).

5. The ditch will be cleared, and if none of the owners has paid the Council will do it. The paint is to be left until June. The form should be signed as a correct copy by the Clerk.

6. Hoad will email the firm. Done
";
    let told = [
        "action: the firm will mend it | the firm",
        "action: The Chair will thank the staff and the volunteers | The Chair",
        "action: a card will be sent",
        "action: The plan must be weighed",
        "action: allowance should be made for rain",
        "action: Pipes are to be laid",
        "action: The Clerk will publish the notice of the meeting to be held on 4 June | The Clerk",
        "action: The Clerk will ask for the item to be deferred | The Clerk",
        "action: Cllr Hoad will move the bench before the next meeting | Cllr Hoad | before the next meeting = open",
        "action: Dale and Hoad to meet the miller | Dale and Hoad",
        "action: Clerk to arrange | Clerk",
        "action: Cllr Dale to collect | Cllr Dale",
        "action: The ditch will be cleared",
        "action: if none of the owners has paid the Council will do it | the Council",
        "action: The form should be signed as a correct copy by the Clerk | the Clerk",
    ];
    assert_eq!(read_aloud(minutes).lines().collect::<Vec<_>>(), told);
}
