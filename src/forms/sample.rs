//! Hand-made records for this module's tests.

use rust_decimal::Decimal;

use crate::model::fields::{
    Absent, AbsentReason, ContractType, Copies, Direction, Dispute, DisputeKind, Fields, GoverningLanguage,
    GoverningLaw, Holding, Money, MoneyKind, Party, PartyKind, Payment, Presence, Side, Sum, Tax, Term,
    Territory,
};
use crate::model::record::{Kind, PageSummary, Part, Record, Source, Stage};
use crate::model::{
    BBox, Basis, Confidence, Finding, MediaType, Outcome, PageClass, PageOrigin, Place, Severity, Span,
    Status, Value, sample,
};

/// A stretch of text on a page.
pub(super) fn span(start: usize, quote: &str, page: u32) -> Span {
    let place = Place::Page { page, bbox: BBox::new(90.0, 100.0, 300.0, 114.0) };
    let end = start + quote.chars().count();
    Span { start, end, quote: quote.to_owned(), places: vec![place], supports: None }
}

/// A value that was read at `start`.
pub(super) fn value<T>(value: T, quote: &str, start: usize, confidence: f64) -> Value<T> {
    Value::new(value, confidence, "sample", vec![span(start, quote, 1)])
}

fn text(quote: &str, start: usize) -> Option<Value<String>> {
    Some(value(quote.to_owned(), quote, start, 0.97))
}

/// A total in yuan, tax included.
pub(super) fn total(amount: &str) -> Money {
    Money {
        amount: Some(amount.parse().expect(amount)),
        currency: "CNY".to_owned(),
        kind: MoneyKind::Total,
        per: None,
        tax: Tax::Included,
    }
}

/// A sum in words, in yuan.
pub(super) fn words(amount: &str) -> Sum {
    Sum { amount: Some(amount.parse::<Decimal>().expect(amount)), currency: "CNY".to_owned() }
}

/// Nothing but a file of one page.
pub(super) fn blank() -> Record {
    let plain = sample::record("ab12".repeat(16));
    Record {
        part: Part { pages: Some([1, 2]), ..plain.part },
        source: Source {
            path: "2024/采购/a.pdf".to_owned(),
            media_type: MediaType::Pdf,
            bytes: 1000,
            pages: Some(2),
        },
        stage: Stage::Unknown,
        pages: vec![page(1, PageOrigin::TextLayer), page(2, PageOrigin::TextLayer)],
        ..plain
    }
}

/// A page, read or not.
pub(super) fn page(number: u32, origin: PageOrigin) -> PageSummary {
    PageSummary {
        number,
        width: 595.3,
        height: 841.9,
        rotation: 0,
        origin,
        class: PageClass::Text,
        why: "sample".to_owned(),
        confidence: Confidence::new(1.0),
    }
}

/// A field without a value.
pub(super) fn absent(field: &str, reason: AbsentReason, evidence: Vec<Span>) -> Absent {
    Absent { field: field.to_owned(), reason, evidence }
}

/// A hit.
pub(super) fn hit(rule: &str, message: &str, evidence: Vec<Span>) -> Finding {
    Finding {
        rule: rule.to_owned(),
        pack: "consistency".to_owned(),
        severity: Severity::Risk,
        outcome: Outcome::Hit,
        fingerprint: "0123456789abcdef".to_owned(),
        basis: vec![Basis { source: "luohu-2018".to_owned(), article: 32, paragraph: Some(1), item: None }],
        message: message.to_owned(),
        why: String::new(),
        suggestion: String::new(),
        evidence,
    }
}

/// A signed purchase with everything in it.
pub(super) fn full() -> Record {
    let mut record = blank();
    record.stage = Stage::Signed;
    record.fields = Fields {
        title: text("物业管理服务采购合同", 0),
        contract_number: text("LH-2024-017", 20),
        parties: vec![government(), firm()],
        amount: Some(value(total("12300000.5"), "12,300,000.50元", 300, 0.96)),
        amount_in_words: Some(value(words("12300000.50"), "壹仟贰佰叁拾万元伍角整", 320, 0.95)),
        term: Some(value(three_years(), "2024年3月5日起至2027年3月4日止，为期三年", 400, 0.93)),
        sign_date: Some(value("2024-03-05".parse().expect("a date"), "2024年3月5日", 800, 0.97)),
        sign_place: Some(value("深圳市罗湖区".to_owned(), "深圳市罗湖区", 820, 0.62)),
        dispute: Some(value(court(), "向深圳市罗湖区人民法院起诉", 600, 0.94)),
        governing_law: Some(value(
            GoverningLaw { territory: "CN".to_owned(), text: "中华人民共和国法律".to_owned() },
            "中华人民共和国法律",
            650,
            0.96,
        )),
        governing_language: Some(value(
            GoverningLanguage {
                languages: vec!["zh".to_owned(), "en".to_owned()],
                prevails: "zh".to_owned(),
            },
            "以中文为准",
            670,
            0.9,
        )),
        confidentiality: Some(clause("第八条", 500)),
        breach_liability: Some(clause("第九条", 550)),
        contract_type: Some(ContractType {
            code: value("property-service".to_owned(), "物业管理服务", 4, 0.92),
            label: "物业服务合同".to_owned(),
            article5: vec!["fiscal-funds".to_owned()],
        }),
        direction: Some(value(Direction::Pays, "甲方支付", 330, 0.9)),
        payments: vec![value(monthly(), "甲方按月支付服务费", 340, 0.75)],
        subject: Some(value("办公楼物业管理服务".to_owned(), "办公楼物业管理服务", 220, 0.88)),
        copies: Some(value(
            Copies { total: Some(6), by: vec![Holding { holder: "甲方".to_owned(), number: 4 }] },
            "一式六份，甲方执四份",
            700,
            0.8,
        )),
        ..Fields::default()
    };
    record
}

/// Paid by the month, fifteen working days after the invoice.
fn monthly() -> Payment {
    Payment {
        name: None,
        percent: None,
        cumulative: false,
        amount: None,
        currency: None,
        every: Some("月".to_owned()),
        trigger: Some("收到发票后".to_owned()),
        due: "P15WD".parse().ok(),
        method: Some("国库集中支付".to_owned()),
    }
}

fn government() -> Party {
    Party {
        side: Side::Government,
        name: text("罗湖区某某局", 40),
        uscc: text("11440303000000000X", 50),
        legal_representative: text("张三", 70),
        address: text("深圳市罗湖区某路1号", 80),
        contact: text("李四", 95),
        phone: text("0755-00000000", 100),
        kind: PartyKind::Organisation,
        ..Party::called("甲方")
    }
}

fn firm() -> Party {
    Party {
        side: Side::Counterparty,
        name: text("深圳某某物业管理有限公司", 120),
        uscc: text("91440300000000000X", 135),
        legal_representative: text("王五", 155),
        address: text("深圳市福田区某路2号", 160),
        phone: text("0755-11111111", 175),
        bank: text("某某银行深圳分行", 190),
        account: text("4000 0000 0000 0000", 200),
        kind: PartyKind::Organisation,
        ..Party::called("乙方")
    }
}

/// Three years, all stated.
pub(super) fn three_years() -> Term {
    Term {
        start: "2024-03-05".parse().ok(),
        end: "2027-03-04".parse().ok(),
        duration: "P3Y".parse().ok(),
        text: "2024年3月5日起至2027年3月4日止，为期三年".to_owned(),
    }
}

fn court() -> Dispute {
    Dispute {
        kind: DisputeKind::Court,
        forum: Some("深圳市罗湖区人民法院".to_owned()),
        territory: Territory::Home,
        steps: vec!["negotiation".to_owned()],
    }
}

fn clause(number: &str, start: usize) -> Presence {
    Presence {
        value: true,
        clause: Some(number.to_owned()),
        confidence: Confidence::new(0.9),
        method: "sample".to_owned(),
        evidence: vec![span(start, number, 2)],
    }
}

/// A draft supplement of which one page was not read and much is missing, for each reason once.
pub(super) fn partly_absent() -> Record {
    let mut record = full();
    record.kind = Kind::Supplement;
    record.stage = Stage::Draft;
    record.status = Status::Partial;
    record.pages = vec![page(1, PageOrigin::TextLayer), page(2, PageOrigin::Unread)];
    let fields = &mut record.fields;
    fields.parties.truncate(1);
    fields.parties[0].phone = None;
    fields.amount = Some(value(total("48000"), "48000元", 300, 0.92));
    fields.amount_in_words = None;
    (fields.sign_date, fields.sign_place, fields.governing_law) = (None, None, None);
    (fields.governing_language, fields.contract_number) = (None, None);
    record.absent = vec![
        absent("parties[0].phone", AbsentReason::Blank, vec![span(100, "____", 1)]),
        absent("parties[0].bank", AbsentReason::NotApplicable, Vec::new()),
        absent("amount_in_words", AbsentReason::Blank, vec![span(320, "____", 1)]),
        absent("sign_date", AbsentReason::UnreadablePage, Vec::new()),
        absent(
            "contract_number",
            AbsentReason::Conflicting,
            vec![span(20, "LH-2024-017", 1), span(700, "LH-2024-071", 1)],
        ),
        absent("governing_law", AbsentReason::NotFound, Vec::new()),
    ];
    record
}

/// Figures and words differ, and the rule says so.
pub(super) fn mismatch() -> Record {
    let mut record = full();
    let figures = value(total("1230000"), "1,230,000元", 300, 0.96);
    let in_words = value(words("1235000"), "壹佰贰拾叁万伍仟元整", 320, 0.95);
    let evidence = [figures.evidence.clone(), in_words.evidence.clone()].concat();
    record.fields.amount = Some(figures);
    record.fields.amount_in_words = Some(in_words);
    record.findings = vec![
        hit("amount-words-figures-mismatch", "小写与大写相差5,000.00元", evidence),
        hit("uscc-invalid", "乙方统一社会信用代码校验位不符", vec![span(135, "91440300000000000X", 1)]),
    ];
    record
}
