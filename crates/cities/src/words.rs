//! What the city's papers say, in both languages.

use ledger::Text;

use crate::Chance;

const PLACES: [(&str, &str); 12] = [
    ("临江镇", "Linjiang Township"),
    ("白杨乡", "Baiyang Township"),
    ("人民路", "Renmin Road"),
    ("北环路", "North Ring Road"),
    ("西河桥", "the West River bridge"),
    ("南门市场", "the South Gate market"),
    ("东湖社区", "the East Lake quarter"),
    ("高新区", "the new district"),
    ("老城区", "the old town"),
    ("青龙山", "Green Dragon Hill"),
    ("第三中学", "the Third Middle School"),
    ("中心医院", "the central hospital"),
];
const WORKS: [(&str, &str); 12] = [
    ("完成积水点改造", "mend the places that flood"),
    ("清淤河道2.4公里", "dredge 2.4 km of the river"),
    ("更换老旧供水管网", "replace the old water mains"),
    ("排查在建工地安全隐患", "look over the building sites for dangers"),
    ("为困难家庭逐户走访登记", "call on every household in need"),
    ("补发临时救助金", "pay the emergency relief that is owed"),
    ("打通断头路", "open the road that ends nowhere"),
    ("新建公共停车位", "build public parking spaces"),
    ("整治违规广告牌", "take down the billboards that break the rules"),
    ("完成校舍抗震加固", "strengthen the school against earthquakes"),
    ("规范农贸市场计量器具", "check the scales of the market"),
    ("开展危房鉴定", "have the unsafe houses examined"),
];

/// A directive with its number, so that no two are alike.
pub(crate) fn directive(chance: &Chance, no: u64) -> String {
    let (place, work) = (PLACES[chance.below(PLACES.len())], WORKS[chance.below(WORKS.len())]);
    match chance.is(70) {
        true => format!("在{}{}，任务第{no}号，年底前落实到位。", place.0, work.0),
        false => format!("At {}, {}: task {no}, to be carried through this year.", place.1, work.1),
    }
}

pub(crate) fn text(words: &str) -> Text {
    Text::parse("text", words).expect("words that can be kept")
}
