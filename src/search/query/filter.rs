//! Conditions: `金额:>100万`, `status:partial`.

use super::error::Fault;
use super::lex::{Kind, Token};
use super::value;
use crate::text::script::is_hanzi;

/// A condition on one property.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) enum Filter {
    /// Text in one field; quoted, these characters in this order.
    Text { field: TextField, text: String, quoted: bool },
    /// One of a closed list, or a rule.
    Exact(Exact, String),
    /// A number or a day between bounds.
    Range(NumberField, Range),
}

/// A field that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum TextField {
    Title,
    Party,
    Number,
    Path,
}

/// A field that holds one of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Exact {
    Rule,
    Undecided,
    Severity,
    Status,
    Kind,
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

#[derive(Debug, Clone, Copy)]
enum Property {
    Text(TextField),
    Exact(Exact),
    Number(NumberField),
}

struct Names {
    property: Property,
    names: &'static [&'static str],
}

/// All conditions, each with its names: the English one, then Chinese ones.
const CONDITIONS: &[Names] = &[
    Names {
        property: Property::Text(TextField::Title), names: &["title", "标题", "合同名称", "名称"]
    },
    Names { property: Property::Text(TextField::Party), names: &["party", "当事人"] },
    Names { property: Property::Text(TextField::Number), names: &["number", "编号", "合同编号"] },
    Names { property: Property::Text(TextField::Path), names: &["path", "路径"] },
    Names { property: Property::Exact(Exact::Rule), names: &["rule", "规则"] },
    Names { property: Property::Exact(Exact::Undecided), names: &["undecided", "待核"] },
    Names { property: Property::Exact(Exact::Severity), names: &["severity", "级别"] },
    Names { property: Property::Exact(Exact::Status), names: &["status", "状态"] },
    Names { property: Property::Exact(Exact::Kind), names: &["kind", "类别"] },
    Names { property: Property::Number(NumberField::Amount), names: &["amount", "金额"] },
    Names { property: Property::Number(NumberField::Signed), names: &["signed", "签订", "签订日期"] },
    Names { property: Property::Number(NumberField::TermEnd), names: &["term-end", "到期", "到期日"] },
];

const ALL_NAMES: &str = "可用的条件：标题: 当事人: 编号: 路径: 规则: 待核: 级别: 状态: 类别: 金额: 签订: 到期:\
    （或 title: party: number: path: rule: undecided: severity: status: kind: amount: signed: term-end:）";

/// Values of the closed lists, with what people call them.
const SEVERITIES: &[(&str, &str)] =
    &[("violation", "违规"), ("risk", "风险"), ("notice", "提示"), ("classification", "归类")];
const STATUSES: &[(&str, &str)] =
    &[("complete", "完整"), ("partial", "部分"), ("failed", "失败"), ("skipped", "跳过")];
const KINDS: &[(&str, &str)] =
    &[("contract", "合同"), ("supplement", "补充协议"), ("not-a-contract", "非合同")];

/// What people take for conditions, with the condition that comes nearest.
const NEAREST: &[(&[&str], &str)] = &[
    (&["类型", "合同类型", "种类", "type"], "按合同或补充协议分用 类别:，按名称用 标题:服务"),
    (&["期限", "合同期限", "有效期", "term"], "合同期限不能作条件；按届满之日用 到期:2025"),
    (&["部门", "科室", "department"], "归档部门不能作条件；可用 当事人:教育局 或 路径:教育局"),
    (&["甲方", "乙方", "丙方", "供应商", "采购人", "承包人"], "不分甲乙方，用 当事人:名称"),
    (&["日期", "签署日期", "时间", "date"], "用 签订:2023 或 到期:2025"),
    (&["价款", "总价", "价格", "合同金额", "price"], "用 金额:>100万"),
];

/// Characters of a Chinese name, at most: what is longer is pasted text.
const LONGEST_NAME: usize = 8;

/// Can this stand before a colon as a name? Any word of Latin letters or a few Chinese characters can, and is
/// an error if it is no condition: taken for words it would silently find something else.
pub(super) fn is_name(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_' || is_hanzi(c);
    let short = text.is_ascii() || text.chars().count() <= LONGEST_NAME;
    !text.is_empty() && short && text.chars().all(part)
}

fn find(name: &str) -> Option<Property> {
    let name = name.to_ascii_lowercase().replace('_', "-");
    Some(CONDITIONS.iter().find(|condition| condition.names.contains(&name.as_str()))?.property)
}

/// The condition that a name and the token after it make.
pub(super) fn filter(name: &Token, value: Option<&Token>) -> Result<Filter, Fault> {
    let Kind::Name(word) = &name.kind else { return Err(missing_value(name)) };
    let property = find(word).ok_or_else(|| {
        let nearest = nearest(word).map(|nearest| format!("{nearest}。")).unwrap_or_default();
        let suggestion = format!("{nearest}{ALL_NAMES}；如要查找这几个字本身，请加引号");
        Fault::new(name.at.clone(), format!("没有名为“{word}”的条件"), suggestion)
    })?;
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

fn nearest(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    NEAREST.iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, nearest)| *nearest)
}

fn missing_value(name: &Token) -> Fault {
    let suggestion =
        "请紧接冒号写出条件的值，例如 当事人:教育局、金额:>100万、签订:2023；值中有空格时请加引号";
    Fault::new(name.at.clone(), "冒号后面没有值", suggestion)
}

impl Property {
    fn filter(self, text: &str, quoted: bool) -> Result<Filter, (String, String)> {
        match self {
            Self::Text(field) => text_filter(field, text, quoted),
            Self::Exact(Exact::Severity) => choose(Exact::Severity, SEVERITIES, text),
            Self::Exact(Exact::Status) => choose(Exact::Status, STATUSES, text),
            Self::Exact(Exact::Kind) => choose(Exact::Kind, KINDS, text),
            Self::Exact(rule) => Ok(Filter::Exact(rule, text.to_ascii_lowercase())),
            Self::Number(field @ NumberField::Amount) => {
                Ok(Filter::Range(field, value::range(text, &value::AMOUNT)?))
            }
            Self::Number(field) => Ok(Filter::Range(field, value::range(text, &value::DAY)?)),
        }
    }
}

fn text_filter(field: TextField, text: &str, quoted: bool) -> Result<Filter, (String, String)> {
    if !text.chars().any(char::is_alphanumeric) {
        return Err(("条件的值中没有可查的文字".to_owned(), "请写出要查找的文字，例如 标题:物业".to_owned()));
    }
    Ok(Filter::Text { field, text: text.to_owned(), quoted })
}

fn choose(field: Exact, list: &[(&str, &str)], text: &str) -> Result<Filter, (String, String)> {
    let wanted = text.to_ascii_lowercase();
    let found = list.iter().find(|(value, label)| *value == wanted || *label == wanted);
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
            Self::Number => "编号",
            Self::Path => "路径",
        }
    }
}

impl Exact {
    /// A value as a person reads it.
    pub(super) fn describe(self, value: &str) -> String {
        let labelled = |name: &str, list: &[(&str, &str)]| {
            let label = list.iter().find(|(known, _)| *known == value).map_or(value, |(_, label)| label);
            format!("{name}为“{label}”")
        };
        match self {
            Self::Rule => format!("命中规则 {value}"),
            Self::Undecided => format!("规则 {value} 无法判断"),
            Self::Severity => labelled("发现的级别", SEVERITIES),
            Self::Status => labelled("状态", STATUSES),
            Self::Kind => labelled("类别", KINDS),
        }
    }
}
