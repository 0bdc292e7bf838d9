//! Delimited text: RFC 4180 with the separators and encodings that offices use.

use super::{
    CELL_MAX, CELLS_MAX, COLUMNS_MAX, Cell, Decoded, Encoding, ROWS_ABOVE, ROWS_MAX, Row, Sheet, Unreadable, Workbook,
};

pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let (text, encoding) = decode(bytes)?;
    let separator = separator(&text);
    let (rows, is_cut) = rows(&text, separator)?;
    let sheet = Sheet { rows, is_cut, ..Sheet::default() };
    Ok(Workbook { sheets: vec![sheet], is_1904: false, text: Some(Decoded { encoding, separator }) })
}

/// UTF-8 if it is that, GB 18030 if it can be that: bytes that are valid UTF-8 by chance are rare in GB 18030.
fn decode(bytes: &[u8]) -> Result<(String, Encoding), Unreadable> {
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.contains(&0) && !bytes.starts_with(&[0xFF, 0xFE]) && !bytes.starts_with(&[0xFE, 0xFF])
    {
        return Err(Unreadable::Damaged);
    }
    let (encoding, text) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((found, mark)) if found == encoding_rs::UTF_8 => {
            (Encoding::Utf8, std::str::from_utf8(&bytes[mark..]).ok().map(str::to_owned))
        }
        Some((found, mark)) => (Encoding::Utf16, strict(found, &bytes[mark..])),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (Encoding::Utf8, Some(text.to_owned())),
            Err(_) => (Encoding::Gb18030, strict(encoding_rs::GB18030, bytes)),
        },
    };
    let text = text.filter(|text| !text.contains('\u{FFFD}')).ok_or(Unreadable::MisEncoded)?;
    Ok((text, encoding))
}

fn strict(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// The separator that stands most often outside quotes in the first lines; a comma where none does.
fn separator(text: &str) -> char {
    let mut counts = [(',', 0usize), (';', 0), ('\t', 0), ('，', 0)];
    let (mut is_quoted, mut lines) = (false, 0);
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => {
                lines += 1;
                if lines == 20 {
                    break;
                }
            }
            c if !is_quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == c) {
                    *count += 1;
                }
            }
            _quoted => {}
        }
    }
    // The ideographic comma separates words; a file parted by it has nothing else.
    let ascii = &counts[..3];
    let best = ascii.iter().rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0);
    best.map_or(if counts[3].1 > 0 { '，' } else { ',' }, |(separator, _)| *separator)
}

/// The rows, and whether something stands beyond the last column that is read.
fn rows(text: &str, separator: char) -> Result<(Vec<Row>, bool), Unreadable> {
    let (mut rows, mut cells, mut field) = (vec![], vec![], String::new());
    let (mut is_quoted, mut was_quoted, mut no, mut held, mut is_cut) = (false, false, 1u32, 0usize, false);
    let mut characters = text.chars().peekable();
    let mut end_field = |cells: &mut Vec<Cell>, field: &mut String| -> Result<(), Unreadable> {
        if cells.len() < COLUMNS_MAX {
            if !field.is_empty() {
                held += 1;
            }
            if held > CELLS_MAX {
                return Err(Unreadable::TooLarge);
            }
            if field.len() > CELL_MAX && field.chars().count() > CELL_MAX {
                return Err(Unreadable::CellTooLong);
            }
            // An apostrophe that keeps a spreadsheet from taking words for a formula is none of theirs.
            if field.starts_with('\'') && field[1..].starts_with(['=', '+', '-', '@', '\t', '\r']) {
                field.remove(0);
            }
            cells.push(if field.trim().is_empty() { Cell::Empty } else { Cell::Text(std::mem::take(field)) });
        } else {
            is_cut |= !field.trim().is_empty();
        }
        field.clear();
        Ok(())
    };
    let mut end_row = |cells: &mut Vec<Cell>, no: &mut u32| -> Result<(), Unreadable> {
        while cells.last().is_some_and(Cell::is_blank) {
            cells.pop();
        }
        if !cells.is_empty() {
            if rows.len() >= ROWS_MAX + ROWS_ABOVE {
                return Err(Unreadable::TooLarge);
            }
            rows.push(Row { no: *no, is_hidden: false, cells: std::mem::take(cells) });
        }
        *no += 1;
        Ok(())
    };
    while let Some(c) = characters.next() {
        match c {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if field.is_empty() && !was_quoted => (is_quoted, was_quoted) = (true, true),
            c if is_quoted => field.push(c),
            c if c == separator => {
                end_field(&mut cells, &mut field)?;
                was_quoted = false;
            }
            '\r' | '\n' => {
                if c == '\r' && characters.peek() == Some(&'\n') {
                    characters.next();
                }
                end_field(&mut cells, &mut field)?;
                end_row(&mut cells, &mut no)?;
                was_quoted = false;
            }
            c => field.push(c),
        }
    }
    // A quote that is never closed swallows the rest of the file: that is damage, not a cell.
    if is_quoted {
        return Err(Unreadable::Damaged);
    }
    end_field(&mut cells, &mut field)?;
    end_row(&mut cells, &mut no)?;
    Ok((rows, is_cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bytes: &[u8]) -> (Vec<Vec<String>>, Decoded) {
        let workbook = read(bytes).expect("a text file");
        let rows = &workbook.sheets[0].rows;
        let shown = rows.iter().map(|row| row.cells.iter().map(Cell::shown).collect()).collect();
        (shown, workbook.text.expect("how it was read"))
    }

    #[test]
    fn separators_and_encodings_are_found_and_said() {
        let words = [["事项", "牵头单位"], ["修桥", "市水务局"]];
        for separator in [',', ';', '\t'] {
            let text = format!("事项{separator}牵头单位\r\n修桥{separator}市水务局\r\n");
            let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
            let utf16: Vec<u8> =
                [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            for (bytes, encoding) in [
                (text.as_bytes().to_vec(), Encoding::Utf8),
                ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8),
                (gb, Encoding::Gb18030),
                (utf16, Encoding::Utf16),
            ] {
                assert_eq!(
                    shown(&bytes),
                    (
                        words.iter().map(|row| row.iter().map(|w| (*w).to_owned()).collect()).collect(),
                        Decoded { encoding, separator }
                    )
                );
            }
        }
    }

    #[test]
    fn quotes_hold_separators_line_ends_and_quotes() {
        let (rows, _) = shown(b"a,\"b, \"\"c\"\"\nd\",e\n\n,,\nf\n");
        assert_eq!(rows, vec![vec!["a", "b, \"c\"\nd", "e"], vec!["f"]]);
    }

    #[test]
    fn a_cell_is_as_long_as_an_office_program_can_write_and_no_longer() {
        let (rows, _) = shown(format!("a,{}", "字".repeat(CELL_MAX)).as_bytes());
        assert_eq!(rows[0][1].chars().count(), CELL_MAX);
        let longer = format!("a,{}", "字".repeat(CELL_MAX + 1));
        assert_eq!(read(longer.as_bytes()).expect_err("a longer one"), Unreadable::CellTooLong);
    }

    #[test]
    fn a_thousand_columns_are_read_up_to_the_last_that_is_looked_at() {
        let row = (0..1_000).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        let (rows, _) = shown(format!("{row}\n{row}\n").as_bytes());
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [COLUMNS_MAX; 2]);
        assert_eq!(rows[1].last().map(String::as_str), Some("63"));
        let is_cut =
            |columns: usize| read(vec!["a"; columns].join(",").as_bytes()).expect("a text file").sheets[0].is_cut;
        assert!(is_cut(COLUMNS_MAX + 1) && !is_cut(COLUMNS_MAX));
    }

    #[test]
    fn damage_is_refused_and_never_read_as_text() {
        assert_eq!(read(b"a,\"b\nc").expect_err("an open quote"), Unreadable::Damaged);
        assert_eq!(read(b"PK\x03\x04...").expect_err("a zip"), Unreadable::Damaged);
        assert_eq!(read(b"a\0b").expect_err("a NUL"), Unreadable::Damaged);
        assert_eq!(read(&[b'a', 0xFF, 0xFF, b'b']).expect_err("no encoding"), Unreadable::MisEncoded);
    }
}
