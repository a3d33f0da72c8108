//! What every rule and every pack must have.

use std::collections::BTreeSet;
use std::path::Path;

use crate::dictionaries::Dictionaries;

use super::super::computed::REGISTRY;
use super::super::{Packs, Rule};
use super::Bench;

fn each_rule(complain: impl Fn(&Rule) -> Option<String>) {
    let bench = Bench::new();
    let wrong: Vec<_> =
        bench.packs.list().filter_map(|rule| Some(format!("{}: {}", rule.path(), complain(rule)?))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_explains_itself() {
    each_rule(|rule| {
        let texts = [&rule.title, &rule.flags, &rule.spares, &rule.why, &rule.suggestion];
        texts.iter().any(|text| text.trim().is_empty()).then(|| "an empty text".to_owned())
    });
}

#[test]
fn every_rule_cites_something() {
    each_rule(|rule| {
        (rule.citation.is_empty() || rule.citation.contains("参照")).then(|| rule.citation.clone())
    });
}

#[test]
fn every_rule_has_five_hits_and_five_misses() {
    each_rule(|rule| {
        let (hits, misses) = (rule.hit.len(), rule.miss.len());
        (hits < 5 || misses < 5).then(|| format!("{hits} hits, {misses} misses"))
    });
}

#[test]
fn every_slug_is_in_lower_case_words() {
    each_rule(|rule| {
        let plain = rule.slug.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        (!plain || rule.slug.starts_with('-')).then(|| rule.slug.clone())
    });
}

#[test]
fn every_variant_says_a_whole_sentence() {
    each_rule(|rule| {
        rule.variants()
            .filter_map(|name| rule.variant(name))
            .map(|variant| variant.message.render(|_| "甲".to_owned()))
            .find(|message| !message.ends_with('。') && !message.ends_with('空'))
    });
}

#[test]
fn computed_rules_and_their_files_are_one_to_one() {
    let bench = Bench::new();
    let in_packs: Vec<_> =
        bench.packs.list().filter(|rule| rule.kind == "computed").map(|rule| rule.slug.as_str()).collect();
    let distinct: BTreeSet<_> = in_packs.iter().copied().collect();
    assert_eq!(distinct.len(), in_packs.len(), "a computed rule stands in one pack");
    assert_eq!(distinct, REGISTRY.iter().map(|rule| rule.slug).collect());
}

#[test]
fn every_computed_rule_has_its_documentation() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules/computed");
    for rule in REGISTRY {
        let file = folder.join(format!("{}.rs", rule.slug.replace('-', "_")));
        let source = std::fs::read_to_string(&file).expect("the file has the rule's name");
        for heading in ["# What it does", "# Why it matters", "# What must not be flagged"] {
            assert!(source.contains(&format!("//! {heading}")), "{}: {heading}", file.display());
        }
    }
}

#[test]
fn packs_are_listed_with_their_versions() {
    let bench = Bench::new();
    assert_eq!(bench.packs.versions(), ["consistency@7", "luohu-2018@8", "luohu-epc-2012@2", "national@6"]);
    assert_eq!(
        bench.packs.explain("dual-forum").map(Rule::path).collect::<Vec<_>>(),
        ["luohu-2018/dual-forum"]
    );
}

/// What is said of a shipped pack with one stretch replaced, and the line in which that stretch stands.
fn broken(name: &str, from: &str, to: &str) -> (String, usize) {
    let dictionaries = Dictionaries::embedded();
    let text = dictionaries.get(name).expect("shipped");
    let at = text.find(from).unwrap_or_else(|| panic!("{from}"));
    let line = text[..at].matches('\n').count() + 1;
    let changed = text.replacen(from, to, 1);
    (Packs::new(&dictionaries.with_file(name, &changed)).expect_err(to).to_string(), line)
}

#[test]
fn a_broken_pack_is_refused_with_its_place() {
    for (file, from, to, told) in [
        ("vague-title", "kind = \"computed\"", "kind = \"magic\"", "magic"),
        ("foreign-governing-law", "kind = \"present\"", "kind = \"computed\"", "同名的计算规则"),
        ("vague-title", "article = 27", "article = 79", "第七十九条"),
        ("dual-forum", "article = 36, paragraph = 2", "article = 36, paragraph = 3", "第三款"),
        ("foreign-governing-law", "item = 4", "item = 8", "（八）"),
        ("vague-title", "source = \"luohu-2018\"", "source = \"nowhere\"", "nowhere"),
        ("vague-title", "“{title}”", "“{name}”", "{name}"),
        ("vague-title", "“{title}”", "“{title”", "占位符"),
        ("foreign-forum", "<<foreign-bodies>>", "<<nowhere>>", "nowhere"),
        ("vague-title", "[variants.bare]", "[variants.other]", "bare"),
        ("vague-title", "why = ", "reason = ", "reason"),
        ("term-over-five-years", "months = 60", "months = \"five\"", "months"),
        ("dual-forum", "'起诉'", "'起诉('", "表达式"),
        ("vague-title", "severity = \"risk\"", "severity = \"grave\"", "severity"),
        ("pack", "from = ", "since = ", "since"),
    ] {
        let name = format!("rules/luohu-2018/{file}.toml");
        let (error, line) = broken(&name, from, to);
        assert!(error.contains(&name) && error.contains(told), "{to}: {error}");
        assert!(error.contains(&format!("第{line}行第")) && error.contains("列（"), "{to}, {line}: {error}");
    }
}

#[test]
fn wording_that_names_nothing_is_refused_with_its_place() {
    let (error, line) = broken("rules/wording.toml", "<<orderers>>", "<<nowhere>>");
    assert!(error.contains("rules/wording.toml") && error.contains("nowhere"), "{error}");
    assert!(error.contains(&format!("第{line}行第")), "{line}: {error}");
    let (error, _) = broken("rules/luohu-2018/unfair-waiver.toml", "beside = [[", "beside = [[], [");
    assert!(error.contains("beside"), "{error}");
}

#[test]
fn two_packs_of_one_name_are_refused_with_their_place() {
    let head = Dictionaries::embedded().get("rules/consistency/pack.toml").expect("shipped").to_owned();
    let line = head.lines().position(|line| line.starts_with("id = ")).expect("an id") + 1;
    let twice = Dictionaries::embedded().with_file("rules/more/pack.toml", &head);
    let error = Packs::new(&twice).expect_err("refused").to_string();
    assert!(error.contains("rules/more/pack.toml") && error.contains("consistency"), "{error}");
    assert!(error.contains(&format!("第{line}行第1列")), "{error}");
}

#[test]
fn an_example_that_fails_is_told_with_its_place() {
    let name = "rules/luohu-2018/vague-title.toml";
    let dictionaries = Dictionaries::embedded();
    let text = dictionaries.get(name).expect("shipped");
    let added = format!(
        "{text}\n[[miss]]\ntext = \"\"\"\n协议书\n甲方：深圳市甲局\n乙方：乙有限公司\n一、服务。\n\"\"\"\n"
    );
    let line = text.matches('\n').count() + 2;
    let dictionaries = dictionaries.with_file(name, &added);
    let packs = Packs::new(&dictionaries).expect("sound but for the example");
    let bench = super::super::examples::Bench::new(&dictionaries).expect("sound");
    let pack = packs.packs().iter().find(|pack| pack.id == "luohu-2018").expect("shipped");
    let failures = bench.failures(&packs, pack);
    let [failure] = failures.as_slice() else { panic!("{failures:?}") };
    assert_eq!((failure.file.as_str(), failure.place), (name, (line, 1)));
}

#[test]
fn a_pack_without_its_head_and_a_rule_outside_a_pack_are_refused() {
    let rule = Dictionaries::embedded().get("rules/luohu-2018/vague-title.toml").expect("shipped").to_owned();
    for name in ["rules/other/vague-title.toml", "rules/vague-title.toml"] {
        let error = Packs::new(&Dictionaries::embedded().with_file(name, &rule)).expect_err(name).to_string();
        assert!(error.contains("pack.toml"), "{error}");
    }
}
