//! Writes a few sound files for each target into `fuzz/corpus`, from which the fuzzer sets out: `cargo run --bin seeds`.

use std::path::Path;

use sha2::{Digest as _, Sha256};
use tlog::{Checkpoint, Frontier, Signer};

fn main() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let keep = |target: &str, bytes: &[u8]| {
        let folder = corpus.join(target);
        std::fs::create_dir_all(&folder).expect("a folder");
        let name: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(folder.join(name), bytes).expect("space");
    };
    documents(&keep);
    workbooks(&keep);
    fields(&keep);
    log(&keep);
    record(&keep);
    rules(&keep);
}

fn documents(keep: &dyn Fn(&str, &[u8])) {
    let texts = [
        "清禾市第3次常务会议纪要\n2026年3月5日\n会议决定：\n一、由市水务局牵头，于3月底前完成东沟清淤，投入85万元。\n二、持续加强监管。",
        "Minutes of the 3rd meeting, 5 March 2026\nDecided: The Water Bureau shall dredge the east ditch by 20 December 2026.\n\
         Noted: Care is taken of it.",
    ];
    for text in texts {
        keep("document", format!("\u{0}{text}").as_bytes());
        keep("document", format!("\u{1}# {text}").as_bytes());
        let page = text.replace('\n', "</p>\n<p>");
        let page =
            format!("\u{2}<html><head><title>x</title></head><body><nav>a</nav><main><p>{page}&amp;</p></main></body>");
        keep("document", page.as_bytes());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        keep("document", &[&[0, 0xFF, 0xFE][..], &wide].concat());
    }
}

fn workbooks(keep: &dyn Fn(&str, &[u8])) {
    let table = "编号,事项,牵头单位,办理时限,进展\n1,东沟清淤,市水务局,2026-12-20,85%\n2,\"修路, 两公里\",市交通局,3月底前,已完成\n";
    for kind in ["\u{0}", "\u{3}"] {
        keep("workbook", format!("{kind}{table}").as_bytes());
        keep("workbook", format!("{kind}{}", table.replace(',', ";")).as_bytes());
        keep("workbook", format!("{kind}{}", table.replace(',', "\t")).as_bytes());
    }
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
                 <row r=\"2\" hidden=\"1\"><c r=\"A2\" s=\"1\"><v>46376</v></c><c r=\"B2\" t=\"inlineStr\"><is><r><t>a_x000D_</t></r></is></c>\
                 <c t=\"e\"><v>#REF!</v></c><c t=\"b\"><v>1</v></c><c><f>A1</f><v>2.5e3</v></c></row></sheetData>\
                 <mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>";
    let shared = "<sst><si><t>事项</t></si><si><r><t>办理</t></r><r><t>时限</t></r></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>\
                  <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>";
    let parted = [&[2][..], sheet.as_bytes(), &[0xFF], shared.as_bytes(), &[0xFF], styles.as_bytes()].concat();
    keep("workbook", &parted);
}

fn fields(keep: &dyn Fn(&str, &[u8])) {
    for text in [
        "2026-12-20",
        "-12.50",
        "-9007199254740991",
        "二十三万五千",
        "1,234.56",
        "2026-0412",
        "00000000-0000-7000-8000-000000000001",
        "matter/00000000-0000-7000-8000-000000000001",
        "https://luoshi.qinghe.example",
        "3月底前",
        "20 December 2026",
        "第二季度末",
        "46376",
    ] {
        keep("fields", text.as_bytes());
        keep("forms", text.as_bytes());
    }
    keep("forms", b"/matters?state=open&q=%E6%B8%85&page=2&page=3");
    keep("forms", b"state=open&q=a+b&page=2");
}

fn log(keep: &dyn Fn(&str, &[u8])) {
    let signer = Signer::new("luoshi.example/fuzz", &[7; 32]).expect("a name");
    let mut frontier = Frontier::default();
    (0..3_u8).for_each(|n| frontier.push(tlog::leaf_hash(&[n; 61])));
    let checkpoint = Checkpoint { origin: signer.name().into(), size: 3, root: frontier.root() };
    let note = checkpoint.sign(&signer).expect("its own name");
    for text in [&note, &checkpoint.text(), &signer.vkey(), &format!("{note}\n{note}")] {
        keep("note", text.as_bytes());
        keep("tile", text.as_bytes());
    }
    let entries: Vec<Vec<u8>> = (0..3_u8).map(|n| vec![n; 61]).collect();
    keep("tile", &tlog::bundle(entries.iter().map(Vec::as_slice)).expect("short entries"));
    keep("tile", b"tile/0/x001/x234/067.p/8");
    keep("tile", b"tile/entries/000");
}

/// One matter with its history: its proof, and both archives.
fn record(keep: &dyn Fn(&str, &[u8])) {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("city");
    cities::make(&dir, &cities::Plan { seed: 1, matters: 1, units: 1 }, |_| {});
    let clock = || "2026-11-29T00:00:00Z".parse().expect("an instant");
    let store = store::Store::open(&dir, std::sync::Arc::new(clock), std::sync::Arc::new(|_| {})).expect("it opens");
    let matter = store.read(|read| {
        let lines = read.matters(None, &store::MatterFilter::default(), 1, 0)?;
        lines.first().map_or(Ok(None), |line| read.matter(line.id))
    });
    if let Ok(Some(matter)) = matter.map_err(|fault: store::StoreFault| fault) {
        let proof = store.proof(&matter, store::Disclosure::Office).expect("a record").expect("it is signed");
        keep("proof", proof.replace("\": ", "\":").as_bytes());
    }
    drop(store);
    let archives = store::backup(&dir, &folder.path().join("out"), "seed").expect("a backup");
    let read = |path| std::fs::read(path).expect("an archive");
    keep("archive", &[read(archives.data), vec![0xFF, 0xFF], read(archives.keys)].concat());
}

fn rules(keep: &dyn Fn(&str, &[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/qinghe");
    let texts: Vec<String> = std::fs::read_dir(folder)
        .expect("the pack")
        .map(|entry| std::fs::read_to_string(entry.expect("a file").path()).expect("a text"))
        .collect();
    texts.iter().for_each(|text| keep("rules", text.as_bytes()));
    keep("rules", texts.concat().as_bytes());
}
