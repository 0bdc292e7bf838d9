//! The order of names in lists: by pinyin where they are Chinese, by letters where they are not, by value where they
//! are numbers.

/// The place of each ideograph from U+4E00 on, two bytes each. Source: CLDR 48, `zh-u-co-pinyin`, by ICU's collator
/// (`checks/pinyin`). A character has one place whatever it is read as in the name: 重庆 stands under *zhong*.
static PINYIN: &[u8] = include_bytes!("pinyin.bin");

const FIRST: u32 = 0x4e00;
/// Blanks and punctuation, digits, then the reader's own script, then the other.
const NUMBER: u32 = 0x100;
const OWN: u32 = 0x1_0000;
const OTHER: u32 = 0x40_0000;

/// What a name is sorted by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NameKey(Vec<u32>, String);

/// Which names stand first in a list that holds both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Script {
    /// Ideographs, for readers of Chinese.
    Han,
    /// Letters, for readers of English.
    Latin,
}

/// The key by which `name` is sorted for a reader of `first`. Case and width do not count; names that differ in
/// nothing else keep the order of their code points.
pub fn name_key(name: &str, first: Script) -> NameKey {
    let (han, latin) = match first {
        Script::Han => (OWN, OTHER),
        Script::Latin => (OTHER, OWN),
    };
    let mut key = vec![];
    let mut digits = String::new();
    for c in name.chars().map(narrow).chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        end_number(&mut digits, &mut key);
        match c {
            '\0' => {}
            c if !c.is_alphanumeric() => key.push(1),
            c => match place(c) {
                Some(place) => key.push(han + place),
                None => key.extend(c.to_lowercase().map(|c| latin + u32::from(c))),
            },
        }
    }
    NameKey(key, name.to_owned())
}

/// `２` and `Ａ` as `2` and `A`; the blank of full width as a blank. Any other character as it is.
pub fn narrow(c: char) -> char {
    match u32::from(c) {
        0x3000 => ' ',
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A run of digits sorts by its value: first how many digits it has, then which.
fn end_number(digits: &mut String, key: &mut Vec<u32>) {
    if digits.is_empty() {
        return;
    }
    let value = digits.trim_start_matches('0');
    key.push(NUMBER + u32::try_from(value.len()).unwrap_or(u32::MAX >> 8).min(0xff));
    key.extend(value.chars().map(|digit| NUMBER + u32::from(digit)));
    digits.clear();
}

/// The ideograph's place; one outside the table stands after all within it.
fn place(c: char) -> Option<u32> {
    let code = u32::from(c);
    let at = code.checked_sub(FIRST).map(|at| at as usize * 2)?;
    match PINYIN.get(at..at + 2) {
        Some(&[high, low]) => Some(u32::from(u16::from_be_bytes([high, low]))),
        Some(_) | None => matches!(code, 0xf900..=0xfaff | 0x2_0000..=0x3_ffff).then_some(0x1_0000 + code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut names: Vec<&str>, first: Script) -> Vec<&str> {
        names.sort_by_key(|name| name_key(name, first));
        names
    }

    #[test]
    fn chinese_names_stand_by_pinyin() {
        let names = vec!["水务局", "财政局", "教育局", "督查室", "林业局", "长江办", "重点办", "发改委", "阿木"];
        let right = ["阿木", "财政局", "督查室", "发改委", "教育局", "林业局", "水务局", "长江办", "重点办"];
        assert_eq!(sorted(names, Script::Han), right);
    }

    #[test]
    fn the_readers_own_script_stands_first() {
        let names = vec!["水务局", "audit office", "Budget Bureau", "12345 Line"];
        assert_eq!(sorted(names.clone(), Script::Han), ["12345 Line", "水务局", "audit office", "Budget Bureau"]);
        assert_eq!(sorted(names, Script::Latin), ["12345 Line", "audit office", "Budget Bureau", "水务局"]);
    }

    #[test]
    fn numbers_in_names_stand_by_value_and_width_does_not_count() {
        let names = vec!["第10科", "第２科", "第1科", "School 9", "School 10"];
        assert_eq!(sorted(names, Script::Han), ["第1科", "第２科", "第10科", "School 9", "School 10"]);
    }

    #[test]
    fn a_shorter_name_stands_before_a_longer_one_that_begins_with_it() {
        assert_eq!(sorted(vec!["水务局机关", "水务局"], Script::Han), ["水务局", "水务局机关"]);
        assert_eq!(sorted(vec!["Waterway", "Water Bureau"], Script::Latin), ["Water Bureau", "Waterway"]);
    }

    #[test]
    fn every_ideograph_of_the_table_has_a_place_of_its_own() {
        let mut places: Vec<u32> = (FIRST..=0x9fff).filter_map(char::from_u32).filter_map(place).collect();
        places.sort_unstable();
        assert_eq!(places, (0..20_992).collect::<Vec<u32>>());
    }
}
