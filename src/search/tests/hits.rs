//! What an answer says beside what it found: order, pages, versions, reasons, sums, corrections.

use super::*;

fn priced(id: &str, yuan_: i64, day: jiff::civil::Date, currency: &str) -> Record {
    let mut entry = record(id);
    entry.fields.amount = yuan(yuan_);
    entry.fields.amount.as_mut().expect("set").value.currency = currency.to_owned();
    entry.fields.sign_date = value(day);
    entry.fields.parties = vec![party("罗湖区教育局")];
    entry
}

fn shelf() -> Shelf {
    Shelf::of(&[
        (priced("a", 30_000, date(2023, 5, 8), "CNY"), "物业服务合同甲"),
        (priced("b", 20_000_000, date(2024, 12, 31), "CNY"), "物业服务合同乙"),
        (priced("c", 600_000, date(2024, 3, 1), "CNY"), "物业服务合同丙"),
        (priced("d", 5, date(2022, 1, 1), "USD"), "物业服务合同丁"),
        (record("e"), "物业服务合同戊"),
    ])
}

fn sorted(shelf: &Shelf, sort: Sort) -> String {
    let options = SearchOptions { sort, ..SearchOptions::default() };
    let answer = shelf.index.search("物业", &options).expect("found");
    answer.hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn hits_come_in_the_order_asked_for() {
    let shelf = shelf();
    assert_eq!(sorted(&shelf, Sort::Newest), "bcade");
    assert_eq!(sorted(&shelf, Sort::Oldest), "dacbe");
    assert_eq!(sorted(&shelf, Sort::Largest), "bcade");
    assert_eq!(sorted(&shelf, Sort::Smallest), "acbde");
}

#[test]
fn pages_follow_a_hit() {
    let shelf = shelf();
    let mut options = SearchOptions { limit: 2, sort: Sort::Newest, ..SearchOptions::default() };
    let mut ids = String::new();
    for _ in 0..4 {
        let answer = shelf.index.search("物业", &options).expect("found");
        let page: String = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(answer.more, ids.len() + page.len() < 5, "{page}");
        options.after = answer.hits.last().map(|hit| hit.id.clone()).or(options.after);
        ids += &page;
    }
    assert_eq!(ids, "bcade");
    options.after = Some("nobody".to_owned());
    assert!(matches!(shelf.index.search("物业", &options), Err(SearchError::Unknown(_))));
    shelf.put(&[(record("z"), "电梯")]);
    options.after = Some("z".to_owned());
    assert!(
        matches!(shelf.index.search("物业", &options), Err(SearchError::NotAmong(_))),
        "never silently empty"
    );
}

#[test]
fn sums_are_exact_and_by_currency() {
    let answer = shelf().ask("物业");
    let shown = |totals: &[Total]| -> Vec<String> {
        totals.iter().map(|t| format!("{} {} {}", t.currency, t.amount, t.contracts)).collect()
    };
    assert_eq!(shown(&answer.totals), ["CNY 20630000 3", "USD 5 1"]);
    let facet = |name: &str| answer.facets.iter().find(|facet| facet.name == name).expect(name);
    let year = &facet("year").counts[0];
    assert_eq!((year.value.as_str(), year.count), ("2024", 2));
    assert_eq!(shown(&year.totals), ["CNY 20600000 2"]);
    let bands: Vec<_> = facet("amount").counts.iter().map(|c| (c.value.as_str(), c.count)).collect();
    assert_eq!(bands, [("..50000", 1), ("500000.01..1000000", 1), ("10000000..", 1)]);
    let months: Vec<_> = facet("month").counts.iter().map(|c| c.value.as_str()).collect();
    assert_eq!(months, ["2022-01", "2023-05", "2024-03", "2024-12"]);
    assert_eq!(shown(&facet("party").counts[0].totals), ["CNY 20630000 3", "USD 5 1"]);
}

#[test]
fn a_band_narrows_the_search_to_itself() {
    let shelf = shelf();
    let answer = shelf.ask("物业");
    for count in &answer.facets.iter().find(|facet| facet.name == "amount").expect("bands").counts {
        assert_eq!(shelf.ask(&format!("金额:{}", count.value)).total, count.count, "{}", count.value);
    }
}

#[test]
fn versions_of_one_contract_are_one_hit() {
    let numbered = |id: &str, title: &str| {
        let mut entry = record(id);
        entry.fields.contract_number = value("HT-2024-1".to_owned());
        entry.fields.title = value(title.to_owned());
        entry.fields.parties = vec![party("甲局"), party("乙公司")];
        entry
    };
    let same = "本合同由双方协商一致后签订，内容完全相同，共同遵守执行，不得违反，另有约定的除外。电梯。";
    let shelf = Shelf::of(&[
        (numbered("a", "物业合同"), "物业服务，草稿。"),
        (numbered("b", "物业合同"), "物业服务，定稿，另加一条。"),
        (numbered("c", "物业合同补充协议"), "物业服务补充。"),
        (record("d"), same),
        (record("e"), &same.replace('，', " , ")),
    ]);
    let answer = shelf.ask("物业");
    assert_eq!((answer.total, answer.hits.len()), (3, 2));
    let hit = answer.hits.iter().find(|hit| hit.id != "c").expect("a or b");
    assert_eq!(hit.versions.len(), 1);
    assert!(!hit.versions[0].same_text);
    let answer = shelf.ask("电梯");
    assert_eq!((answer.total, answer.hits.len()), (2, 1));
    assert!(answer.hits[0].versions[0].same_text && answer.hits[0].versions[0].id == "e");
}

#[test]
fn some_of_the_words_are_found_and_said() {
    let shelf = Shelf::of_texts(&["物业服务，电梯，绿化。", "物业。", "电梯，绿化，消防。"]);
    let answer = shelf.ask("物业 电梯 绿化 消防");
    let ids: Vec<_> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids.len(), 2, "{ids:?}");
    let message = answer.relaxed.expect("relaxed").message;
    assert!(message.contains("全部 4 个词中的 3 个"), "{message}");
    let missing = |id: &str| &answer.hits.iter().find(|hit| hit.id == id).expect(id).missing_words;
    assert_eq!((missing("a"), missing("c")), (&vec!["消防".to_owned()], &vec!["物业".to_owned()]));
}

#[test]
fn what_may_have_been_meant_is_offered() {
    let mut named = record("a");
    named.fields.parties = vec![party("深圳市鹏劭珩物业有限公司")];
    let shelf = Shelf::of(&[(named, "乙方支付违约金，办理验收。")]);
    for (query, instead) in [("违约今", "违约金"), ("眼收", "验收"), ("鹏劭行物业", "鹏劭珩")]
    {
        let corrections = shelf.ask(query).relaxed.map(|relaxed| relaxed.corrections).unwrap_or_default();
        let offered = corrections.iter().any(|c| c.instead.contains(instead));
        assert!(offered, "{query}: {corrections:?}");
    }
}

#[test]
fn a_hit_says_why_it_stands_where_it_does() {
    let mut titled = record("a");
    titled.fields.title = value("物业服务合同".to_owned());
    let shelf = Shelf::of(&[(titled, "物业服务，违约金。"), (record("b"), "物业服务，违约金。")]);
    let options = SearchOptions { explain: true, ..SearchOptions::default() };
    let answer = shelf.index.search("物业 违约金", &options).expect("found");
    let hit = &answer.hits[0];
    assert_eq!(hit.id, "a");
    let word = hit.why.iter().find(|reason| reason.word == "物业").expect("a reason");
    assert_eq!(word.fields, ["title", "text"]);
    let sum: f32 = hit.why.iter().map(|reason| reason.score).sum();
    assert!((sum - hit.score).abs() < 0.05, "{:?} {}", hit.why, hit.score);
}

#[test]
fn highlights_have_places() {
    let content = "第一条 付款\n乙方支付违约金。";
    let shelf = Shelf::of_texts(&[content]);
    let mut hit = shelf.ask("违约金").hits.remove(0);
    hit.locate(&text(content));
    assert_eq!(hit.passages[0].places.len(), hit.passages[0].highlights.len());
    hit.locate(&text("另一份文本"));
    assert!(hit.passages[0].places.is_empty(), "better none than wrong ones");
}

#[test]
fn pages_of_hits_follow_each_other() {
    let texts = vec!["物业服务"; 7];
    let shelf = Shelf::of_texts(&texts);
    let page = |offset| {
        let options = SearchOptions { limit: 3, offset, ..SearchOptions::default() };
        let answer = shelf.index.search("物业", &options).expect("found");
        assert_eq!(answer.total, 7);
        answer.hits.into_iter().map(|hit| hit.id).collect::<String>()
    };
    assert_eq!([page(0), page(3), page(6), page(9)], ["abc", "def", "g", ""]);
}
