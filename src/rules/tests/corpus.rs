//! The written contracts of `corpus/golden` that are for tuning: what the rules say of each, against the truth.
//!
//! `HETONG_GOLDEN` names another folder. The contracts set apart for measuring are never read here.

use std::path::PathBuf;

use hetong_corpus::golden::Golden;
use hetong_corpus::source::Block as Written;
use serde_json::Value as Json;

use crate::fields::Extracted;
use crate::model::fields::{Money, MoneyKind, Sum, Tax, Term};
use crate::model::record::Stage;
use crate::model::{Block, Cell, Document, Finding, MediaType, Outcome};

use super::{Bench, given};

fn folder() -> PathBuf {
    std::env::var_os("HETONG_GOLDEN")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus/golden"))
}

pub(super) fn golden() -> Vec<Golden> {
    let all = Golden::load_all(&folder()).unwrap_or_default();
    all.into_iter().filter(|golden| golden.truth["split"] == "tune").collect()
}

/// The source as a reader of Word files would give it.
fn document(golden: &Golden) -> Document {
    let mut document = Document::empty(MediaType::Docx);
    let source = golden.document().expect("the source is well-formed");
    for (number, written) in (0_u32..).zip(&source.blocks) {
        let paragraph = |text: &str| Block::paragraph(number, text);
        match written {
            Written::Title(text) => {
                document.blocks.push(Block {
                    centred: true,
                    size: 22.0,
                    heading: Some(0),
                    ..paragraph(text)
                });
            }
            Written::Heading(text) => document.blocks.push(Block { centred: true, ..paragraph(text) }),
            Written::Paragraph(text) => document.blocks.push(paragraph(text)),
            Written::Columns(left, right) => document.blocks.push(paragraph(&format!("{left}\t{right}"))),
            Written::PageBreak => {}
            Written::Table(table) => {
                for (row, cells) in (0_u32..).zip(&table.rows) {
                    for (column, text) in (0_u32..).zip(cells) {
                        let cell = Some(Cell { row, column });
                        document.blocks.push(Block { cell, ..paragraph(text) });
                    }
                }
            }
        }
    }
    document
}

/// The true fields in place of the extracted ones.
fn put_truth(truth: &Json, extracted: &mut Extracted) {
    let fields = &truth["fields"];
    let text = |value: &Json| value.as_str().map(str::to_owned);
    let date = |value: &Json| value.as_str().and_then(|date| date.parse().ok());
    // The truth does not say why a value is absent: of what it has none of, the reading's reason stands.
    let kept = |field: &str| field.starts_with("parties") || field == "amount" && fields["amount"].is_null();
    extracted.absent.retain(|absent| kept(&absent.field));
    extracted.stage = if truth["stage"] == "draft" { Stage::Draft } else { Stage::Signed };
    extracted.fields.title = text(&fields["title"]).map(given);
    extracted.fields.sign_date = date(&fields["sign_date"]).map(given);
    extracted.fields.term = fields["term"].as_object().map(|term| {
        given(Term {
            start: date(&term["start"]),
            end: date(&term["end"]),
            duration: term["duration"].as_str().and_then(|period| period.parse().ok()),
            text: String::new(),
        })
    });
    extracted.fields.amount = fields["amount"].as_object().map(|money| {
        given(Money {
            amount: money["amount"].as_str().and_then(|amount| amount.parse().ok()),
            currency: "CNY".to_owned(),
            kind: MoneyKind::Total,
            per: None,
            tax: Tax::Unknown,
        })
    });
}

/// What the rules found: slug, and whether they could tell.
fn findings(bench: &Bench, golden: &Golden, true_fields: bool) -> Vec<Finding> {
    let text = bench.stages.compose(&document(golden));
    let review = bench.review(&text, |extracted| {
        if true_fields {
            put_truth(&golden.truth, extracted);
            let words =
                golden.truth["fields"]["amount_in_words"].as_str().zip(extracted.fields.amount.as_ref());
            // The sum that the words stand for is not in the truth: a mismatch is told by the rule list.
            let off = golden.truth["rules"]["hit"].to_string().contains("amount-words");
            extracted.fields.amount_in_words = words
                .map(|(words, amount)| Sum {
                    amount: amount
                        .value
                        .amount
                        .map(|sum| if off { sum + rust_decimal::Decimal::ONE } else { sum }),
                    currency: words.chars().take(0).chain("CNY".chars()).collect(),
                })
                .map(given);
        }
    });
    review.findings
}

fn slugs(list: &Json) -> Vec<String> {
    let mut slugs: Vec<_> =
        list.as_array().into_iter().flatten().filter_map(|s| Some(s.as_str()?.to_owned())).collect();
    slugs.sort();
    slugs
}

fn wrong(true_fields: bool) -> Vec<String> {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    let all = golden();
    assert!(!all.is_empty(), "no contract for tuning in {}", folder().display());
    for golden in all {
        let findings = findings(&bench, &golden, true_fields);
        for (key, outcome) in [("hit", Outcome::Hit), ("cannot_tell", Outcome::CannotTell)] {
            let mut found: Vec<_> =
                findings.iter().filter(|f| f.outcome == outcome).map(|f| f.rule.clone()).collect();
            found.sort();
            found.dedup();
            let wanted = slugs(&golden.truth["rules"][key]);
            if found != wanted {
                wrong.push(format!("{} {key}: {found:?}, not {wanted:?}", golden.slug));
            }
        }
        if std::env::var_os("HETONG_SHOW").is_some() {
            for finding in &findings {
                println!(
                    "{}\n  【{}】{}\n  {}",
                    golden.slug,
                    finding.severity.label(),
                    finding.message,
                    finding.why
                );
            }
        }
    }
    wrong
}

#[test]
fn the_rules_are_right_on_true_fields() {
    let wrong = wrong(true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rules_are_right_on_extracted_fields() {
    let wrong = wrong(false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
