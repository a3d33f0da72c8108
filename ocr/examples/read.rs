//! Reads pictures and prints a line of JSON for each: its text lines with corners and confidences.
//!
//! ```sh
//! cargo run --release -p hetong-ocr --example read -- [--strong] [--digits] [--repeat N] FILE…
//! ```
//!
//! `--digits` plays a judge to whom everything with figures matters. What the models did goes to standard error.

use std::ops::Range;
use std::time::Instant;

use hetong_ocr::{Judge, PageReading, Picture, Reader, Settings};

/// Figures, and the capital numerals of amounts.
struct Figures;

impl Judge for Figures {
    fn matters(&self, text: &str) -> Vec<Range<usize>> {
        let figure = |c: char| c.is_ascii_alphanumeric() || "零壹贰叁肆伍陆柒捌玖拾佰仟万亿￥¥".contains(c);
        let places = text.chars().enumerate().filter(|&(_, c)| figure(c));
        places.map(|(index, _)| index..index + 1).collect()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut settings = Settings::default();
    let mut judge: &dyn Judge = &();
    let mut repeat = 1;
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--strong" => settings.strong = true,
            "--digits" => judge = &Figures,
            "--repeat" => repeat = arguments.next().ok_or("--repeat N")?.parse()?,
            _ => files.push(argument),
        }
    }
    let mut reader = Reader::new(settings)?;
    for file in &files {
        let pixels = image::open(file)?.to_rgb8();
        let picture =
            Picture::from_rgb(pixels.width() as usize, pixels.height() as usize, pixels.into_raw())?;
        for _ in 1..repeat {
            reader.read(picture.clone(), judge)?;
        }
        let (before, begin) = (reader.columns(), Instant::now());
        let page = reader.read(picture, judge)?;
        let after = reader.columns();
        let (fast, strong) = (after[0] - before[0], after[1] - before[1]);
        println!("{}", json(file, &page, begin.elapsed().as_secs_f32(), [fast, strong]));
    }
    let [fast, strong] = reader.columns();
    eprintln!("{} | {} pages | columns {fast}, again {strong}", reader.runtime(), files.len());
    Ok(())
}

/// One line of JSON; texts are quoted as Rust does, which JSON reads for what stands on paper.
fn json(file: &str, page: &PageReading, seconds: f32, columns: [u64; 2]) -> String {
    let lines: Vec<String> = page.lines.iter().map(line_json).collect();
    format!(
        "{{\"file\":{file:?},\"turn\":{},\"skew\":{:.2},\"seconds\":{seconds:.3},\"columns\":{columns:?},\
         \"doubts\":\"{:?}\",\"lines\":[{}],\"seals\":[{}],\"ink\":{:?},\"rulings\":{:?}}}",
        page.turn.degrees(),
        page.skew,
        page.doubts,
        lines.join(","),
        page.seals.iter().map(seal_json).collect::<Vec<_>>().join(","),
        page.ink.iter().map(|ink| ink.bounds).collect::<Vec<_>>(),
        page.rulings.iter().map(|rule| [rule.from.x, rule.from.y, rule.to.x, rule.to.y]).collect::<Vec<_>>(),
    )
}

fn seal_json(seal: &hetong_ocr::SealMark) -> String {
    format!(
        "{{\"bounds\":{:?},\"shape\":\"{:?}\",\"straddles_edge\":{},\"text\":{:?},\"purpose\":{:?},\"confidence\":{:.3}}}",
        seal.bounds, seal.shape, seal.straddles_edge, seal.text, seal.purpose, seal.confidence
    )
}

fn line_json(line: &hetong_ocr::TextLine) -> String {
    let corners: Vec<String> = line.quad.iter().map(|p| format!("[{:.1},{:.1}]", p.x, p.y)).collect();
    let sure: Vec<String> = line.characters.iter().map(|c| format!("{:.3}", c.confidence)).collect();
    let text = line.text().replace('\\', "\\\\").replace('"', "\\\"");
    format!(
        "{{\"text\":\"{text}\",\"quad\":[{}],\"confidence\":{:.3},\"reread\":{},\"red\":{},\"sure\":[{}]}}",
        corners.join(","),
        line.confidence,
        line.reread,
        line.red,
        sure.join(",")
    )
}
