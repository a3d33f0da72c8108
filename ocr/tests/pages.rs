//! Pages made for these tests, read by the models that come with the program.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use hetong_ocr::{
    Doubt, Judge, PageReading, Picture, Reader, ReadingError, Runtime, Settings, Turn, models_digest,
};

const PAGE: [&str; 8] = [
    "办公设备采购合同",
    "合同编号：CG-2024-0187",
    "甲方：青石县档案馆",
    "乙方：青石县云帆办公设备有限公司",
    "第一条合同总价为人民币86,400.00元。",
    "第二条乙方应于2024年9月30日前交货。",
    "第三条验收合格后15日内付清全部货款。",
    "第四条争议提交甲方所在地人民法院。",
];

fn reader() -> MutexGuard<'static, Reader> {
    static READER: OnceLock<Mutex<Reader>> = OnceLock::new();
    let reader = READER.get_or_init(|| Mutex::new(Reader::new(Settings::default()).expect("models load")));
    reader.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn fixture(name: &str) -> Picture {
    let path = format!("{}/tests/fixtures/{name}.png", env!("CARGO_MANIFEST_DIR"));
    let pixels = image::open(path).expect("a fixture").to_rgb8();
    Picture::from_rgb(pixels.width() as usize, pixels.height() as usize, pixels.into_raw())
        .expect("a picture")
}

fn read(picture: Picture) -> PageReading {
    reader().read(picture, &()).expect("a reading")
}

/// The texts of the lines, without the spaces that the models see or do not see.
fn texts(page: &PageReading) -> Vec<String> {
    page.lines.iter().map(|line| line.text().replace(' ', "")).collect()
}

fn gray(width: usize, height: usize, value: impl FnMut(usize) -> u8) -> Picture {
    let pixels: Vec<u8> = (0..width * height).map(value).collect();
    Picture::from_gray(width, height, &pixels).expect("a picture")
}

/// A sequence without pattern (xorshift), for noise.
fn noise() -> impl FnMut(usize) -> u8 {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    move |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as u8
    }
}

#[test]
fn a_page_is_read_in_order_and_places_are_told() {
    let page = read(fixture("page"));
    assert_eq!(texts(&page), PAGE);
    assert_eq!((page.turn, page.width, page.height), (Turn::None, 900, 640));
    assert!(page.skew.abs() < 0.5 && page.doubts.is_empty());
    for line in &page.lines {
        assert!(line.confidence > 0.9 && line.quad.iter().all(|p| p.x >= -20.0 && p.x <= 920.0));
        assert!(
            line.characters.windows(2).all(|pair| pair[0].from <= pair[1].from && pair[0].to <= pair[1].to)
        );
    }
}

#[test]
fn a_turned_page_is_set_upright() {
    for (turn, back) in [(Turn::Right, Turn::Left), (Turn::Half, Turn::Half), (Turn::Left, Turn::Right)] {
        let page = read(fixture("page").turned(turn));
        assert_eq!((page.turn, texts(&page)), (back, PAGE.map(str::to_owned).to_vec()));
        assert_eq!((page.width, page.height), (900, 640));
    }
}

#[test]
fn a_strip_of_one_line_is_read() {
    assert_eq!(texts(&read(fixture("line"))), [PAGE[4]]);
}

#[test]
fn a_line_longer_than_the_model_takes_is_read_whole() {
    let line = fixture("line");
    let width = line.width() * 4;
    let pixels = (0..line.height()).flat_map(|y| (0..width).map(move |x| (x % 900, y)));
    let long: Vec<u8> = pixels.flat_map(|(x, y)| line.pixel(x, y)).collect();
    let page = read(Picture::from_rgb(width, line.height(), long).expect("a picture"));
    assert_eq!(texts(&page).concat(), PAGE[4].repeat(4));
}

#[test]
fn text_below_a_red_seal_is_read_by_every_arithmetic() {
    for &runtime in Runtime::available() {
        let mut reader = Reader::new(Settings { runtime, ..Settings::default() }).expect("models load");
        let page = reader.read(fixture("seal"), &()).expect("a reading");
        // Where the seal's rim crosses a bracket, its width differs with the arithmetic; nothing else may.
        let texts: Vec<String> = texts(&page).iter().map(|text| text.replace('(', "（")).collect();
        assert_eq!(texts.len(), 2, "{runtime}: {texts:?}");
        assert!(texts[0].starts_with("甲方：青石县档案馆（盖章"), "{runtime}: {texts:?}");
        assert_eq!(texts[1], "签订日期：2024年9月12日", "{runtime}");
        assert!(page.lines.iter().all(|line| !line.red), "{runtime}");
    }
}

#[test]
fn characters_one_below_the_other_are_read() {
    let page = read(fixture("column"));
    assert_eq!(texts(&page), [PAGE[0]]);
    let quad = page.lines[0].quad;
    assert!(quad[1].y - quad[0].y > 200.0, "the line runs down");
}

#[test]
fn a_page_in_a_mirror_gives_no_text_but_a_doubt() {
    let page = fixture("page");
    let places = (0..page.height()).flat_map(|y| (0..page.width()).map(move |x| (x, y)));
    let pixels = places.flat_map(|(x, y)| page.pixel(page.width() - 1 - x, y)).collect();
    let page = read(Picture::from_rgb(page.width(), page.height(), pixels).expect("a picture"));
    assert!(page.doubts.contains(&Doubt::Mirrored), "{:?}", page.doubts);
    assert_eq!(texts(&page), [""; 0]);
}

#[test]
fn what_has_no_text_gives_none() {
    let blanks = [
        gray(827, 1169, |_| 255),
        gray(827, 1169, |_| 0),
        gray(1, 1, |_| 255),
        gray(3, 2000, |_| 0),
        gray(2000, 3, |_| 128),
        gray(500, 400, noise()),
        gray(600, 600, |at| if at % 40 == 0 || at / 600 % 40 == 0 { 0 } else { 255 }),
        gray(600, 600, |at| ((at % 600) * 255 / 600) as u8),
    ];
    for picture in blanks {
        let size = (picture.width(), picture.height());
        let page = read(picture);
        assert_eq!((texts(&page), page.turn), (Vec::new(), Turn::None), "{size:?}");
    }
}

#[test]
fn a_judge_has_characters_read_again() {
    struct Amounts;
    impl Judge for Amounts {
        fn matters(&self, text: &str) -> Vec<Range<usize>> {
            let digits = text.chars().enumerate().filter(|(_, c)| c.is_ascii_digit());
            digits.map(|(at, _)| at..at + 1).collect()
        }
    }
    let page = reader().read(fixture("line"), &Amounts).expect("a reading");
    assert_eq!(texts(&page), [PAGE[4]]);
    assert!(page.lines[0].reread);
}

#[test]
fn no_time_is_an_error() {
    let settings = Settings { deadline: Some(Duration::ZERO), ..Settings::default() };
    let mut reader = Reader::new(settings).expect("models load");
    assert!(matches!(reader.read(fixture("page"), &()), Err(ReadingError::OutOfTime)));
}

#[test]
fn the_same_picture_gives_the_same_reading() {
    assert_eq!(read(fixture("page")), read(fixture("page")));
    assert_eq!(models_digest().len(), 64);
}
