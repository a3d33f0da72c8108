//! Whatever is asked: no panic, and quoting and excluding are exact.

use super::*;

/// Many short texts over few characters, in several segments: every phrase has near misses.
fn crowd() -> (&'static Shelf, &'static [String]) {
    static CROWD: OnceLock<(Shelf, Vec<String>)> = OnceLock::new();
    let (shelf, texts) = CROWD.get_or_init(|| {
        let chars = ['物', '业', '服', '务', '合', '同'];
        let char_at = |n: usize| chars[n * n / 7 % chars.len()];
        let text = |n: usize| (0..6).map(|i| char_at(n * (i + 3) + i * i)).collect::<String>();
        let texts: Vec<String> = (0..120).map(text).collect();
        let shelf = Shelf::of(&[]);
        for (part, some) in texts.chunks(40).enumerate() {
            let entries = some.iter().enumerate().map(|(n, text)| {
                let mut entry = record(&format!("{:03}", part * 40 + n));
                entry.source.path = String::new();
                (entry, text.as_str())
            });
            shelf.put(&entries.collect::<Vec<_>>());
        }
        (shelf, texts)
    });
    (shelf, texts)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_question_panics(query in "[物业服务合同违约金a1.（）\"“ ：:非或-]{1,12}") {
        static SHELF: OnceLock<Shelf> = OnceLock::new();
        let shelf = SHELF.get_or_init(|| Shelf::of_texts(&["物业服务合同，违约金a1-1.5。\n业务合 同金"]));
        let _ = shelf.index.search(&query, &SearchOptions::default());
    }

    #[test]
    fn quoting_and_excluding_are_exact(with in "[物业服务合同]{1,2}", without in "[物业服务合同]{1,3}") {
        let (shelf, texts) = crowd();
        let options = SearchOptions { limit: 200, ..SearchOptions::default() };
        let answer = shelf.index.search(&format!("“{with}” -“{without}”"), &options).expect("answered");
        let mut found: Vec<usize> = answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
        found.sort_unstable();
        let wanted = |text: &String| text.contains(&with) && !text.contains(&without);
        let expected: Vec<usize> = (0..texts.len()).filter(|&n| wanted(&texts[n])).collect();
        let leaked = found.iter().any(|&n| texts[n].contains(&without));
        proptest::prop_assert!(!leaked);
        proptest::prop_assert!(answer.relaxed.is_some() || found == expected);
        proptest::prop_assert_eq!(answer.relaxed.is_some(), expected.is_empty());
    }

    #[test]
    fn any_part_of_a_text_is_found_by_quoting_it(start in 0_usize..40, length in 1_usize..20) {
        static SHELF: OnceLock<Shelf> = OnceLock::new();
        const CONTENT: &str = "深圳市罗湖区住房和建设局与中标人签订本市政道路养护合同期限三年自签订之日起生效一式陆份甲方执肆份";
        let shelf = SHELF.get_or_init(|| Shelf::of_texts(&[CONTENT]));
        let part: String = CONTENT.chars().skip(start).take(length).collect();
        if !part.is_empty() {
            let answer = shelf.ask(&format!("“{part}”"));
            proptest::prop_assert!(answer.relaxed.is_none() && answer.total == 1, "{}", part);
            proptest::prop_assert!(marked(&answer.hits[0].passages[0]).contains(&part));
        }
    }
}
