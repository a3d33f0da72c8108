//! The fields that a person can decide on, and what is wrong with what they wrote.

use super::FieldKind;

/// A field by the pattern of its path, `[]` standing for a number in a list.
pub(super) struct Field {
    pub pattern: &'static str,
    /// As a person reads it.
    pub label: &'static str,
    pub kind: FieldKind,
}

const fn field(pattern: &'static str, label: &'static str, kind: FieldKind) -> Field {
    Field { pattern, label, kind }
}

/// Every field of a record, in the order of the record.
pub(super) const FIELDS: &[Field] = &[
    field("kind", "文件性质", FieldKind::RecordKind),
    field("stage", "签署状态", FieldKind::RecordStage),
    field("title", "合同名称", FieldKind::Text),
    field("contract_number", "合同编号", FieldKind::Text),
    field("contract_type", "合同类型", FieldKind::ContractType),
    field("parties[].role", "当事人称谓", FieldKind::Role),
    field("parties[].side", "当事人立场", FieldKind::Side),
    field("parties[].kind", "当事人性质", FieldKind::PartyKind),
    field("parties[].name", "当事人名称", FieldKind::Text),
    field("parties[].uscc", "统一社会信用代码", FieldKind::Uscc),
    field("parties[].id_number", "身份证号", FieldKind::IdNumber),
    field("parties[].legal_representative", "法定代表人", FieldKind::Text),
    field("parties[].address", "地址", FieldKind::Text),
    field("parties[].contact", "联系人", FieldKind::Text),
    field("parties[].phone", "联系电话", FieldKind::Text),
    field("parties[].bank", "开户银行", FieldKind::Text),
    field("parties[].account", "银行账号", FieldKind::Text),
    field("amount", "合同价款", FieldKind::Money),
    field("amount_in_words", "大写金额", FieldKind::Sum),
    field("direction", "收支方向", FieldKind::Direction),
    field("payments[]", "支付", FieldKind::Payment),
    field("term", "合同期限", FieldKind::Term),
    field("sign_date", "签订日期", FieldKind::Date),
    field("sign_place", "签订地点", FieldKind::Text),
    field("effective", "生效条件", FieldKind::Effective),
    field("subject", "标的", FieldKind::Text),
    field("quantity[]", "数量", FieldKind::Quantity),
    field("quality", "质量", FieldKind::Quality),
    field("dispute", "争议解决", FieldKind::Dispute),
    field("governing_law", "适用法律", FieldKind::GoverningLaw),
    field("governing_language", "文字效力", FieldKind::GoverningLanguage),
    field("copies", "份数", FieldKind::Copies),
    field("confidentiality", "保密条款", FieldKind::Presence),
    field("breach_liability", "违约责任条款", FieldKind::Presence),
    field("notice", "送达条款", FieldKind::Presence),
    field("unilateral_right", "单方变更解除权", FieldKind::UnilateralRight),
    field("guarantee", "担保", FieldKind::Guarantee),
    field("attachments[]", "附件", FieldKind::Attachment),
];

/// What is wrong with a path or a value, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// No such field.
    #[error(
        "没有名为“{0}”的要素；要素写法如 title、amount、sign_date、parties[1].uscc（当事人从 0 数起），表单中的空栏写作 slot.栏名"
    )]
    Unknown(String),
    /// The value is not of the field's type.
    #[error("“{label}”（{path}）的值“{value}”不符合格式：应为{expected}")]
    Value {
        /// The field's path.
        path: String,
        /// Its name.
        label: String,
        /// What was given, shortened.
        value: String,
        /// What it should look like.
        expected: String,
    },
    /// The list has no such entry.
    #[error("“{path}”不存在：该合同的列表只有 {length} 项（从 0 数起）")]
    OutOfList {
        /// The field's path.
        path: String,
        /// Entries of the list.
        length: usize,
    },
}
