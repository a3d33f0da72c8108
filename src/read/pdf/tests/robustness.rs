//! Whatever the bytes, the reader ends with values.

use proptest::prelude::*;

use super::support::*;

fn sample() -> Vec<u8> {
    chinese(&[(60.0, 700.0, "政府采购合同"), (60.0, 680.0, "合同编号：HT-01"), (300.0, 680.0, "正本")])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn changed_bytes_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = sample();
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let (document, result) = read(&bytes);
        prop_assert!(result.is_err() || document.page_count == Some(document.pages.len() as u32));
    }

    #[test]
    fn every_character_has_its_edges(places in prop::collection::vec((0f32..595.0, 600f32..640.0, "[甲乙丙_ 0-9a-z]{1,6}"), 1..12)) {
        let strings: Vec<_> = places.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
        for line in &read(&chinese(&strings)).0.pages[0].lines {
            prop_assert_eq!(line.edges.len(), line.text.chars().count() + 1);
            prop_assert!(line.bbox.x0 <= line.bbox.x1 && line.bbox.y0 < line.bbox.y1);
            prop_assert_eq!(line.text.trim(), line.text.as_str());
        }
    }
}
