//! A question in Chinese, so that a person sees how it was read.

use super::{Filter, How, Node, NumberField, Range, record_id};

/// The question as it was understood.
pub(super) fn describe(node: &Node) -> String {
    match node {
        Node::Words(text) | Node::Phrase(text) if record_id(text).is_some() => {
            format!("含“{text}”或记录编号以它开头")
        }
        Node::Words(text) => format!("含“{text}”"),
        Node::Phrase(text) => format!("逐字含“{text}”"),
        Node::Near { parts, slop } => format!("“{}”相隔不超过 {slop} 字", parts.join("”“")),
        Node::Fuzzy(text) => format!("近似“{text}”（至多差一字）"),
        Node::Filter(filter) => condition(filter),
        Node::All(nodes) => joined(nodes, "，且"),
        Node::Any(nodes) => joined(nodes, "，或"),
        Node::Not(node) => match node.as_ref() {
            Node::Words(text) | Node::Phrase(text) => format!("不含“{text}”"),
            node => format!("排除（{}）", describe(node)),
        },
    }
}

fn joined(nodes: &[Node], with: &str) -> String {
    let part = |node: &Node| match node {
        Node::All(_) | Node::Any(_) => format!("（{}）", describe(node)),
        node => describe(node),
    };
    nodes.iter().map(part).collect::<Vec<_>>().join(with)
}

fn condition(filter: &Filter) -> String {
    match filter {
        Filter::Text { field, text, how } => {
            let how = match how {
                How::Words => "含",
                How::Quoted => "逐字含",
                How::Fuzzy => "近似",
            };
            format!("{}{how}“{text}”", field.label())
        }
        Filter::Exact(field, value) => field.describe(value),
        Filter::Range(field, range) => bounds(*field, *range),
    }
}

fn bounds(field: NumberField, Range { from, to }: Range) -> String {
    let (name, show): (_, fn(i64) -> String) = match field {
        NumberField::Amount => ("金额（元）", yuan),
        NumberField::Signed => ("签订日期", date),
        NumberField::TermEnd => ("到期日", date),
    };
    match (from, to) {
        (Some(from), Some(to)) if from == to => format!("{name} = {}", show(from)),
        (Some(from), Some(to)) => format!("{name}在 {} 至 {} 之间", show(from), show(to)),
        (Some(from), None) => format!("{name} ≥ {}", show(from)),
        (None, Some(to)) => format!("{name} ≤ {}", show(to)),
        (None, None) => format!("{name}已知"),
    }
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn date(number: i64) -> String {
    format!("{}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100)
}
