//! What has to hold between a text and its truth, checked each time a template is rendered.

use serde_json::Value;

use super::date::{Day, Stretch};

/// Fields whose strings are words of the text, besides the parties' particulars.
const WORDS: [&str; 8] = [
    "/title",
    "/contract_number",
    "/sign_place",
    "/subject",
    "/dispute/forum",
    "/amount/raw",
    "/amount_in_words/raw",
    "/quality/standard",
];

/// The strings of a truth that stand in its text.
pub(super) fn strings(fields: &Value) -> Vec<String> {
    let mut strings: Vec<String> =
        WORDS.iter().filter_map(|pointer| fields.pointer(pointer)?.as_str()).map(str::to_owned).collect();
    for key in ["acceptance", "objection"] {
        strings.extend(fields["quality"][key].as_str().map(str::to_owned));
    }
    for party in fields["parties"].as_array().into_iter().flatten() {
        let texts = party
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| !matches!(key.as_str(), "side" | "kind"));
        strings.extend(texts.filter_map(|(key, value)| match key.as_str() {
            // 甲方(采购人) is put together.
            "role" => None,
            _ => value.as_str().map(str::to_owned),
        }));
        strings.extend(roles(party));
    }
    strings.extend(
        fields["attachments"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|item| Some(item.as_str()?.to_owned())),
    );
    strings
}

fn roles(party: &Value) -> Vec<String> {
    let role = party["role"].as_str().unwrap_or_default();
    role.split(['(', ')']).filter(|role| !role.is_empty()).map(str::to_owned).collect()
}

/// Words that tell that a field is stated, and the field. A template that uses one must say what is true of the
/// field, or that it is not judged.
const CUES: [(&str, &[&str]); 11] = [
    ("confidentiality", &["保密义务", "保密责任", "负有保密", "予以保密", "不得泄露", "不得外传"]),
    ("breach_liability", &["违约责任", "违约金", "滞纳金", "承担赔偿"]),
    ("guarantee", &["履约保证金", "押金", "定金", "保函", "连带责任保证", "抵押", "质押"]),
    ("notice", &["送达地址", "视为送达", "送达之日"]),
    ("copies", &["一式", "壹式"]),
    ("dispute", &["人民法院", "仲裁委", "仲裁院"]),
    ("attachments", &["附件一：", "附件1：", "附件1："]),
    ("effective", &["生效"]),
    ("governing_law_territory", &["适用中华人民共和国", "中国法律", "香港法律"]),
    ("governing_language_prevails", &["中文文本为准", "中文为准", "英文为准"]),
    ("unilateral_right", &["公共利益需要", "无须说明理由", "有权单方"]),
];

/// Checks a rendered contract: values stand in the text, days and sums agree, and what the text
/// tells is said in the truth.
///
/// # Errors
///
/// The first thing that does not hold.
pub(super) fn contract(kind: &str, text: &str, fields: &Value) -> Result<(), String> {
    if kind == "not-a-contract" {
        return Ok(());
    }
    let text = folded(text);
    for string in strings(fields) {
        if !text.contains(&folded(&string)) {
            return Err(format!("{string:?} does not stand in the text"));
        }
    }
    for (field, cues) in CUES {
        let silent = matches!(fields.get(field), Some(Value::Null | Value::Bool(false)))
            || fields.get(field).is_some_and(|value| value.as_array().is_some_and(Vec::is_empty));
        if let Some(cue) = cues.iter().find(|cue| silent && text.contains(&folded(cue))) {
            return Err(format!("the text says {cue}, the truth nothing about {field}"));
        }
    }
    instalments(fields)?;
    term(&fields["term"])
}

/// Without white space, marks of layout and width.
fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().filter(|c| !c.is_whitespace() && !"#|<>".contains(*c)).collect()
}

/// Shares come to a hundred, instalments to the whole price.
fn instalments(fields: &Value) -> Result<(), String> {
    let payments = fields["payments"].as_array().map(Vec::as_slice).unwrap_or_default();
    let shares: Option<Vec<f64>> = payments.iter().map(|p| p["percent"].as_str()?.parse().ok()).collect();
    if let Some(shares) = shares.filter(|shares| shares.len() > 1)
        && (shares.iter().sum::<f64>() - 100.0).abs() > 0.01
    {
        return Err(format!("shares {shares:?} do not come to 100"));
    }
    let sums: Option<Vec<f64>> = payments.iter().map(|p| p["amount"].as_str()?.parse().ok()).collect();
    let whole = (fields["amount"]["kind"] == "total")
        .then(|| fields["amount"]["amount"].as_str()?.parse::<f64>().ok());
    if let (Some(sums), Some(whole)) = (sums.filter(|sums| sums.len() > 1), whole.flatten())
        && (sums.iter().sum::<f64>() - whole).abs() > 0.005
    {
        return Err(format!("instalments {sums:?} do not come to {whole}"));
    }
    Ok(())
}

/// The last day is the duration after the first day, or the day before that.
fn term(term: &Value) -> Result<(), String> {
    let day = |key: &str| term[key].as_str().and_then(Day::parse);
    let (Some(start), Some(end), Some(stretch)) =
        (day("start"), day("end"), term["duration"].as_str().and_then(stretch))
    else {
        return Ok(());
    };
    let after = start.plus(stretch);
    let before = after.plus(Stretch { months: 0, days: -1 });
    if end == after || end == before { Ok(()) } else { Err(format!("{start} to {end} is not {stretch:?}")) }
}

/// `P3Y`, `P36M`, `P180D`; working days tell no day.
fn stretch(duration: &str) -> Option<Stretch> {
    let body = duration.strip_prefix('P')?;
    let (number, unit) = body.split_at_checked(body.len().checked_sub(1)?)?;
    let number = number.parse().ok()?;
    match unit {
        "Y" => Some(Stretch { months: number * 12, days: 0 }),
        "M" => Some(Stretch { months: number, days: 0 }),
        "D" => Some(Stretch { months: 0, days: number }),
        _ => None,
    }
}
