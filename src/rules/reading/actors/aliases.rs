//! What clauses call a party that the head of the contract calls otherwise: 采购人 for 甲方, 民政局 or 学校 by its name.
//!
//! Only where one government party stands against one other, so that nobody is mistaken for another.

use crate::model::fields::{Fields, Party, Side};

/// Who orders and pays.
const ORDERS: [&str; 10] = [
    "采购人",
    "采购方",
    "采购单位",
    "委托人",
    "委托方",
    "委托单位",
    "发包人",
    "发包方",
    "建设单位",
    "用人单位",
];
/// Who performs.
const PERFORMS: [&str; 16] = [
    "成交供应商",
    "中标供应商",
    "供应商",
    "服务商",
    "承包商",
    "承包人",
    "承包方",
    "承包单位",
    "受托人",
    "受托方",
    "受托单位",
    "服务方",
    "服务单位",
    "施工单位",
    "中标人",
    "中标单位",
];
/// What kinds of bodies are called in short, by what their name ends with.
const BODIES: [(&str, &str); 8] = [
    ("小学", "学校"),
    ("中学", "学校"),
    ("学校", "学校"),
    ("幼儿园", "幼儿园"),
    ("街道办事处", "街道办"),
    ("图书馆", "图书馆"),
    ("档案馆", "档案馆"),
    ("医院", "医院"),
];
/// What kinds of firms are called in short, by what their name says of their trade.
const TRADES: [&str; 10] = ["保安", "物业", "保洁", "环卫", "监理", "设计", "餐饮", "培训", "运输", "软件"];

/// Adds what the two sides may be called besides `names`.
pub fn add(fields: &Fields, names: &mut Vec<(String, Side)>) {
    let (Some(government), Some(other)) =
        (alone(fields, Side::Government), alone(fields, Side::Counterparty))
    else {
        return;
    };
    let mut more: Vec<(String, Side)> = Vec::new();
    let turned = government.roles().any(|role| PERFORMS.contains(&role))
        || other.roles().any(|role| ORDERS.contains(&role));
    if !turned {
        more.extend(ORDERS.map(|word| (word.to_owned(), Side::Government)));
        more.extend(PERFORMS.map(|word| (word.to_owned(), Side::Counterparty)));
    }
    more.extend(short_names(government).map(|word| (word, Side::Government)));
    more.extend(trade(other).map(|word| (word, Side::Counterparty)));
    let known: Vec<_> = names.iter().map(|(name, _)| name.clone()).collect();
    names.extend(more.into_iter().filter(|(word, _)| !known.contains(word)));
}

/// The one party of a side; `None` where there are several.
fn alone(fields: &Fields, side: Side) -> Option<&Party> {
    let mut parties = fields.parties.iter().filter(|party| party.side == side);
    parties.next().filter(|_| parties.next().is_none())
}

/// All that the text may call a party by: its roles, its name, what it is called in short.
pub fn called(party: &Party) -> impl Iterator<Item = String> {
    let roles = party.roles().map(str::to_owned);
    let name = party.name.iter().map(|name| name.value.replace('（', "(").replace('）', ")"));
    roles.chain(name).chain(short_names(party))
}

/// 民政局, 区民政局 and 罗湖区民政局 for 深圳市罗湖区民政局; 学校 for a school.
fn short_names(party: &Party) -> impl Iterator<Item = String> {
    let name = party.name.as_ref().map_or("", |name| name.value.as_str());
    let tail = name.rsplit_once(['区', '市']).map_or("", |(_, tail)| tail);
    let tail = Some(tail).filter(|tail| tail.chars().count() > 2);
    let body = BODIES.iter().find(|(end, _)| name.ends_with(end)).map(|(_, short)| *short);
    let in_city = name.split_once('市').map(|(_, rest)| rest.to_owned()).filter(|rest| rest.contains('区'));
    let tails = tail.into_iter().flat_map(|tail| [tail.to_owned(), format!("区{tail}")]);
    tails.chain(in_city).chain(body.map(str::to_owned))
}

/// 保安公司 for 深圳市盾守保安服务有限公司.
fn trade(party: &Party) -> impl Iterator<Item = String> {
    let name = party.name.as_ref().map_or("", |name| name.value.as_str());
    TRADES.iter().filter(move |trade| name.contains(**trade)).map(|trade| format!("{trade}公司"))
}
