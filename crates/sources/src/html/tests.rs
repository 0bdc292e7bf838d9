//! Pages as the content systems of offices write them, about a city of our own.

use crate::canonical::{Format, canonical};
use crate::{Profile, read};

fn lines(page: &str) -> Vec<String> {
    let read = canonical(page.as_bytes(), Format::Html).expect("a page");
    read.as_str().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

const TITLE: &str = "清禾市政府召开常务会议";
const FIRST: &str = "　　2026年3月4日，市长沈若谷主持召开市政府常务会议，研究防汛准备工作。";
const SECOND: &str = "　　会议要求，市水务局要在6月底前完成12处泵站检修。";

#[test]
fn an_editor_of_trs_in_a_page_of_tables() {
    let page = format!(
        "<html><head><title>{TITLE}_清禾市人民政府</title><style>p{{}}</style></head><body>
        <table width=1000><tr><td><a href=/>首页</a> <a href=/zw>政务</a> <a href=/fw>服务</a></td></tr></table>
        <table><tr><td class=dqwz>您当前的位置：<a href=/>首页</a> &gt; <a>会议</a></td></tr></table>
        <table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>发布时间：2026-03-05 字体：<a>大</a><a>小</a></td></tr>
        <tr><td><div class=\"TRS_Editor\"><style>.x{{}}</style><p>{FIRST}<p>{SECOND}</div></td></tr></table>
        <table><tr><td>版权所有：清禾市人民政府办公室　备案号：清ICP备00000001号</td></tr></table></body></html>"
    );
    assert_eq!(lines(&page), [TITLE, FIRST, SECOND]);
}

#[test]
fn the_main_content_of_a_portal_between_its_tools() {
    let page = format!(
        "<body><div class=\"header\"><img src=logo.png alt=徽><form><input name=q></form></div>
        <div class=\"crumbs\">当前位置：首页 &gt; 要闻</div>
        <div class=\"article oneColumn pub_border\"><h1>{TITLE}</h1>
        <div class=\"pages-date\">2026-03-05 09:00 来源：清禾市政府网<div class=\"pages_print\">【字体：大 中 小】<i class=iconfont>&#xe617;</i></div></div>
        <div class=\"pages_content\" id=\"UCAP-CONTENT\"><p style=\"text-indent:2em\">{FIRST}</p>
        <p><span>　　会议要求，</span><span style=\"font-family:仿宋\">市水务局要在6月底前</span>\n完成12处泵站检修。</p>
        <p>附件：<a href=\"a.pdf\">清禾市防汛准备工作方案.pdf</a></p></div>
        <div class=\"editor\">责任编辑：林一</div><div class=\"share\">分享到：<a>微信</a></div></div>
        <div class=footer>网站地图 | 联系我们</div></body>"
    );
    assert_eq!(lines(&page), [TITLE, FIRST, SECOND]);
}

#[test]
fn a_page_without_any_name_for_its_text_is_read_where_most_words_stand() {
    let page = format!(
        "<body><div id=w1><ul><li><a>首页</a><li><a>新闻中心</a><li><a>政务公开</a><li><a>办事服务</a></ul></div>
        <div id=w2><div class=left><ul><li><a href=1>清禾市召开人大会议</a></li><li><a href=2>清禾市修订防汛预案</a></li><li><a href=3>市领导调研</a></li></ul></div>
        <div class=right><h2>{TITLE}</h2><p>{FIRST}</p><p>{SECOND}</p>
        <p>　　会议强调，各镇各部门要逐级落实责任，逐项明确时限，确保汛期安全。</p></div></div>
        <div>主办：清禾市人民政府办公室</div></body>"
    );
    let found = lines(&page);
    assert_eq!(&found[..3], [TITLE, FIRST, SECOND]);
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn lines_parted_by_breaks_within_one_block_are_lines() {
    let page = format!(
        "<div class=nav><a>首页</a></div><div id=zoom><b>{TITLE}</b><br><br>{FIRST}<br/>\n{SECOND}<br></div>
        <div class=\"relation\"><ul><li><a>相关一</a></li><li><a>相关二</a></li><li><a>相关三</a></li></ul></div>"
    );
    assert_eq!(lines(&page), [TITLE, FIRST, SECOND]);
}

#[test]
fn a_table_of_work_within_an_article_keeps_its_columns() {
    let page = format!(
        "<div class=\"article-content\"><p>{TITLE}</p><p>{FIRST}</p>
        <table class=MsoNormalTable><tbody><tr><td><p>序号</p></td><td><p><span>工作任务</span></p></td><td><p>责任单位</p></td><td><p>完成时限</p></td></tr>
        <tr><td><p>1</p></td><td><p>完成泵站检修</p></td><td rowspan=2><p>市水务局</p><p>市财政局</p></td><td><p>6月底前</p></td></tr>
        <tr><td>2</td><td>备足防汛沙石</td><td>5月10日前</td></tr></tbody></table></div>"
    );
    let text = canonical(page.as_bytes(), Format::Html).expect("a page");
    let found = read(&text, &Profile::default()).directives;
    let rows: Vec<_> = found
        .iter()
        .filter(|d| d.owner.is_some())
        .map(|d| (d.text.as_str(), d.owner.as_deref(), crate::place(text.places(), d.start).map(ToString::to_string)))
        .collect();
    let at = |said: &str| Some(said.to_owned());
    assert_eq!(
        rows,
        [
            ("完成泵站检修", Some("市水务局"), at("table 1, row 2, column 2")),
            ("备足防汛沙石", Some("市水务局"), at("table 1, row 3, column 2")),
        ],
        "{}",
        text.as_str()
    );
}

#[test]
fn a_council_on_wordpress() {
    let page = "<!DOCTYPE html><html lang=en-GB><head><title>Minutes – Qinghe Town Council</title></head>
        <body class=\"post-template has-sidebar\"><a class=\"skip-link screen-reader-text\" href=#content>Skip to content</a>
        <header id=masthead class=site-header><p class=site-title>Qinghe Town Council</p><nav><ul><li><a>Home</a></ul></nav></header>
        <main id=content><article class=\"post hentry\"><header class=entry-header><h1 class=entry-title>Minutes of 4 March 2026</h1>
        <div class=entry-meta>Posted on <time>5 March 2026</time></div></header>
        <div class=entry-content><p>It was resolved that the Clerk should write to the mill about the gate by 1 May.</p>
        <ul><li>The Water Bureau must dredge the outfall.</li><li>The Parks Bureau must repaint the benches.</li></ul>
        <div class=\"sharedaddy sd-sharing-enabled\"><h3>Share this:</h3><ul><li><a>Twitter</a></li></ul></div></div>
        <footer class=entry-footer>Filed under <a>Minutes</a></footer></article>
        <nav class=\"navigation post-navigation\"><a>Previous: Agenda</a></nav></main>
        <aside class=widget-area><h2>Recent posts</h2><ul><li><a>Notice of election</a></ul></aside>
        <footer>© Qinghe Town Council</footer></body></html>";
    assert_eq!(
        lines(page),
        [
            "Minutes of 4 March 2026",
            "It was resolved that the Clerk should write to the mill about the gate by 1 May.",
            "The Water Bureau must dredge the outfall.",
            "The Parks Bureau must repaint the benches.",
        ]
    );
}

#[test]
fn a_council_whose_page_has_a_main_element_and_nothing_else() {
    let page = "<body><div class=\"cookie-banner\">We use cookies to make this website work well for you and for others.</div>
        <header role=banner><a>Qinghe</a></header><nav aria-label=Breadcrumb><ol><li>Home</ol></nav>
        <main><h1>Cabinet, 4 March 2026</h1><p>Resolved: that the Water Bureau dredge the outfall by 1 May.</p>
        <table><caption>Actions</caption><tr><th>Action</th><th>Owner</th><th>Due</th></tr><tr><td>Order paint</td><td>Clerk</td><td>10 March</td></tr></table>
        <div class=\"related-links\"><h2>Related content</h2><ul><li><a>Agenda</a></li></ul></div></main><footer><p>Crown copyright</p></footer></body>";
    assert_eq!(
        lines(page),
        [
            "Cabinet, 4 March 2026",
            "Resolved: that the Water Bureau dredge the outfall by 1 May.",
            "Action\tOwner\tDue",
            "Order paint\tClerk\t10 March"
        ]
    );
}

#[test]
fn the_items_of_a_list_have_the_numbers_that_are_shown() {
    for (list, shown) in [
        ("<ol><li>Roads<li>Parks</ol>", &["1. Roads", "2. Parks"] as &[&str]),
        ("<ol start=3 type=a><li>Roads<li>Parks</ol>", &["c. Roads", "d. Parks"]),
        ("<ol type=I><li>Roads<li value=9>Parks<li>Water</ol>", &["I. Roads", "IX. Parks", "X. Water"]),
        ("<ol reversed><li>Roads<li>Parks<li>Water</ol>", &["3. Roads", "2. Parks", "1. Water"]),
        ("<ol reversed start=1><li>Roads<li>Parks</ol>", &["1. Roads", "0. Parks"]),
        (
            "<ol><li>Roads<ol type=i><li>Mill Lane<li>Quay</ol><li>Parks</ol>",
            &["1. Roads", "i. Mill Lane", "ii. Quay", "2. Parks"],
        ),
        ("<ol><li><ol type=A><li>Mill Lane</ol></ol>", &["1. A. Mill Lane"]),
        (
            "<ol><li><p>Roads</p><p>are closed.</p></li><li></li><li>Parks</ol>",
            &["1. Roads", "are closed.", "3. Parks"],
        ),
        ("<ol style='list-style: cjk-ideographic inside'><li>修路<li>修桥</ol>", &["一、修路", "二、修桥"]),
        ("<ol style=list-style-type:none><li>Roads</ol>", &["Roads"]),
        ("<ol><li hidden>Old<li>Roads<li style='list-style-type:lower-alpha'>Parks</ol>", &["1. Roads", "b. Parks"]),
        // Whoever typed the numbers took the others away.
        ("<ol><li>1. Roads<li>2. Parks</ol>", &["1. Roads", "2. Parks"]),
        ("<ol><li>（一）修路<li>（二）修桥</ol>", &["（一）修路", "（二）修桥"]),
        ("<ul><li>Roads<li>Parks</ul>", &["Roads", "Parks"]),
        ("<table><tr><td>Roads<td><ol><li>Close<li>Open</ol></table>", &["Roads\t1. Close 2. Open"]),
    ] {
        assert_eq!(lines(&format!("<main><p>Resolved to do this.</p>{list}</main>"))[1..], *shown, "{list}");
    }
    let many: String = (0..30).map(|_| "<li>x").collect();
    let read = lines(&format!("<main><ol type=a>{many}</ol></main>"));
    assert_eq!((read[25].as_str(), read[26].as_str()), ("z. x", "aa. x"));
}

#[test]
fn a_page_that_never_closes_what_it_opens_and_one_that_is_only_text() {
    let page = format!("<table><tr><td><font><b><a name=1><p>{TITLE}<p><font>{FIRST}<p><font>{SECOND}");
    assert_eq!(lines(&page), [TITLE, FIRST, SECOND]);
    assert_eq!(lines("The Clerk shall write."), ["The Clerk shall write."]);
    assert_eq!(lines("<pre>1. Roads\n2. Parks</pre>"), ["1. Roads", "2. Parks"]);
    let said = |page: &str| canonical(page.as_bytes(), Format::Html).expect_err("no text").code();
    assert_eq!(said("<html><body><nav>Home</nav><script>1</script></body>"), "no-text");
    assert_eq!(said("<p>a\u{E000}b"), "private");
    assert_eq!(said(&"<div>".repeat(600)), "too-deep");
}

#[test]
fn a_layout_named_after_its_sidebar_is_not_taken_for_one() {
    let page = format!(
        "<body><div class=\"content-sidebar-wrap main-nav-right\"><div class=text><p>{FIRST}</p><p>{SECOND}</p></div>
        <div class=sidebar><p>今日天气晴</p></div></div></body>"
    );
    assert_eq!(lines(&page), [FIRST, SECOND]);
}

#[test]
fn an_element_in_a_language_of_old_pages_with_a_layout_table_around_paragraphs() {
    let page = format!(
        "<title>{TITLE}_清禾市人民政府</title><body bgcolor=#fff><center><table border=0><tr><td width=160 valign=top><a>首页</a><br><a>公告</a><br><a>信箱</a><br><a>办事</a></td>
        <td><table><tr><td align=center><font size=5>{TITLE}</font></td></tr><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table></td></tr></table></center></body>"
    );
    assert_eq!(lines(&page), [TITLE, FIRST, SECOND]);
}
