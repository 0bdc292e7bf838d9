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
