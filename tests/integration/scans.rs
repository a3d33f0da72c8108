//! Pictures of contracts, through the whole program.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat};
use serde_json::Value;

use crate::program::{answer, complaints, json_lines, process, run, summary, text};

fn scan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus/archive/2021/物业租赁/区属国有物业租赁合同（扫描件）.pdf")
}

/// The first page's picture, as the scanner wrote it.
fn first_page() -> Vec<u8> {
    let bytes = fs::read(scan()).expect("the sample");
    let find = |from: usize, wanted: &[u8]| {
        bytes[from..].windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
    };
    let start = find(0, b"\xFF\xD8\xFF").expect("a picture");
    bytes[start..find(start, b"endstream").expect("its end")].to_vec()
}

fn record(bytes: &[u8], name: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    let output = run(&["extract", "--json", "--text", text(&path)]);
    json_lines(&output).pop().unwrap_or_else(|| panic!("{}", complaints(&output)))
}

#[test]
fn a_scan_is_read_to_its_fields_with_their_places() {
    let record = record(&fs::read(scan()).expect("the sample"), "扫描.pdf");
    assert_eq!(record["status"], "complete", "{}", record["issues"]);
    let fields = &record["fields"];
    assert_eq!(fields["contract_number"]["value"], "QSH-ZL-2021-009");
    assert_eq!(fields["amount"]["value"]["amount"], "1827636.00");
    assert_eq!(fields["sign_date"]["value"], "2021-06-25");
    let place = &fields["contract_number"]["evidence"][0]["places"][0];
    assert_eq!(place["page"], 1);
    let top = place["box"][1].as_f64().expect("a box");
    assert!((100.0..140.0).contains(&top), "{place}");
    for page in record["pages"].as_array().expect("pages") {
        assert_eq!((&page["origin"], &page["class"]), (&"ocr".into(), &"scan".into()));
        assert!(page["confidence"].as_f64() > Some(0.9), "{page}");
    }
    let made_by = &record["made_by"];
    assert_eq!(made_by["models"].as_str().map(str::len), Some(64));
    assert!(made_by["runtime"].as_str().is_some_and(|name| name.contains("f32") || name.contains("bf16")));
}

#[test]
fn a_picture_is_read_whichever_way_up_it_lies() {
    let jpeg = first_page();
    let upright = record(&jpeg, "第一页.dat");
    assert_eq!(upright["source"]["media_type"], "image/jpeg");
    assert_eq!(upright["source"]["pages"], 1);
    assert_eq!(upright["fields"]["contract_number"]["value"], "QSH-ZL-2021-009");

    let picture = image::load_from_memory(&jpeg).expect("a picture");
    let mut png = Cursor::new(Vec::new());
    DynamicImage::from(picture.rotate90().into_luma8())
        .write_to(&mut png, ImageFormat::Png)
        .expect("encoded");
    let turned = record(png.get_ref(), "横放.png");
    let page = &turned["pages"][0];
    assert_eq!((&turned["source"]["media_type"], &page["rotation"]), (&"image/png".into(), &270.into()));
    assert!(page["height"].as_f64() > page["width"].as_f64(), "{page}");
    assert_eq!(turned["fields"]["contract_number"]["value"], "QSH-ZL-2021-009");
}

#[test]
fn pages_are_listed_and_read_again_as_asked() {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(archive.path().join("一页.jpg"), first_page()).expect("written");
    let black = image::GrayImage::from_pixel(400, 600, image::Luma([4]));
    black.save(archive.path().join("黑页.png")).expect("written");
    let output = process(archive.path(), store.path(), &["--json"]);
    assert_eq!(summary(&output)["read"], 2);
    let id = json_lines(&output)
        .iter()
        .find(|event| event["path"] == "一页.jpg")
        .and_then(|event| event["id"].as_str().map(str::to_owned))
        .expect("a record");

    let rows = json_lines(&run(&["pages", "--store", text(store.path()), "--json"]));
    assert_eq!(rows.len(), 2);
    let unsure = run(&["pages", "--store", text(store.path()), "--unsure"]);
    assert!(answer(&unsure).contains("黑页.png"), "{}", answer(&unsure));
    assert!(answer(&unsure).contains("全黑"), "{}", answer(&unsure));

    let choice = format!("{}:1", &id[..8]);
    let again = process(archive.path(), store.path(), &["--json", "--reocr", &choice]);
    assert_eq!(summary(&again)["read"], 1, "{}", complaints(&again));
    let shown = run(&["show", "--store", text(store.path()), &id]);
    let shown: Value = serde_json::from_str(&answer(&shown)).expect("a record");
    assert_eq!(shown["fields"]["contract_number"]["value"], "QSH-ZL-2021-009");

    let refused = process(archive.path(), store.path(), &["--reocr", "全部"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(complaints(&refused).contains("reocr"), "{}", complaints(&refused));
    let unknown = process(archive.path(), store.path(), &["--reocr", "0000:1"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(complaints(&unknown).contains("没有记录编号为 0000"), "{}", complaints(&unknown));
}
