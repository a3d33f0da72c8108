//! The fields of a record as a table.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::place;
use crate::model::fields::{
    AbsentReason, Dispute, DisputeKind, Guarantee, Money, MoneyKind, Party, Presence, Quality, Side, Term,
    UnilateralRight,
};
use crate::model::record::Kind;
use crate::model::{Folded, Record, Value};

/// All fields that have a value, with confidence and place; then what has none, and why.
pub fn fields(record: &Record) -> String {
    let mut table = Table(String::new());
    let fields = &record.fields;
    let _ = writeln!(table.0, "{}（{}）", record.source.path, record.status.label());
    for folded in Folded::all(&record.issues) {
        let _ = writeln!(table.0, "  ! {}", folded.message());
    }
    if record.kind == Kind::NotAContract {
        let _ = writeln!(table.0, "  看来不是合同，不提取要素");
    }
    table.value("合同名称", fields.title.as_ref(), String::clone);
    table.value("合同编号", fields.contract_number.as_ref(), String::clone);
    if let Some(kind) = &fields.contract_type {
        table.value("合同类型", Some(&kind.code), |_| kind.label.clone());
    }
    fields.parties.iter().for_each(|party| table.party(party));
    table.value("合同价款", fields.amount.as_ref(), money);
    table.value("大写金额", fields.amount_in_words.as_ref(), |sum| {
        sum.amount.map_or_else(
            || "写法有误，无法换算".to_owned(),
            |amount| format!("合 {} {}", grouped(amount), sum.currency),
        )
    });
    table.value("收支方向", fields.direction.as_ref(), ToString::to_string);
    table.values("付款安排", &fields.payments);
    table.value("合同期限", fields.term.as_ref(), term);
    table.value("签订日期", fields.sign_date.as_ref(), ToString::to_string);
    table.value("签订地点", fields.sign_place.as_ref(), String::clone);
    table.value("生效条件", fields.effective.as_ref(), |effective| effective.text.clone());
    table.value("标的", fields.subject.as_ref(), String::clone);
    table.values("数量", &fields.quantity);
    table.value("质量", fields.quality.as_ref(), quality);
    table.value("争议解决", fields.dispute.as_ref(), dispute);
    table.value("适用法律", fields.governing_law.as_ref(), |law| {
        format!("{}（{}）", law.text, law.territory)
    });
    table.value("文字效力", fields.governing_language.as_ref(), ToString::to_string);
    table.value("份数", fields.copies.as_ref(), ToString::to_string);
    table.presence("保密条款", fields.confidentiality.as_ref());
    table.presence("违约责任", fields.breach_liability.as_ref());
    table.presence("送达条款", fields.notice.as_ref());
    table.right(fields.unilateral_right.as_ref());
    table.guarantee(fields.guarantee.as_ref());
    for attachment in &fields.attachments {
        let missing = if attachment.present == Some(false) { "（文件中未见）" } else { "" };
        table.value("附件", Some(&attachment.name), |name| format!("{name}{missing}"));
    }
    table.absent(record);
    table.0
}

/// Values less certain than this are marked for a person to check.
const DOUBTFUL: f64 = 0.8;

struct Table(String);

impl Table {
    fn value<T>(&mut self, label: &str, value: Option<&Value<T>>, show: impl Fn(&T) -> String) {
        let Some(value) = value else { return };
        let places: Vec<_> = value.evidence.iter().map(place).collect();
        let doubt = if value.confidence.get() < DOUBTFUL { "，请核对" } else { "" };
        let _ = writeln!(
            self.0,
            "  {label}：{}  [{:.2}，{}{doubt}]",
            show(&value.value),
            value.confidence.get(),
            places.first().map_or("位置不明", String::as_str)
        );
    }

    /// Several values of one field, a line each; of long lists the beginning.
    fn values<T: std::fmt::Display>(&mut self, label: &str, values: &[Value<T>]) {
        const SHOWN: usize = 12;
        for value in values.iter().take(SHOWN) {
            self.value(label, Some(value), ToString::to_string);
        }
        if let Some(more) = values.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let _ = writeln!(self.0, "  {label}：另有 {more} 项");
        }
    }

    fn right(&mut self, right: Option<&UnilateralRight>) {
        let Some(right) = right else { return };
        let by: Vec<&str> = right.by.iter().map(|holder| holder.role.as_str()).collect();
        let whose = if by.is_empty() { String::new() } else { format!("（{}）", by.join("、")) };
        self.presence_with("单方变更解除权", &right.clause, &whose);
    }

    fn guarantee(&mut self, guarantee: Option<&Guarantee>) {
        let Some(guarantee) = guarantee else { return };
        let given: Vec<String> = guarantee.securities.iter().map(ToString::to_string).collect();
        let given = if given.is_empty() { String::new() } else { format!("：{}", given.join("、")) };
        self.presence_with("担保", &guarantee.clause, &given);
    }

    fn party(&mut self, party: &Party) {
        let side = match party.side {
            Side::Government => "，政府方",
            Side::Counterparty => "，对方",
            Side::Unknown => "",
        };
        let role = format!("{}{side}", party.role);
        match &party.name {
            Some(name) => self.value(&role, Some(name), String::clone),
            None => {
                let _ = writeln!(self.0, "  {role}：未读得名称");
            }
        }
        let particulars = [
            ("统一社会信用代码", &party.uscc),
            ("身份证号", &party.id_number),
            ("法定代表人", &party.legal_representative),
            ("地址", &party.address),
            ("联系人", &party.contact),
            ("电话", &party.phone),
            ("开户银行", &party.bank),
            ("账号", &party.account),
        ];
        for (label, value) in particulars {
            self.value(&format!("  {label}"), value.as_ref(), String::clone);
        }
    }

    /// What has no value, by reason: a party's missing particulars on one line.
    fn absent(&mut self, record: &Record) {
        let mut reasons: Vec<(AbsentReason, Vec<String>)> = Vec::new();
        for absent in &record.absent {
            if absent.reason == AbsentReason::NotApplicable {
                continue;
            }
            let name = field_name(&absent.field, record);
            match reasons.iter_mut().find(|(reason, _)| *reason == absent.reason) {
                Some((_, names)) => names.push(name),
                None => reasons.push((absent.reason, vec![name])),
            }
        }
        for (reason, names) in reasons {
            let _ = writeln!(self.0, "  {}：{}", reason.label(), names.join("、"));
        }
    }

    fn presence(&mut self, label: &str, presence: Option<&Presence>) {
        if let Some(presence) = presence {
            self.presence_with(label, presence, "");
        }
    }

    fn presence_with(&mut self, label: &str, presence: &Presence, more: &str) {
        let clause = presence.clause.as_deref().unwrap_or("");
        let found = if presence.value { "有" } else { "未见" };
        let _ = writeln!(self.0, "{}", format!("  {label}：{found}{more}  {clause}").trim_end());
    }
}

/// A field of the record as a clerk calls it: `parties[1].uscc` is 乙方统一社会信用代码.
fn field_name(path: &str, record: &Record) -> String {
    let Some((index, field)) = path.strip_prefix("parties[").and_then(|rest| rest.split_once("].")) else {
        return name_of(path).to_owned();
    };
    let party = index.parse().ok().and_then(|index: usize| record.fields.parties.get(index));
    let role = party.map_or("当事人", |party| party.role.split('(').next().unwrap_or_default());
    format!("{role}{}", name_of(field))
}

fn name_of(field: &str) -> &str {
    match field {
        "title" => "合同名称",
        "contract_number" => "合同编号",
        "parties" => "当事人",
        "amount" => "合同价款",
        "amount_in_words" => "大写金额",
        "contract_type" => "合同类型",
        "direction" => "收支方向",
        "payments" => "付款安排",
        "effective" => "生效条件",
        "subject" => "标的",
        "quantity" => "数量",
        "quality" => "质量",
        "copies" => "份数",
        "notice" => "送达条款",
        "unilateral_right" => "单方变更解除权",
        "guarantee" => "担保",
        "attachments" => "附件",
        "term" => "合同期限",
        "sign_date" => "签订日期",
        "sign_place" => "签订地点",
        "dispute" => "争议解决",
        "governing_law" => "适用法律",
        "governing_language" => "文字效力",
        "confidentiality" => "保密条款",
        "breach_liability" => "违约责任",
        "name" => "名称",
        "uscc" => "统一社会信用代码",
        "id_number" => "身份证号",
        "legal_representative" => "法定代表人",
        "address" => "地址",
        "contact" => "联系人",
        "phone" => "电话",
        "bank" => "开户银行",
        "account" => "账号",
        other => other,
    }
}

/// A price as a person reads it: `1,280,000 CNY（总价）`.
pub fn money(money: &Money) -> String {
    let kind = match money.kind {
        MoneyKind::Total => "总价",
        MoneyKind::Ceiling => "上限",
        MoneyKind::Unit => "单价",
        MoneyKind::Periodic => "按期",
        MoneyKind::Open => "据实结算",
    };
    let amount = money.amount.map_or_else(|| "未定".to_owned(), grouped);
    let per = money.per.as_ref().map(|per| format!("/{per}")).unwrap_or_default();
    format!("{amount} {}{per}（{kind}）", money.currency)
}

/// With separators between thousands: 1,234,567.80.
fn grouped(amount: Decimal) -> String {
    let text = amount.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn term(term: &Term) -> String {
    let date =
        |date: Option<jiff::civil::Date>| date.map_or_else(|| "？".to_owned(), |date| date.to_string());
    let duration = term.duration.map(|period| format!("（{period}）")).unwrap_or_default();
    format!("{} 至 {}{duration}", date(term.start), date(term.end))
}

fn quality(quality: &Quality) -> String {
    let parts = [("标准", &quality.standard), ("验收", &quality.acceptance), ("异议", &quality.objection)];
    let said = parts.into_iter().filter_map(|(name, text)| Some(format!("{name}——{}", text.as_ref()?)));
    said.collect::<Vec<_>>().join("；")
}

fn dispute(dispute: &Dispute) -> String {
    let kind = match dispute.kind {
        DisputeKind::Court => "诉讼",
        DisputeKind::Arbitration => "仲裁",
        DisputeKind::Both => "仲裁与诉讼并存",
        DisputeKind::None => "未约定裁判机构",
        DisputeKind::Unselected => "选项未选定",
    };
    format!("{kind}  {}", dispute.forum.as_deref().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        let shown = |text: &str| grouped(text.parse().expect(text));
        assert_eq!(shown("1234567.80"), "1,234,567.80");
        assert_eq!(shown("123"), "123");
        assert_eq!(shown("-1000"), "-1,000");
    }
}
