//! Files that nobody should have to open. Each gives a clear line, and the run goes on.

use std::fs;
use std::io::Write;
use std::path::Path;

use md5::{Digest, Md5};

use crate::program::{answer, complaints, hetong, json_lines, process, run, text};

/// An update may put another file in the place of the running program.
#[cfg(target_os = "linux")]
#[test]
fn a_program_replaced_while_it_runs_goes_on_reading() {
    let folder = tempfile::tempdir().expect("a folder");
    let (program, file) = (folder.path().join("hetong"), folder.path().join("合同.txt"));
    fs::copy(env!("CARGO_BIN_EXE_hetong"), &program).expect("copied");
    fs::write(&file, "设备采购合同").expect("written");
    let mut filter = std::process::Command::new(&program)
        .arg("filter")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    fs::remove_file(&program).expect("removed");
    let request = serde_json::json!({"path": text(&file)});
    writeln!(filter.stdin.take().expect("a pipe"), "{request}").expect("asked");
    let output = filter.wait_with_output().expect("ended");
    assert_eq!(json_lines(&output)[0]["status"], "complete", "{}", answer(&output));
}

/// A PDF out of its objects, numbered from 1; the first is the catalog.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", number + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF").bytes());
    out
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

fn deflated(data: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for chunk in data {
        encoder.write_all(&chunk).expect("memory");
    }
    encoder.finish().expect("memory")
}

/// One page with Helvetica as `F1`, the form `X`, and this content.
fn one_page(content: Vec<u8>, form: Vec<u8>) -> Vec<Vec<u8>> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>/XObject<</X 6 0 R>>>>/Contents 5 0 R>>";
    vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
        content,
        form,
    ]
}

fn empty_form() -> Vec<u8> {
    stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", b"")
}

fn plain_page(words: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 720 Td ({words}) Tj ET");
    pdf(&one_page(stream("", content.as_bytes()), empty_form()), "")
}

/// A form that shows the next twice, 30 deep.
fn fan_out() -> Vec<u8> {
    let form = |next: usize| {
        let resources =
            format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>");
        stream(&resources, b"/X Do /X Do")
    };
    let mut objects = one_page(stream("", b"/X Do"), form(7));
    objects.extend((8..37).map(form));
    objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"0 0 1 1 re f"));
    pdf(&objects, "")
}

fn self_form() -> Vec<u8> {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>";
    pdf(&one_page(stream("", b"/X Do"), stream(form, b"/X Do /X Do")), "")
}

/// Unpacks to a gigabyte of spaces.
fn flate_bomb() -> Vec<u8> {
    let data = deflated((0..1024).map(|_| vec![b' '; 1 << 20]));
    pdf(&one_page(stream("/Filter/FlateDecode", &data), empty_form()), "")
}

fn many_operators() -> Vec<u8> {
    let head = std::iter::once(b"BT /F1 1 Tf ".to_vec());
    let data = deflated(head.chain((0..5000).map(|_| b"(a) Tj ".repeat(1000))).chain([b"ET".to_vec()]));
    pdf(&one_page(stream("/Filter/FlateDecode", &data), empty_form()), "")
}

fn needs_password() -> Vec<u8> {
    let encrypt = format!("<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{0}>/U<{0}>>>", "5a".repeat(32));
    let mut objects = one_page(stream("", b"BT ET"), empty_form());
    objects.push(encrypt.into_bytes());
    pdf(&objects, "/Encrypt 7 0 R/ID[<00><00>]")
}

/// Encrypted (standard handler, revision 2, RC4 with 40 bits) with the empty user password: it opens by itself.
fn empty_password() -> Vec<u8> {
    const PAD: [u8; 32] = [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E,
        0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ];
    let (owner, permissions, id) = ([0x5A; 32], -44i32, [0u8; 16]);
    let seed = [&PAD[..], &owner, &permissions.to_le_bytes(), &id].concat();
    let key = &Md5::digest(&seed)[..5];
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    // The content is object 5: its key is the file's key with that number.
    let object_key = &Md5::digest([key, &[5, 0, 0, 0, 0]].concat())[..10];
    let content = rc4(object_key, b"BT /F1 12 Tf 72 720 Td (Contract with empty password) Tj ET");
    let encrypt = format!(
        "<</Filter/Standard/V 1/R 2/P {permissions}/O<{}>/U<{}>>>",
        hex(&owner),
        hex(&rc4(key, &PAD))
    );
    let mut objects = one_page(stream("", &content), stream("", b""));
    objects.push(encrypt.into_bytes());
    pdf(&objects, &format!("/Encrypt 7 0 R/ID[<{0}><{0}>]", hex(&id)))
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0usize;
    for i in 0..256 {
        j = (j + usize::from(state[i]) + usize::from(key[i % key.len()])) % 256;
        state.swap(i, j);
    }
    let (mut i, mut j) = (0usize, 0usize);
    let mut next = || {
        i = (i + 1) % 256;
        j = (j + usize::from(state[i])) % 256;
        state.swap(i, j);
        state[(usize::from(state[i]) + usize::from(state[j])) % 256]
    };
    data.iter().map(|byte| byte ^ next()).collect()
}

fn deep_page_tree() -> Vec<u8> {
    let mut objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec()];
    objects.extend((0..50_000).map(|i| format!("<</Type/Pages/Kids[{} 0 R]/Count 1>>", i + 3).into_bytes()));
    objects.push(b"<</Type/Page/MediaBox[0 0 9 9]>>".to_vec());
    pdf(&objects, "")
}

fn pages(count: usize) -> Vec<u8> {
    let kids: String = (0..count).map(|i| format!("{} 0 R ", i + 5)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {count}>>").into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
        stream("", b"BT /F1 12 Tf 72 720 Td (Page of a long contract) Tj ET"),
    ];
    let page =
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>";
    objects.extend(std::iter::repeat_n(page.as_bytes().to_vec(), count));
    pdf(&objects, "")
}

fn docx(document: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let parts: [(&str, &[u8]); 3] = [
        (
            "[Content_Types].xml",
            br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        ("word/document.xml", document),
    ];
    for (name, data) in parts {
        writer.start_file(name, options).expect("memory");
        writer.write_all(data).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn paragraph(words: &str) -> Vec<u8> {
    format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"#
    )
    .into_bytes()
}

/// Unpacks to half a gigabyte.
fn docx_bomb() -> Vec<u8> {
    docx(&paragraph(&" ".repeat(512 << 20)))
}

fn truncated(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

/// File name, bytes, and whether it can be read completely.
fn menagerie() -> Vec<(&'static str, Vec<u8>, bool)> {
    let junk: Vec<u8> = (0..100_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let zero_pages =
        pdf(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[]/Count 0>>".to_vec()], "");
    vec![
        ("空文件.pdf", Vec::new(), false),
        ("乱码.pdf", junk.clone(), false),
        ("只有文件头.pdf", [b"%PDF-1.7\n".to_vec(), junk].concat(), false),
        ("零页.pdf", zero_pages, false),
        ("需要密码.pdf", needs_password(), false),
        ("截断.docx", truncated(docx(&paragraph("合同"))), false),
        ("压缩炸弹.docx", docx_bomb(), false),
        ("压缩炸弹.pdf", flate_bomb(), false),
        ("表单递归.pdf", self_form(), false),
        ("表单倍增.pdf", fan_out(), false),
        ("五百万个操作.pdf", many_operators(), false),
        ("页树过深.pdf", deep_page_tree(), false),
        ("其实是 Word.pdf", docx(&paragraph("采购合同")), true),
        ("其实是文本.docx", "采购合同\n甲方：深圳市罗湖区教育局\n".into(), true),
        ("名 字 有 空格.pdf", plain_page("Contract"), true),
        ("空密码.pdf", empty_password(), true),
    ]
}

#[test]
fn hostile_files_cost_themselves_and_nothing_else() {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let animals = menagerie();
    for (name, bytes, _) in &animals {
        fs::write(archive.path().join(name), bytes).expect("written");
    }
    let output = process(archive.path(), store.path(), &["--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", complaints(&output));
    let events = json_lines(&output);
    for (name, _, readable) in &animals {
        let event = events
            .iter()
            .find(|event| event["path"] == **name)
            .unwrap_or_else(|| panic!("nothing said about {name}"));
        let errors: Vec<_> = event["issues"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|issue| issue["level"] == "error")
            .map(|issue| issue["message"].as_str().expect("a message").to_owned())
            .collect();
        if *readable {
            assert_eq!(event["status"], "complete", "{name}: {event}");
        } else if event["status"] != "complete" {
            assert!(!errors.is_empty(), "{name}: no reason in {event}");
        }
    }
    let list = fs::read_to_string(store.path().join("failures.csv")).expect("a list of failures");
    for name in ["空文件.pdf", "乱码.pdf", "零页.pdf", "需要密码.pdf", "截断.docx", "压缩炸弹.docx"]
    {
        assert!(list.contains(name), "{name} is not in {list}");
    }
    assert!(list.contains("密码"), "{list}");
    let found = run(&["search", "--store", text(store.path()), "--json", "\"empty password\""]);
    assert!(answer(&found).contains("空密码.pdf"), "{}{}", answer(&found), complaints(&found));
}

#[test]
fn a_long_document_is_read_to_its_last_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("五千页.pdf");
    fs::write(&path, pages(5000)).expect("written");
    let output = run(&["extract", "--json", text(&path)]);
    let record = json_lines(&output).remove(0);
    assert_eq!(record["source"]["pages"], 5000);
    assert_eq!(record["pages"].as_array().map(Vec::len), Some(5000));
    assert_eq!(record["status"], "complete", "{}", record["issues"]);
}

#[test]
fn a_small_memory_limit_ends_the_reader_not_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let (bomb, good) = (folder.path().join("bomb.pdf"), folder.path().join("good.pdf"));
    fs::write(&bomb, flate_bomb()).expect("written");
    fs::write(&good, plain_page("Contract")).expect("written");
    let configuration = folder.path().join("hetong.toml");
    fs::write(&configuration, "memory_mb = 300\n").expect("written");
    let output = run(&["--config", text(&configuration), "extract", "--json", text(&bomb), text(&good)]);
    let records = json_lines(&output);
    assert_ne!(records[0]["status"], "complete");
    assert!(!records[0]["issues"].as_array().expect("issues").is_empty());
    assert_eq!(records[1]["status"], "complete", "{}", records[1]);
}

#[cfg(unix)]
#[test]
fn odd_names_links_and_locked_folders_are_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let good = "采购合同\n甲方：深圳市罗湖区教育局\n";
    fs::write(archive.path().join(OsStr::from_bytes(b"\xba\xcf.txt")), good).expect("written");
    fs::create_dir(archive.path().join("甲")).expect("made");
    symlink(archive.path(), archive.path().join("甲/回环")).expect("linked");
    symlink("没有这个文件.pdf", archive.path().join("断链.pdf")).expect("linked");
    let locked = archive.path().join("无权限.txt");
    fs::write(&locked, "x").expect("written");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("set");
    let locked_for_us = fs::File::open(&locked).is_err();

    let output = process(archive.path(), store.path(), &[]);
    let said = complaints(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("甲/回环") && said.contains("链接"), "{said}");
    assert!(said.contains("断链.pdf"), "{said}");
    // Whoever runs the tests as root may read everything.
    assert!(!locked_for_us || said.contains("没有读取权限"), "{said}");
    let found = run(&["search", "--store", text(store.path()), "--json", "罗湖区教育局"]);
    assert!(answer(&found).contains(r"\\xBA\\xCF.txt"), "{}", answer(&found));
}

#[test]
fn the_filter_answers_every_line() {
    use std::process::Stdio;
    let mut child =
        hetong(&["filter"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    // "甲方：测试" in Base64.
    let lines = "{\"name\": \"a.txt\", \"bytes_b64\": \"55Sy5pa577ya5rWL6K+V\"}\nnot json\n\n\
                 {\"name\": \"b.pdf\", \"bytes_b64\": \"!!\"}\n{\"path\": \"/nonexistent/c.pdf\"}\n";
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(1));
    let records = json_lines(&output);
    let statuses: Vec<_> = records.iter().map(|record| record["status"].as_str().unwrap_or("")).collect();
    assert_eq!(statuses, ["complete", "failed", "failed", "failed"]);
}

#[test]
fn originals_are_never_written_to() {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = archive.path().join("合同.txt");
    fs::write(&path, "采购合同\n").expect("written");
    let before = state(&path);
    process(archive.path(), store.path(), &[]);
    assert_eq!(state(&path), before);
    assert_eq!(fs::read_dir(archive.path()).expect("a folder").count(), 1);
}

fn state(path: &Path) -> (Vec<u8>, std::time::SystemTime) {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a file");
    (fs::read(path).expect("a file"), modified)
}
