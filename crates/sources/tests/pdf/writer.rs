//! Writes small PDF files, object by object.
#![allow(dead_code, reason = "the benchmark writes with it too, and less")]

use std::io::Write as _;

/// A file under way. Objects 1 and 2 are the catalog and the tree of pages.
pub struct Pdf {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// Goes into the trailer as it is.
    pub trailer: String,
}

impl Pdf {
    pub fn new() -> Pdf {
        Pdf {
            objects: vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), vec![]],
            pages: vec![],
            trailer: String::new(),
        }
    }

    /// Adds an object and gives its number.
    pub fn add(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    /// Puts another object in the place of one.
    pub fn replace(&mut self, no: usize, object: impl Into<Vec<u8>>) {
        self.objects[no - 1] = object.into();
    }

    pub fn stream(&mut self, dict: &str, bytes: &[u8]) -> usize {
        let mut object = format!("<< /Length {} {dict} >>\nstream\n", bytes.len()).into_bytes();
        object.extend(bytes);
        object.extend(b"\nendstream");
        self.add(object)
    }

    /// A page of A4.
    pub fn page(&mut self, resources: &str, contents: impl AsRef<[u8]>) -> usize {
        self.page_with("", resources, contents)
    }

    pub fn page_with(&mut self, more: &str, resources: &str, contents: impl AsRef<[u8]>) -> usize {
        let contents = self.stream("", contents.as_ref());
        let page = self.add(format!(
            "<< /Type /Page /Parent 2 0 R {more} /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents {contents} 0 R >>"
        ));
        self.pages.push(page);
        page
    }

    fn whole(&self) -> Vec<Vec<u8>> {
        let mut objects = self.objects.clone();
        if objects[1].is_empty() {
            let kids: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
            objects[1] = format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" ")).into_bytes();
        }
        objects
    }

    /// With a table of objects as text.
    pub fn finish(&self) -> Vec<u8> {
        let objects = self.whole();
        let mut out = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut places = vec![];
        for (no, object) in (1..).zip(&objects) {
            places.push(out.len());
            writeln!(out, "{no} 0 obj").expect("memory");
            out.extend(object);
            out.extend(b"\nendobj\n");
        }
        let table = out.len();
        writeln!(out, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1).expect("memory");
        for place in places {
            writeln!(out, "{place:010} 00000 n ").expect("memory");
        }
        let (size, more) = (objects.len() + 1, &self.trailer);
        writeln!(out, "trailer\n<< /Size {size} /Root 1 0 R {more} >>\nstartxref\n{table}\n%%EOF").expect("memory");
        out
    }

    /// As programs have written since 2003: what is no stream in a stream of objects, and the table in another.
    pub fn finish_packed(&self) -> Vec<u8> {
        let objects = self.whole();
        let mut out = b"%PDF-1.5\n".to_vec();
        let (mut heads, mut bodies) = (String::new(), vec![]);
        let packed_no = objects.len() + 1;
        let mut rows: Vec<[u32; 3]> = vec![[0, 0, 65_535]];
        let mut index = 0;
        for (no, object) in (1..).zip(&objects) {
            if object.ends_with(b"endstream") {
                rows.push([1, out.len() as u32, 0]);
                writeln!(out, "{no} 0 obj").expect("memory");
                out.extend(object);
                out.extend(b"\nendobj\n");
            } else {
                heads += &format!("{no} {} ", bodies.len());
                bodies.extend(object);
                bodies.push(b'\n');
                rows.push([2, packed_no as u32, index]);
                index += 1;
            }
        }
        let first = heads.len();
        let plain = [heads.into_bytes(), bodies].concat();
        let packed = deflate(&plain);
        rows.push([1, out.len() as u32, 0]);
        writeln!(
            out,
            "{packed_no} 0 obj\n<< /Type /ObjStm /N {index} /First {first} /Filter /FlateDecode /Length {} >>\nstream",
            packed.len()
        )
        .expect("memory");
        out.extend(packed);
        out.extend(b"\nendstream\nendobj\n");
        let table = out.len();
        rows.push([1, table as u32, 0]);
        let mut bytes = vec![];
        for row in &rows {
            bytes.push(2); // Each row is guessed from the one above it.
            bytes.push(row[0] as u8);
            bytes.extend(row[1].to_be_bytes());
            bytes.extend((row[2] as u16).to_be_bytes());
        }
        for at in (1..rows.len()).rev() {
            for column in 1..8 {
                bytes[at * 8 + column] = bytes[at * 8 + column].wrapping_sub(bytes[(at - 1) * 8 + column]);
            }
        }
        let bytes = deflate(&bytes);
        write!(
            out,
            "{} 0 obj\n<< /Type /XRef /Size {} /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 7 >> /Length {} {} >>\nstream\n",
            packed_no + 1,
            rows.len(),
            bytes.len(),
            self.trailer,
        )
        .expect("memory");
        out.extend(bytes);
        writeln!(out, "\nendstream\nendobj\nstartxref\n{table}\n%%EOF").expect("memory");
        out
    }

    /// A Latin font whose letters are all 600 wide; its number.
    pub fn latin(&mut self) -> usize {
        let widths = "600 ".repeat(224);
        self.add(format!(
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [{widths}] >>"
        ))
    }

    /// A Chinese font that is not in the file, as Chinese offices' programs name them.
    pub fn chinese(&mut self, encoding: &str, collection: &str, more: &str) -> usize {
        let descendant = self.add(format!(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /FangSong_GB2312 /DW 1000 /W [1 95 500 814 939 500] \
             /CIDSystemInfo << /Registry (Adobe) /Ordering ({collection}) /Supplement 2 >> >>"
        ));
        self.add(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /FangSong_GB2312--GB1-0 /Encoding /{encoding} \
             /DescendantFonts [{descendant} 0 R] {more} >>"
        ))
    }

    /// A file with one page, one Latin font `/F` and one Chinese font `/H` in GBK.
    pub fn of(contents: &str) -> Vec<u8> {
        Pdf::of_pages(&[contents])
    }

    pub fn of_pages<S: AsRef<str>>(pages: &[S]) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let fonts = pdf.fonts();
        for contents in pages {
            pdf.page(&fonts, contents.as_ref());
        }
        pdf.finish()
    }

    /// The resources of [`Pdf::of`].
    pub fn fonts(&mut self) -> String {
        let (latin, chinese) = (self.latin(), self.chinese("GBK-EUC-H", "GB1", ""));
        format!("/Font << /F {latin} 0 R /H {chinese} 0 R >>")
    }
}

/// Packed without compressing: in blocks that are stored.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        out.push(u8::from(blocks.peek().is_none()));
        let length = block.len() as u16;
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out.extend([0; 4]);
    out
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Latin text at a place, in size 10: each letter is 6 points wide.
pub fn latin(x: f32, y: f32, text: &str) -> String {
    let text: Vec<u8> = text.chars().map(|c| c as u8).collect();
    format!("BT /F 10 Tf {x} {y} Td <{}> Tj ET\n", hex(&text))
}

/// Chinese text at a place, in size 16: each ideograph is as wide.
pub fn han(x: f32, y: f32, text: &str) -> String {
    let (bytes, _, _) = encoding_rs::GBK.encode(text);
    format!("BT /H 16 Tf {x} {y} Td <{}> Tj ET\n", hex(&bytes))
}

/// Lines from a corner to another.
pub fn grid(xs: &[f32], ys: &[f32]) -> String {
    let (left, right) = (xs[0], xs[xs.len() - 1]);
    let (top, bottom) = (ys[0], ys[ys.len() - 1]);
    let level = ys.iter().map(|y| format!("{left} {y} m {right} {y} l S\n"));
    let upright = xs.iter().map(|x| format!("{x} {bottom} 0.5 {} re f\n", top - bottom));
    level.chain(upright).collect()
}
