//! The regulation, article by article: what the pack says of an article and what its rules cite agree.

use super::Bench;

/// The packs that stand for a regulation, with the number of its articles.
const PACKS: [(&str, usize); 2] = [("luohu-2018", 78), ("luohu-epc-2012", 13)];

#[test]
fn every_article_is_answered_for() {
    let bench = Bench::new();
    for (id, articles) in PACKS {
        let pack = bench.packs.packs().iter().find(|pack| pack.id == id).expect("shipped");
        let coverage = pack.coverage.as_ref().expect("the pack has a coverage");
        assert_eq!(coverage.article.len(), articles);
    }
}

#[test]
fn no_article_loses_its_rule() {
    let bench = Bench::new();
    let wrong: Vec<_> = PACKS.iter().flat_map(|(id, _)| lost(&bench, id)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the coverage of a pack and its rules do not agree on.
fn lost(bench: &Bench, id: &str) -> Vec<String> {
    let pack = bench.packs.packs().iter().find(|pack| pack.id == id).expect("shipped");
    let mut wrong = Vec::new();
    for article in pack.coverage.iter().flat_map(|coverage| &coverage.article) {
        for slug in &article.rules {
            let known = bench.packs.explain(slug).any(|rule| {
                rule.basis.iter().any(|basis| basis.source == id && basis.article == article.number)
            });
            if !known {
                wrong.push(format!("第{}条: no rule {slug} cites it", article.number));
            }
        }
        for rule in pack.rules.iter().filter(|rule| {
            rule.basis.iter().any(|basis| basis.source == id && basis.article == article.number)
        }) {
            if !article.rules.contains(&rule.slug) {
                wrong.push(format!("第{}条: {} is not listed", article.number, rule.slug));
            }
        }
    }
    wrong
}

#[test]
fn an_article_without_an_entry_is_refused() {
    use crate::dictionaries::Dictionaries;
    let dictionaries = Dictionaries::embedded();
    let name = "rules/luohu-2018/coverage.toml";
    let text = dictionaries.get(name).expect("shipped");
    let without = text.replacen("number = 36", "number = 37", 1);
    let error = super::Packs::new(&dictionaries.with_file(name, &without)).expect_err("refused").to_string();
    assert!(error.contains(name) && error.contains("第36条"), "{error}");
}
