//! Conditions: `金额:>100万`, `status:partial`.

use super::error::Fault;
use super::lex::{Kind, Token};
use super::names::{self, Property};
use super::value;
use super::{Node, fuzzy_word};
use crate::text::script::is_hanzi;

/// A condition on one property.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) enum Filter {
    /// Text in one field.
    Text { field: TextField, text: String, how: How },
    /// One of a closed list, or a rule.
    Exact(Exact, String),
    /// A number or a day between bounds.
    Range(NumberField, Range),
}

/// How the text of a condition is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum How {
    /// As words.
    Words,
    /// Quoted: these characters in this order.
    Quoted,
    /// One character may differ: `~`.
    Fuzzy,
}

/// A field that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum TextField {
    Title,
    Party,
    /// Parties that are not the government's (合同相对方).
    Counterparty,
    /// Parties of the government's side (政府合同签订主体).
    Department,
    Number,
    Type,
    Forum,
    Law,
    /// The text of the pages alone.
    Body,
    /// What the rules say, without the text.
    Finding,
    Path,
}

/// A field that holds one of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Exact {
    Rule,
    Undecided,
    Severity,
    Status,
    Stage,
    Kind,
    Currency,
}

/// A field that holds a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum NumberField {
    /// In fen.
    Amount,
    /// 20240305.
    Signed,
    /// 20240305.
    TermEnd,
}

/// Bounds, both inside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::search) struct Range {
    pub from: Option<i64>,
    pub to: Option<i64>,
}

/// Characters of a Chinese name, at most: what is longer is pasted text.
const LONGEST_NAME: usize = 8;

/// Can this stand before a colon as a name? Any word of Latin letters or a few Chinese characters can, and is
/// an error if it is no condition: taken for words it would silently find something else.
pub(super) fn is_name(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_' || is_hanzi(c);
    let short = text.is_ascii() || text.chars().count() <= LONGEST_NAME;
    !text.is_empty() && short && text.chars().all(part)
}

/// The condition that a name and the token after it make.
pub(super) fn filter(name: &Token, value: Option<&Token>) -> Result<Filter, Fault> {
    let property = property(name)?;
    // A value follows its colon at once: `金额: 物业` is a condition without a value.
    let value = value.filter(|value| value.at.start == name.at.end).ok_or_else(|| missing_value(name))?;
    let (text, quoted) = match &value.kind {
        Kind::Words(text) => (text.as_str(), false),
        Kind::Phrase(text) => (text.as_str(), true),
        _ => return Err(missing_value(name)),
    };
    property
        .filter(text, quoted)
        .map_err(|(message, suggestion)| Fault::new(value.at.clone(), message, suggestion))
}

/// Puts a condition's name before every value of a group: `标题:(物业 OR 保洁)`.
pub(super) fn over(name: &Token, group: Node) -> Result<Node, Fault> {
    let property = property(name)?;
    each(property, group).map_err(|(message, suggestion)| Fault::new(name.at.clone(), message, suggestion))
}

fn each(property: Property, node: Node) -> Result<Node, Problem> {
    let all = |nodes: Vec<Node>| {
        nodes.into_iter().map(|node| each(property, node)).collect::<Result<Vec<_>, Problem>>()
    };
    Ok(match node {
        Node::Words(text) => Node::Filter(property.filter(&text, false)?),
        Node::Phrase(text) => Node::Filter(property.filter(&text, true)?),
        Node::Fuzzy(text) => Node::Filter(property.filter(&format!("{text}~"), false)?),
        Node::All(nodes) => Node::All(all(nodes)?),
        Node::Any(nodes) => Node::Any(all(nodes)?),
        Node::Not(node) => Node::Not(Box::new(each(property, *node)?)),
        Node::Near { .. } | Node::Filter(_) => {
            return Err((
                "条件的括号里只能是词、引号和 OR、NOT".to_owned(),
                "请把其他条件写到括号外面".to_owned(),
            ));
        }
    })
}

/// Message and suggestion.
type Problem = (String, String);

fn property(name: &Token) -> Result<Property, Fault> {
    let Kind::Name(word) = &name.kind else { return Err(missing_value(name)) };
    names::find(word).ok_or_else(|| {
        Fault::new(name.at.clone(), format!("没有名为“{word}”的条件"), names::suggestion(word))
    })
}

fn missing_value(name: &Token) -> Fault {
    let suggestion =
        "请紧接冒号写出条件的值，例如 当事人:教育局、金额:>100万、签订:2023；值中有空格时请加引号";
    Fault::new(name.at.clone(), "冒号后面没有值", suggestion)
}

impl Property {
    fn filter(self, text: &str, quoted: bool) -> Result<Filter, Problem> {
        match self {
            Self::Text(field) => text_filter(field, text, quoted),
            Self::Exact(field) => match field.choices() {
                Some(list) => choose(field, list, text),
                None => Ok(Filter::Exact(field, text.to_ascii_lowercase())),
            },
            Self::Number(field @ NumberField::Amount) => {
                Ok(Filter::Range(field, value::range(text, &value::AMOUNT)?))
            }
            Self::Number(field) => Ok(Filter::Range(field, value::range(text, &value::DAY)?)),
        }
    }
}

fn text_filter(field: TextField, text: &str, quoted: bool) -> Result<Filter, Problem> {
    if !text.chars().any(char::is_alphanumeric) {
        return Err(("条件的值中没有可查的文字".to_owned(), "请写出要查找的文字，例如 标题:物业".to_owned()));
    }
    let fuzzy = fuzzy_word(text).filter(|_| !quoted);
    let how = match fuzzy {
        _ if quoted => How::Quoted,
        Some(_) => How::Fuzzy,
        None => How::Words,
    };
    Ok(Filter::Text { field, text: fuzzy.unwrap_or(text).to_owned(), how })
}

fn choose(field: Exact, list: names::Choices, text: &str) -> Result<Filter, Problem> {
    let is = |known: &str| known.eq_ignore_ascii_case(text);
    let found = list.iter().find(|(value, label)| is(value) || is(label));
    found.map(|(value, _)| Filter::Exact(field, (*value).to_owned())).ok_or_else(|| {
        let values: Vec<String> = list.iter().map(|(value, label)| format!("{label}（{value}）")).collect();
        (format!("“{text}”不是可选的值"), format!("可选：{}", values.join("、")))
    })
}

impl TextField {
    /// As a person reads it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Title => "标题",
            Self::Party => "当事人",
            Self::Counterparty => "相对方",
            Self::Department => "部门（政府一方）",
            Self::Number => "编号",
            Self::Type => "合同类型",
            Self::Forum => "争议解决机构",
            Self::Law => "适用法律",
            Self::Body => "正文",
            Self::Finding => "审查发现",
            Self::Path => "路径",
        }
    }
}

impl Exact {
    /// A value as a person reads it.
    pub(super) fn describe(self, value: &str) -> String {
        let label = self.choices().unwrap_or_default().iter().find(|(known, _)| *known == value);
        let label = label.map_or(value, |(_, label)| label);
        match self {
            Self::Rule => format!("命中规则 {value}"),
            Self::Undecided => format!("规则 {value} 无法判断"),
            Self::Severity => format!("发现的级别为“{label}”"),
            Self::Status => format!("状态为“{label}”"),
            Self::Stage => format!("阶段为“{label}”"),
            Self::Kind => format!("类别为“{label}”"),
            Self::Currency => format!("币种为“{label}”"),
        }
    }
}
