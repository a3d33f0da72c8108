//! `option-unselected`: a printed choice that nobody made.
//!
//! # What it does
//!
//! Finds lists of boxes without a tick, and 第__种 that was left open, and names them.
//!
//! # Why it matters
//!
//! None of the printed options was agreed; each side will read the one that suits it.
//!
//! # What must not be flagged
//!
//! Lists with a tick; the dispute clause, which has its own rule; forms that are attached to be filled in later; boxes that are
//! only bullets; pages read off an image, where a tick by hand may have been overlooked.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::{sentence_around, sure};
use super::Computed;
use crate::fields::scan::pattern;
use crate::model::Region;
use crate::model::text::Paragraph;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "option-unselected", variants: &[("open", &["count", "places"])], compile };

/// How many places the message names.
const NAMED: usize = 3;

static EMPTY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[□☐](?:\s*[√✓✔])?|(?:^|[:：\s])[○◯](?:\s|\p{Han})"));
/// （　）公路（　）铁路: brackets to tick, in the same line.
static BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[(\[][\s_]*[)\]]\s?[\p{Han}--元万份日天年月个台套件名次平]{1,12}"));
/// 由甲方/乙方（任选其一）承担: one of two words to strike out.
static STRIKE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[^。;,\n:/]{1,12}\s*/\s*[^。;,\n:/]{1,12}\((?:任选其一|任选一项|[二两]者?(?:任)?选一|选择其一|择一)\)",
    )
});
static TICKED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[☑☒■▣√✓✔●◉]|\[[xXvV]\]"));
/// 第__种方式, 第（ ）项.
static SELECTOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"第(?:_+|[(\[【][_\s]*[)\]】]|\s{2,})(?:种|项)(?:方式|办法|方案|标准|约定|情形)?|(?:选|选择|选用|选填)\s?_{2,}\s?(?:[(:]|项|种|方式)",
    )
});

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Words by which a list asks for a choice.
    asks: Vec<String>,
    /// Words of the dispute clause.
    dispute: Vec<String>,
    /// Headings of attached forms.
    form: Vec<String>,
}

#[derive(Debug)]
struct OptionUnselected {
    asks: Regex,
    dispute: Regex,
    form: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(OptionUnselected {
        asks: lexicon.compile(&settings.asks)?.ok_or("with.asks 为空")?,
        dispute: lexicon.compile(&settings.dispute)?.ok_or("with.dispute 为空")?,
        form: lexicon.compile(&settings.form)?.ok_or("with.form 为空")?,
    }))
}

/// Paragraphs that print one list of boxes.
#[derive(Debug, Default)]
struct List {
    range: Range<usize>,
    boxes: usize,
    lines: usize,
    ticked: bool,
    asked: bool,
}

impl List {
    fn add(&mut self, line: &str, range: Range<usize>, asked: bool) {
        if self.lines == 0 {
            self.range = range.clone();
            self.asked = asked;
        }
        self.range.end = range.end;
        self.lines += 1;
        self.boxes += BRACKETS.find_iter(line).count();
        self.boxes += EMPTY.find_iter(line).filter(|found| !TICKED.is_match(found.as_str())).count();
        self.ticked |= TICKED.is_match(line);
    }

    /// Boxes on lines of their own may be bullets, unless the text asks for a choice.
    fn is_open(&self) -> bool {
        !self.ticked && self.boxes > 1 && (self.lines == 1 || self.asked)
    }
}

impl OptionUnselected {
    /// The stretches of the body with an open choice.
    fn open(&self, contract: &Contract<'_>) -> Vec<Range<usize>> {
        let text = contract.text;
        let mut found = Vec::new();
        let mut list = List::default();
        let mut before = "";
        for paragraph in text.paragraphs.iter().filter(|paragraph| paragraph.region == Region::Body) {
            let line = text.folded_paragraph(paragraph);
            if self.form.is_match(line) {
                break;
            }
            if EMPTY.is_match(line)
                || BRACKETS.find_iter(line).count() > 1
                || !list.range.is_empty() && TICKED.is_match(line)
            {
                list.add(
                    line,
                    paragraph.shadow.clone(),
                    self.asks.is_match(before) || self.asks.is_match(line),
                );
            } else {
                found.extend(self.closed(contract, std::mem::take(&mut list)));
            }
            found.extend(self.selectors(contract, paragraph, line));
            before = line;
        }
        found.extend(self.closed(contract, list));
        found
    }

    fn closed(&self, contract: &Contract<'_>, list: List) -> Option<Range<usize>> {
        (list.is_open() && !self.is_dispute(contract, &list.range)).then_some(list.range)
    }

    fn selectors(&self, contract: &Contract<'_>, paragraph: &Paragraph, line: &str) -> Vec<Range<usize>> {
        let base = paragraph.shadow.start;
        let all = SELECTOR
            .find_iter(line)
            .chain(STRIKE.find_iter(line))
            .map(|found| base + found.start()..base + found.end());
        let body = contract.text.folded_body();
        all.filter(|range| !self.is_dispute(contract, range))
            .map(|range| sentence_around(body, range))
            .collect()
    }

    /// Does the stretch stand in the clause on disputes?
    fn is_dispute(&self, contract: &Contract<'_>, range: &Range<usize>) -> bool {
        let body = contract.text.folded_body();
        let clause = contract.text.article_at(range.start);
        let heading = clause.and_then(|clause| clause.heading.as_deref()).unwrap_or_default();
        let around = body.get(sentence_around(body, range.clone())).unwrap_or_default();
        self.dispute.is_match(heading) || self.dispute.is_match(around)
    }
}

impl Check for OptionUnselected {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let open = self.open(contract);
        if open.is_empty() {
            return Verdict::NothingFound;
        }
        let read_off = open.iter().any(|range| sure::is_read_off(contract.text, range.clone()));
        let spans: Vec<_> = open.into_iter().map(|range| contract.text.span_of_shadow(range)).collect();
        if read_off {
            return Verdict::cannot_tell("选项所在页系图像识别，手工勾选可能未能辨认", spans);
        }
        let mut places: Vec<String> = spans
            .iter()
            .take(NAMED)
            .map(|span| format!("“{}”", span.quote.replace(['\n', '\t'], " ")))
            .collect();
        if spans.len() > NAMED {
            places.push("等".to_owned());
        }
        let count = spans.len();
        Verdict::hit(Sighting::new("open", spans).with("count", count).with("places", places.join("、")))
    }
}
