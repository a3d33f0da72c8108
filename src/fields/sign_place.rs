//! Place of signing (签订地点).

use std::sync::LazyLock;

use regex::Regex;

use super::Extractor;
use super::draft::Draft;
use super::reading::Reading;
use super::resolve::{Witness, resolve};
use super::scan::{blank, pattern};

/// The place.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "sign_place", about: "签订地点：首部、签署页或“于…在…签订”", run
    };

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同|协议)?(?:签订|签约|签署|订立)(?:地点|地|所在地)(?:\([^()\n]{0,24}\))?(?::|为:?)\t?(?P<place>[^\n\t,。;:、()]{0,40}(?:\([^()\n]{1,12}\))?)",
    )
});
static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同|协议)(?:书)?(?:由[^,。;\n]{0,20})?(?:于|在)(?:[\d年月日_\-.〇零一二三四五六七八九十]{6,20}日?)(?:,)?(?:在|于)(?P<place>[^,。;:\n\t]{2,30}?)(?:签订|签署|订立)",
    )
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut slot = None;
    let mut witnesses = Vec::new();
    for (regex, confidence, method) in
        [(&LABEL, 0.95, "sign-place/label"), (&PROSE, 0.92, "sign-place/sentence")]
    {
        for found in
            reading.captures_all(regex).filter_map(|c| Some((c.get(0)?.range(), c.name("place")?.range())))
        {
            let (whole, place) = found;
            let range = reading.trim(place, &['/', '.', '【', '】', '[', ']']);
            let text = reading.slice(range.clone());
            if blank::is_blank(text) {
                slot = slot.or(Some(whole));
            } else if is_place(text) {
                witnesses.push(Witness::new(reading.written(range.clone()), range, confidence, method));
            }
        }
    }
    draft.fields.sign_place = resolve(reading, witnesses);
    if draft.fields.sign_place.is_none() {
        draft.absent(reading, "sign_place", slot);
    }
}

fn is_place(text: &str) -> bool {
    let prose = ["法院", "有管辖权", "管辖", "双方", "一致", "仲裁"].iter().any(|word| text.contains(word));
    text.chars().count() >= 2 && !prose && !blank::has_placeholder(text)
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn place(source: &str) -> Option<String> {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            draft.fields.sign_place.map(|p| p.value)
        })
    }

    #[test]
    fn places_are_found() {
        let cases = [
            ("签订地点：深圳市罗湖区", "深圳市罗湖区"),
            ("签 订 地 点：深圳市罗湖区文锦中路1008号", "深圳市罗湖区文锦中路1008号"),
            ("签订地点（Place of Signing）：中国深圳市罗湖区", "中国深圳市罗湖区"),
            ("本合同于2022年3月4日在深圳市罗湖区笋岗街道签订，自盖章之日起生效。", "深圳市罗湖区笋岗街道"),
        ];
        for (source, expected) in cases {
            assert_eq!(place(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn what_is_no_place() {
        for source in [
            "签订地点：____________",
            "由合同签订地人民法院管辖",
            "签订地点：____市",
            "本合同于____年__月__日在____签订",
        ] {
            assert_eq!(place(source), None, "{source}");
        }
    }
}
