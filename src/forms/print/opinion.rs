//! The heads of a legality review: above, what the machine found; below, apart, where the lawyer writes.

use super::super::form::Head;
use crate::model::{Finding, Outcome};
use crate::office::document::{Cell, Document, Paragraph, Row, Shade, Style, Table, Tone};

/// Who speaks, and what they say: millimetres.
const COLUMNS: [u32; 2] = [24, 146];

/// Room for the lawyer, in millimetres.
const OPINION: u32 = 16;

pub(super) fn write(document: &mut Document, heads: &[Head]) {
    document.say(Style::Heading, "审查内容");
    let note =
        "“系统初审”由程序按审查规则列出，只依据送审文本，不是法律意见；“审查意见”由审查人员作出并负责。";
    document.say(Style::Small, note);
    let mut table = Table::new(&COLUMNS);
    for (number, head) in (1..).zip(heads) {
        table.add(Row::new([Cell::heading(&title(number, head)).over(2)]));
        table.add(Row::new([Cell::heading("系统初审"), Cell::new(machine(head))]).at_least(8));
        table.add(Row::new([Cell::label("审查意见"), lawyer(head)]).at_least(OPINION));
    }
    document.table(table);
}

fn title(number: usize, head: &Head) -> String {
    let basis = head.basis.as_ref().map_or_else(String::new, |basis| format!("（{basis}）"));
    format!("{number}. {}{basis}", head.heading)
}

/// Every finding with its suggestion and place; how many rules found nothing; what the machine cannot see.
fn machine(head: &Head) -> Vec<Paragraph> {
    let mut said: Vec<Paragraph> = head.findings.iter().flat_map(finding).collect();
    if head.findings.is_empty() {
        let passed = head.passed.len();
        let text = match passed {
            0 => "本项没有可由程序核对的规则，或规则不适用。".to_owned(),
            passed => format!("已核对{passed}条规则，未见问题。"),
        };
        said.push(Paragraph::new(Style::Cell).saying(&text));
    } else if !head.passed.is_empty() {
        let text = format!("另有{}条规则未见问题。", head.passed.len());
        said.push(Paragraph::new(Style::Small).saying(&text));
    }
    said
}

fn finding(finding: &Finding) -> Vec<Paragraph> {
    let doubt = if finding.outcome == Outcome::CannotTell { "·待核" } else { "" };
    let mark = format!("【{}{doubt}】", finding.severity.label());
    // The messages of some rules begin with their own mark.
    let message = finding.message.strip_prefix(&mark).unwrap_or(&finding.message);
    let mut said = vec![Paragraph::new(Style::Cell).with(&mark, Tone::Strong).saying(message)];
    let suggestion = Some(&finding.suggestion).filter(|text| !text.is_empty());
    said.extend(suggestion.map(|text| Paragraph::new(Style::Cell).with("建议：", Tone::Strong).saying(text)));
    let quotes = finding.evidence.first().map(|span| span.quote.as_str()).filter(|quote| !quote.is_empty());
    said.extend(quotes.map(|quote| {
        let place = super::super::form::place(finding.evidence.first()).unwrap_or_default();
        Paragraph::new(Style::Small).saying(&format!("原文{place}：{}", super::worklist::shortened(quote)))
    }));
    said
}

/// A cell of another ground: boxes to tick, what to find out, room to write.
fn lawyer(head: &Head) -> Cell {
    let boxes = "□ 符合　　□ 不符合　　□ 不涉及　　□ 须补充材料";
    let mut said = vec![Paragraph::new(Style::Cell).saying(boxes)];
    said.extend(
        head.person.as_ref().map(|person| Paragraph::new(Style::Small).saying(&format!("须查明：{person}"))),
    );
    said.push(Paragraph::new(Style::Cell).saying(head.opinion.as_deref().unwrap_or_default()));
    Cell::new(said).shaded(Shade::Slot)
}
