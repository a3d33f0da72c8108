//! The conditions by name, and the values that people choose from.

use super::filter::{Exact, NumberField, TextField};

/// What a condition asks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Property {
    Text(TextField),
    Exact(Exact),
    Number(NumberField),
}

struct Names {
    property: Property,
    names: &'static [&'static str],
}

const fn text(field: TextField, names: &'static [&'static str]) -> Names {
    Names { property: Property::Text(field), names }
}

const fn exact(field: Exact, names: &'static [&'static str]) -> Names {
    Names { property: Property::Exact(field), names }
}

const fn number(field: NumberField, names: &'static [&'static str]) -> Names {
    Names { property: Property::Number(field), names }
}

/// All conditions, each with its names: the English one, then Chinese ones.
const CONDITIONS: &[Names] = &[
    text(TextField::Title, &["title", "标题", "合同名称", "名称"]),
    text(TextField::Party, &["party", "当事人"]),
    text(TextField::Counterparty, &["counterparty", "相对方"]),
    text(TextField::Department, &["dept", "部门", "department", "科室", "承办部门"]),
    text(TextField::Number, &["number", "编号", "合同编号"]),
    text(TextField::Type, &["type", "类型", "合同类型", "种类"]),
    text(TextField::Forum, &["forum", "管辖", "争议解决", "仲裁机构"]),
    text(TextField::Law, &["law", "法律", "适用法律"]),
    text(TextField::Body, &["text", "正文", "全文"]),
    text(TextField::Finding, &["finding", "发现", "findings"]),
    text(TextField::Path, &["path", "路径"]),
    exact(Exact::Rule, &["rule", "规则"]),
    exact(Exact::Undecided, &["undecided", "待核"]),
    exact(Exact::Severity, &["severity", "级别"]),
    exact(Exact::Status, &["status", "状态"]),
    exact(Exact::Stage, &["stage", "阶段"]),
    exact(Exact::Kind, &["kind", "类别"]),
    exact(Exact::Currency, &["currency", "币种"]),
    number(NumberField::Amount, &["amount", "金额"]),
    number(NumberField::Signed, &["signed", "签订", "签订日期"]),
    number(NumberField::TermEnd, &["term-end", "到期", "到期日"]),
];

/// Values of the closed lists, with what people call them.
pub(super) type Choices = &'static [(&'static str, &'static str)];

const SEVERITIES: Choices =
    &[("violation", "违规"), ("risk", "风险"), ("notice", "提示"), ("classification", "归类")];
const STATUSES: Choices =
    &[("complete", "完整"), ("partial", "部分"), ("failed", "失败"), ("skipped", "跳过")];
const STAGES: Choices = &[("draft", "草稿"), ("signed", "已签"), ("unknown", "不明")];
const KINDS: Choices = &[("contract", "合同"), ("supplement", "补充协议"), ("not-a-contract", "非合同")];
const CURRENCIES: Choices = &[
    ("CNY", "人民币"),
    ("HKD", "港币"),
    ("MOP", "澳门元"),
    ("TWD", "新台币"),
    ("USD", "美元"),
    ("EUR", "欧元"),
    ("JPY", "日元"),
    ("GBP", "英镑"),
    ("SGD", "新加坡元"),
];

impl Exact {
    /// The values to choose from; none for rules, whose list is that of the packs.
    pub(super) fn choices(self) -> Option<Choices> {
        match self {
            Self::Rule | Self::Undecided => None,
            Self::Severity => Some(SEVERITIES),
            Self::Status => Some(STATUSES),
            Self::Stage => Some(STAGES),
            Self::Kind => Some(KINDS),
            Self::Currency => Some(CURRENCIES),
        }
    }
}

/// What people take for conditions, with the condition that comes nearest.
const NEAREST: &[(&[&str], &str)] = &[
    (&["期限", "合同期限", "有效期", "term"], "合同期限不能作条件；按届满之日用 到期:2025"),
    (
        &["甲方", "乙方", "丙方", "供应商", "采购人", "承包人"],
        "不分甲乙方，用 当事人:名称；只查政府一方用 部门:，只查对方用 相对方:",
    ),
    (&["日期", "签署日期", "时间", "date"], "用 签订:2023 或 到期:2025"),
    (&["价款", "总价", "价格", "合同金额", "price"], "用 金额:>100万"),
    (&["法院", "仲裁", "court"], "用 管辖:深圳国际仲裁院"),
    (&["问题", "风险", "违规"], "用 发现:管辖 查发现的文字，或 级别:违规、规则:dual-forum"),
];

/// The condition of a name.
pub(super) fn find(name: &str) -> Option<Property> {
    let name = name.to_ascii_lowercase().replace('_', "-");
    Some(CONDITIONS.iter().find(|condition| condition.names.contains(&name.as_str()))?.property)
}

/// Is it the name of a number or a day, which may be compared without a colon?
pub(super) fn is_compared(name: &str) -> bool {
    matches!(find(name), Some(Property::Number(_)))
}

/// What to write in place of a name that is no condition: what comes nearest, and all that there are.
pub(super) fn suggestion(word: &str) -> String {
    let nearest = nearest(word).map(|nearest| format!("{nearest}。")).unwrap_or_default();
    let all = |which: usize| -> String {
        CONDITIONS.iter().filter_map(|c| c.names.get(which)).map(|name| format!(" {name}:")).collect()
    };
    format!("{nearest}可用的条件：{}（或{}）；如要查找这几个字本身，请加引号", all(1).trim_start(), all(0))
}

/// The nearest by meaning, else a name that differs in one letter or has the word in it.
fn nearest(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    let meant = NEAREST.iter().find(|(words, _)| words.contains(&word.as_str()));
    meant.map(|(_, nearest)| (*nearest).to_owned()).or_else(|| {
        let mut names = CONDITIONS.iter().flat_map(|condition| condition.names);
        names.find(|name| super::is_near(&word, name)).map(|name| format!("是否要写 {name}:"))
    })
}
