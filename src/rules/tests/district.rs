//! Another district: packs and dictionaries of its own, and nothing of the shipped district left in what the program says.

use crate::dictionaries::Dictionaries;
use crate::model::Outcome;
use crate::model::fields::{Side, Territory};

use super::super::Packs;
use super::examples_bench;

const YUNXI: [(&str, &str); 4] = [
    ("rules/yunxi-2030/pack.toml", include_str!("yunxi/pack.toml")),
    ("rules/yunxi-2030/term-over-five-years.toml", include_str!("yunxi/term-over-five-years.toml")),
    ("rules/yunxi-2030/filing-exempt.toml", include_str!("yunxi/filing-exempt.toml")),
    ("rules/yunxi-2030/forum-outside-district.toml", include_str!("yunxi/forum-outside-district.toml")),
];

/// A shipped file with one stretch replaced.
fn changed(dictionaries: Dictionaries, name: &str, from: &str, to: &str) -> Dictionaries {
    let text = dictionaries.get(name).expect("shipped");
    assert!(text.contains(from), "{name}: {from}");
    let text = text.replacen(from, to, 1);
    dictionaries.with_file(name, &text)
}

/// What the office of the imaginary district puts into its folder of dictionaries.
fn dictionaries() -> Dictionaries {
    let mut dictionaries = YUNXI
        .iter()
        .fold(Dictionaries::embedded(), |dictionaries, (name, text)| dictionaries.with_file(name, text));
    for pack in ["luohu-2018", "luohu-epc-2012"] {
        let id = format!("id = \"{pack}\"\nversion");
        let off = format!("id = \"{pack}\"\nenabled = false\nversion");
        dictionaries = changed(dictionaries, &format!("rules/{pack}/pack.toml"), &id, &off);
    }
    let home = "home_prefixes = [\"江州市云溪区\", \"云溪区\"]\nformer_prefixes = [";
    let dictionaries = changed(dictionaries, "departments.toml", "home_prefixes = [", home);
    let dictionaries = changed(
        dictionaries,
        "institutions.toml",
        "home_places = [\"罗湖\", \"深圳\"]",
        "home_places = [\"云溪\", \"江州\"]",
    );
    // The bodies at home in the shipped district sit elsewhere for this one.
    let institutions = dictionaries.get("institutions.toml").expect("shipped");
    let institutions = institutions.replace("territory = \"home\"", "territory = \"mainland\"");
    dictionaries.with_file("institutions.toml", &institutions)
}

const CONTRACT: &str = "办公楼保洁服务合同
甲方：江州市云溪区教育局
地址：江州市云溪区溪南路1号
乙方：深圳市罗湖区净城环境有限公司
地址：深圳市罗湖区人民南路2号
第一条　服务内容
乙方为甲方提供保洁服务，服务费共计28,000元，由甲方支付。
第二条　服务期限
服务期限为四年，自2031年1月1日起至2034年12月31日止。
第三条　争议解决
协商不成的，向FORUM提起诉讼。
签订日期：2030年12月20日";

#[test]
fn another_district_has_its_own_limits_forums_and_bodies() {
    let dictionaries = dictionaries();
    let packs = Packs::new(&dictionaries).expect("the packs are sound");
    assert_eq!(packs.versions(), ["consistency@7", "national@6", "yunxi-2030@1"]);
    let bench = examples_bench::Bench::new(&dictionaries).expect("the dictionaries are sound");
    for (forum, territory, outside) in [
        ("江州市云溪区人民法院", Territory::Home, false),
        ("甲方所在地人民法院", Territory::Home, false),
        ("深圳市罗湖区人民法院", Territory::Mainland, true),
        ("乙方所在地人民法院", Territory::Mainland, true),
    ] {
        let text = bench.text(&CONTRACT.replace("FORUM", forum));
        let extracted = bench.extract(&text);
        let fields = &extracted.fields;
        assert_eq!(fields.parties.first().map(|party| party.side), Some(Side::Government));
        assert_eq!(
            fields.dispute.as_ref().map(|dispute| dispute.value.territory),
            Some(territory),
            "{forum}"
        );
        let review = packs.review(&text, &extracted);
        let hits: Vec<&str> = review
            .findings
            .iter()
            .filter(|finding| finding.pack == "yunxi-2030" && finding.outcome == Outcome::Hit)
            .map(|finding| finding.rule.as_str())
            .collect();
        assert_eq!(hits.contains(&"forum-outside-district"), outside, "{forum}: {hits:?}");
        assert!(
            hits.contains(&"term-over-five-years") && hits.contains(&"filing-exempt"),
            "{forum}: {hits:?}"
        );
    }
}

#[test]
fn the_code_names_no_district() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut named = Vec::new();
    for entry in walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let is_test = path.components().any(|part| part.as_os_str() == "tests")
            || path.ends_with("sample.rs")
            || path.ends_with("tests.rs");
        if is_test || path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let source = std::fs::read_to_string(path).expect("readable");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in (1..).zip(code.lines()) {
            let told = line.trim_start();
            // Documentation, and the help of the program, may give an example.
            let comment = told.starts_with("//") || path.components().any(|part| part.as_os_str() == "cli");
            if !comment && ["罗湖", "luohu", "深圳市"].iter().any(|word| line.contains(word)) {
                named.push(format!("{}:{number}: {told}", path.display()));
            }
        }
    }
    assert!(named.is_empty(), "{}", named.join("\n"));
}
