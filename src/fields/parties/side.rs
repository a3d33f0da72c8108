//! Which party is the government's? By its name, and by roles that say so themselves.

use super::super::lexicon::{Departments, Lexicon};
use crate::model::fields::Side;

/// Does the name say that the party is a government body?
pub fn by_name(departments: &Departments, name: &str) -> Option<bool> {
    if departments.names.iter().any(|known| known == name) {
        return Some(true);
    }
    if departments.not_organs.iter().any(|word| name.contains(word.as_str())) {
        return Some(false);
    }
    let home = departments.home_prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()));
    let organ = departments.organ_suffixes.iter().any(|suffix| name.ends_with(suffix.as_str()));
    let placed = name.contains(['省', '市', '区', '县', '镇']) || name.contains("街道");
    match organ && (home || placed) {
        true => Some(true),
        false if name.ends_with("公司") || name.ends_with('厂') || name.ends_with('店') => Some(false),
        false => None,
    }
}

/// The sides of all parties. Where one is the government's, the others stand against it.
pub fn sides(lexicon: &Lexicon, parties: &[(&[String], Option<&str>)]) -> Vec<Side> {
    let roles = |words: &[String], side: bool| {
        words
            .iter()
            .filter_map(|w| lexicon.marks.role(w))
            .any(|i| lexicon.marks.roles[i].government == Some(side))
    };
    let government: Vec<Option<bool>> = parties
        .iter()
        .map(|(words, name)| match name.and_then(|name| by_name(&lexicon.departments, name)) {
            Some(answer) => Some(answer),
            None if name.is_some() && roles(words, true) => Some(true),
            None => None,
        })
        .collect();
    let any = government.contains(&Some(true));
    government
        .iter()
        .map(|answer| match answer {
            Some(true) => Side::Government,
            _ if any => Side::Counterparty,
            _ => Side::Unknown,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionaries::Dictionaries;

    #[test]
    fn government_bodies_are_known_by_name() {
        let lexicon = Lexicon::new(&Dictionaries::embedded()).expect("valid");
        let government = |name| by_name(&lexicon.departments, name) == Some(true);
        for name in
            ["深圳市罗湖区教育局", "深圳市罗湖区清水河街道办事处", "深圳市罗湖区翠园初级中学", "广东省财政厅"]
        {
            assert!(government(name), "{name}");
        }
        for name in [
            "深圳市知行心理健康促进中心",
            "深圳市罗湖区甲有限公司",
            "广东岭衡律师事务所",
            "郑海川",
            "北京仲裁委员会",
        ] {
            assert!(!government(name), "{name}");
        }
    }

    #[test]
    fn the_other_party_of_a_government_contract_is_the_counterparty() {
        let lexicon = Lexicon::new(&Dictionaries::embedded()).expect("valid");
        let (a, b) = (vec!["甲方".to_owned()], vec!["乙方".to_owned()]);
        let parties = [(a.as_slice(), Some("深圳市罗湖区教育局")), (b.as_slice(), Some("张明"))];
        assert_eq!(sides(&lexicon, &parties), [Side::Government, Side::Counterparty]);
        let private = [(a.as_slice(), Some("甲有限公司")), (b.as_slice(), None)];
        assert_eq!(sides(&lexicon, &private), [Side::Unknown, Side::Unknown]);
    }
}
