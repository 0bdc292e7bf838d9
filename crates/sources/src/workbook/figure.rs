//! Figures as offices write them: wide, in Chinese numerals, and parted by thousands.

/// A wide digit or mark as its narrow one, and any dash as a hyphen.
pub(super) fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '／' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '—' | '–' | '‐' | '‑' => '-',
        c => c,
    }
}

/// A number that names something: its digits narrow, and without what parts thousands where it is nothing but digits.
pub(super) fn plain(text: &str) -> String {
    let is_wide = |c: char| ('０'..='９').contains(&c);
    let text: String = text.trim().chars().map(|c| if is_wide(c) { narrow(c) } else { c }).collect();
    let groups: Vec<&str> = text.split([',', '，']).collect();
    let is_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    match groups.as_slice() {
        [first, rest @ ..]
            if !rest.is_empty()
                && (1..=3).contains(&first.len())
                && is_digits(first)
                && rest.iter().all(|group| group.len() == 3 && is_digits(group)) =>
        {
            groups.concat()
        }
        _other => text,
    }
}

/// Chinese numerals before 年, 月, 日 or 号 as digits, whatever stands in them for zero: 二〇二七, 二○二七, 二零二七, 二0二七.
pub(super) fn arabic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length: usize = rest.chars().take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
        let (run, after) = rest.split_at(length.max(c.len_utf8()));
        match digits(run).filter(|_| after.starts_with(['年', '月', '日', '号'])) {
            Some(number) => out.push_str(&number),
            None => out.push_str(run),
        }
        rest = after;
    }
    out
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "零〇○◯Oo一二三四五六七八九十廿卅".contains(c)
}

/// None where the run holds no Chinese numeral, or is no number.
fn digits(run: &str) -> Option<String> {
    if !run.contains(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '廿', '卅']) {
        return None;
    }
    if run.contains(['十', '廿', '卅']) {
        return civil::integer(&run.replace('廿', "二十").replace('卅', "三十")).map(|number| number.to_string());
    }
    let digit = |c: char| match "一二三四五六七八九".chars().position(|known| known == c) {
        Some(at) => char::from_digit(u32::try_from(at).ok()? + 1, 10),
        None => Some(if c.is_ascii_digit() { c } else { '0' }),
    };
    run.chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_however_their_digits_are_written() {
        for (text, number) in [
            ("１２３４", "1234"),
            ("1,234", "1234"),
            ("１，２３４", "1234"),
            ("12,345,678", "12345678"),
            ("督办〔２０２７〕３号", "督办〔2027〕3号"),
            ("1,23", "1,23"),
            ("1234,567", "1234,567"),
            ("1,234a", "1,234a"),
            ("3,李", "3,李"),
            (",123", ",123"),
            ("0012", "0012"),
        ] {
            assert_eq!(plain(text), number, "{text}");
        }
    }

    #[test]
    fn chinese_numerals_of_a_day_are_digits_and_others_stay_words() {
        for (text, digits) in [
            ("二〇二七年三月三十一日", "2027年3月31日"),
            ("二○二七年三月三十一日", "2027年3月31日"),
            ("二零二七年十二月十日", "2027年12月10日"),
            ("二◯二七年一月", "2027年1月"),
            ("二O二七年十月", "2027年10月"),
            ("二0二七年二月廿八日", "2027年2月28日"),
            ("2027年十二月卅一日", "2027年12月31日"),
            ("零三月", "03月"),
            ("第一季度", "第一季度"),
            ("三个月内", "三个月内"),
            ("No号", "No号"),
            ("十十日", "十十日"),
        ] {
            assert_eq!(arabic(text), digits, "{text}");
        }
    }
}
