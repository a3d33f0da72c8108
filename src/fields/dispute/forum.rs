//! Courts and arbitral bodies in a stretch of text.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::Reading;
use super::super::scan::{blank, pattern};
use super::excluded::excluded;
use super::known;
use crate::model::fields::DisputeKind;

/// A court or an arbitral body, or only the way (申请仲裁, 提起诉讼).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forum {
    /// Court or arbitration.
    pub kind: DisputeKind,
    /// Shadow bytes of the name, or of the word for the way.
    pub range: Range<usize>,
    /// Is a body named, by name or formula?
    pub named: bool,
    /// Arbitration of labour disputes, which the statute puts before a suit.
    pub labour: bool,
    /// Does a slot before it stand open, or struck out: 向____人民法院, 向/仲裁委员会?
    pub open: bool,
}

impl Forum {
    /// Longer names tell more; the earliest of equals wins by the caller's order.
    pub fn rank(&self) -> (usize, std::cmp::Reverse<usize>) {
        (self.range.len().min(60), std::cmp::Reverse(self.range.start))
    }
}

static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[\p{Han}()]{2,24}_{1,16})?[\p{Han}()A-Za-z]{0,36}?(?P<kind>(?:人民|基层|中级|高级|最高)?法院|法庭|仲裁委员会(?:[\p{Han}]{2,6}分会)?|国际仲裁院|仲裁院|国际仲裁中心|仲裁中心|仲裁法院|仲裁委|仲裁机构|仲裁机关|仲裁部门|仲裁庭|仲裁协会|贸仲[\p{Han}]{0,6}分会)",
    )
});
static WAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<a>(?:提交|申请|提请|进行|通过|以|采取|采用|选择|请求|可|或)[^,。;\n]{0,4}仲裁|仲裁(?:解决|方式))|(?P<c>(?:提起|提出|进行|通过|以|采取|采用|选择|或|可|应当?)[^,。;\n]{0,6}(?:诉讼|起诉)|诉讼解决|诉讼方式)",
    )
});
/// A court that enforces, secures or reviews an award is no second forum.
static AUXILIARY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[^。;,]{0,12}(?:强制执行|申请执行|执行|撤销|保全|不予执行|承认)"));
/// Words that speak about proceedings, not about the choice of them.
static COURSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:、|或者?|和|及)?(?:诉讼|仲裁)?(?:期间|过程|费|时效|程序|规则|地|员|语言|裁决|文书|结果|庭|通知|请求|请|标的|保全|代理|协议|条款|事项|案件|中|阶段|判决|活动|的期间|进行期间|之?外)",
    )
});
/// Words that bring a forum in; what stands behind the last of them is its name.
static STRONG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^.*(?:提交至|提交给|提交到|提交由|提交|提请|交由|递交|报请|诉至|起诉至|起诉到|上诉至|上交|选择|选定|约定由|确定由|同意由|向|由)",
    )
});
/// The same where no stronger word is there. 在 is a part of 所在地.
static WEAK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^.*(?:申请|约定|同意|即|至|到|为|是|归|给|依法|应当|可以|均可|有权|应|均|或者|或|也|亦|请|去|找|付诸|交付|[^移提递转外易]交|[^际]经|属|服从|诉请|诉诸|诉|将争议|就上|[^所]在)|^在",
    )
});
static QUALIFIER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:依法)?(?:具有|有)?(?:司法)?管辖权[的之]?|有权管辖[的之]?|(?:依法)?享有管辖权[的之]?|当事人|任何一方|任一方|双方|一方|甲乙双方|合同|本|的|该|此|其)+",
    )
});

/// What a court or tribunal has done or will do, which is no choice of it: 法院判决作出之前, 法院的生效判决.
static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:依法)?(?:的|作出的?|做出的?|出具的?)?(?:生效|终审|最终|有效)*(?:的)?(?:判决|裁定|裁决|调解)(?:书|作出|做出|生效|结果|确定|认定|之?前|之?后)|^(?:的|作出的?|做出的?|出具的?)(?:生效|终审|最终|有效)+(?:的)?(?:判决|裁定|法律文书|文书)|^(?:依法)?另有(?:判决|裁定|裁决|规定)|^(?:依法)?(?:判决|裁定)(?:由|承担|的|另|为准|支持|除外)",
    )
});

/// So many bodies and ways of one stretch are looked at: each costs the sentence around it.
const MOST: usize = 60;

/// All forums in a stretch, in order; those that it rules out are none.
pub fn forums(reading: &Reading<'_>, range: Range<usize>) -> Vec<Forum> {
    let text = reading.slice(range.clone());
    let mut found: Vec<Forum> = Vec::new();
    for capture in BODY.captures_iter(text).take(MOST) {
        let (Some(whole), Some(word)) = (capture.get(0), capture.name("kind")) else { continue };
        let forum = body(reading, range.start, text, whole.range(), word.range());
        if let Some(forum) = forum.filter(|forum| !excluded(text, forum.kind, forum.range.end)) {
            let other_name = |last: &Forum| is_other_name(reading, range.start, last, &forum);
            if !found.last().is_some_and(other_name) {
                found.push(moved(forum, range.start));
            }
        }
    }
    for (name, kind) in known::find(reading, text) {
        let place = range.start + name.start..range.start + name.end;
        let inside = |f: &Forum| f.range.start < place.end && place.start < f.range.end;
        if !found.iter().any(inside) && !excluded(text, kind, name.end) {
            found.push(Forum { kind, range: place, named: true, labour: false, open: false });
        }
    }
    found.sort_by_key(|forum| forum.range.start);
    let bodies = found.clone();
    for capture in WAY.captures_iter(text).take(MOST) {
        let Some(whole) = capture.get(0) else { continue };
        let rest = &text[whole.end()..];
        let kind = if capture.name("a").is_some() { DisputeKind::Arbitration } else { DisputeKind::Court };
        if COURSE.is_match(rest) || is_auxiliary(text, whole.end()) || excluded(text, kind, whole.end()) {
            continue;
        }
        let inside = |f: &Forum| {
            f.range.start <= range.start + whole.start() && range.start + whole.end() <= f.range.end
        };
        if !bodies.iter().any(inside)
            && !text[whole.end()..].starts_with("委")
            && !text[whole.end()..].starts_with("机构")
        {
            let labour =
                text.contains("劳动争议") || text.contains("劳动仲裁") || text.contains("劳动人事争议");
            // 向/仲裁委员会提请仲裁: the way of a body whose slot is open.
            let open = bodies.iter().any(|f| {
                let between = text.get((f.range.end - range.start).min(whole.start())..whole.start());
                f.open
                    && f.kind == kind
                    && between.is_some_and(|between| !between.contains(['。', ';', '\n']))
            });
            found.push(moved(Forum { kind, range: whole.range(), named: false, labour, open }, range.start));
        }
    }
    found
}

/// 北京仲裁委员会/北京国际仲裁中心, 深圳国际仲裁院（深圳仲裁委员会）: one body by two names.
fn is_other_name(reading: &Reading<'_>, base: usize, last: &Forum, forum: &Forum) -> bool {
    let own = base + forum.range.start..base + forum.range.end;
    let joint = match reading.body.get(last.range.end..own.start).unwrap_or("") {
        // 甲方所在地人民法院/乙方所在地人民法院 are two.
        "/" => {
            let names = [reading.slice(last.range.clone()), reading.slice(own)];
            let bodies = &reading.lexicon.institutions.body;
            bodies.iter().any(|body| names.iter().all(|name| body.names().any(|known| known == *name)))
        }
        between => matches!(between, "(" | "(即" | "(又名" | "(原" | "(现" | "(亦称" | "(又称" | "(原名"),
    };
    joint && last.kind == forum.kind && last.named && forum.named
}

fn moved(forum: Forum, by: usize) -> Forum {
    Forum { range: forum.range.start + by..forum.range.end + by, ..forum }
}

fn is_auxiliary(text: &str, end: usize) -> bool {
    AUXILIARY.is_match(&text[end..])
}

fn body(
    reading: &Reading<'_>,
    base: usize,
    text: &str,
    whole: Range<usize>,
    word: Range<usize>,
) -> Option<Forum> {
    let kind = if text[word.clone()].contains("仲裁") || text[word.clone()].contains("贸仲") {
        DisputeKind::Arbitration
    } else {
        DisputeKind::Court
    };
    let arbitral_court = text[word.clone()].contains("仲裁法院");
    let kind = if arbitral_court { DisputeKind::Arbitration } else { kind };
    let behind = &text[whole.end..];
    let rules = behind.starts_with("规则")
        || behind.starts_with("仲裁规则")
        || behind.starts_with("机构仲裁规则")
        || text[word.clone()] == *"仲裁庭";
    if rules || kind == DisputeKind::Court && (enforces(text, &whole) || OUTCOME.is_match(behind)) {
        return None;
    }
    let whole_end = whole.end;
    let name = name_in(text, whole);
    let labour = text[name.clone()].contains("劳动") || text[name.clone()].contains("人事争议");
    let inner = &text[name.clone()];
    // 争议解决方式和管辖法院 is a heading.
    let heading =
        ["纠纷", "争议", "解决", "管辖", "诉讼", "仲裁或", "法律"].iter().any(|word| inner.starts_with(word));
    // (甲方/乙方)所在地人民法院: nobody has said whose.
    let open = inner.contains(')') && !inner.contains('(') && text[..name.start].ends_with(['/', '、', '或']);
    // _深圳市福田区_人民法院: a slot that is filled has a line before and behind what fills it.
    let filled = inner.replace('_', "");
    let underlined = text[..name.start].ends_with('_');
    let slot = inner.rfind('_').filter(|_| !underlined).map(|at| name.start + at + 1..name.end);
    let unfilled = slot.as_ref().is_some_and(|rest| !has_open_slot(reading, base, text, rest));
    let blank =
        unfilled || blank::has_placeholder(&filled) || heading || text[whole_end..].starts_with("名称");
    if open {
        return Some(Forum { kind, range: word, named: false, labour, open: false });
    }
    let name = slot.unwrap_or(name);
    let open = has_open_slot(reading, base, text, &name);
    let named = !open && !is_cut(text, &name);
    (!name.is_empty() && !blank).then_some(Forum { kind, range: name, named, labour, open })
}

/// So many blanks before the word for a body are a slot that nobody filled.
const SLOT: usize = 3;

/// Does nothing but an open slot stand before the word for a body: 向　　　人民法院, 向____人民法院, 向/仲裁委员会?
fn has_open_slot(reading: &Reading<'_>, base: usize, text: &str, name: &Range<usize>) -> bool {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:人民法院|法院|(?:地方|基层)人民法院|仲裁委员会|仲裁委|仲裁机构|仲裁院)$")
    });
    let bare = WORD.is_match(&text[name.clone()]);
    let before = text[..name.start].trim_end();
    let marked = before.ends_with(['_', '×', '*', 'X', 'x'])
        || before.strip_suffix('/').is_some_and(|lead| !lead.ends_with("法院") && !lead.ends_with("仲裁"));
    bare && (marked || name.start > 0 && reading.indent(base + name.start) >= SLOT && !before.is_empty())
}

/// 在需方所在地人民 / 法院诉讼解决: the end of a name whose beginning stands on the line above.
fn is_cut(text: &str, name: &Range<usize>) -> bool {
    let above = text[..name.start].strip_suffix('\n').and_then(|above| above.chars().next_back());
    matches!(&text[name.clone()], "法院" | "仲裁委员会" | "仲裁院" | "仲裁委")
        && above.is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

/// 一方不履行裁决的，另一方可以向法院申请强制执行.
fn enforces(text: &str, whole: &Range<usize>) -> bool {
    let sentence_start = text[..whole.start].rfind(['。', ';', '\n']).unwrap_or(0);
    let before = &text[sentence_start..whole.end];
    let about_award = ["不履行", "拒不履行", "保全", "撤销", "强制执行", "裁决后", "生效裁决", "裁决生效"]
        .iter()
        .any(|w| before.contains(w));
    let sues = text[whole.end..].chars().take(14).collect::<String>();
    is_auxiliary(text, whole.end) || about_award && !sues.contains("起诉") && !sues.contains("诉讼")
}

/// The name without the words before it: 向有管辖权的 … .
fn name_in(text: &str, whole: Range<usize>) -> Range<usize> {
    let mut range = whole;
    let inner = &text[range.clone()];
    let lead = STRONG.find(inner).or_else(|| WEAK.find(inner));
    range.start += lead.filter(|lead| lead.end() < inner.len()).map_or(0, |lead| lead.end());
    // 任何一方所在地 is a formula, 任何一方 before a court's name is not a part of it.
    let formula = |rest: &str| {
        ["所在地", "住所地", "所在", "签订地", "履行地"].iter().any(|word| rest.starts_with(word))
    };
    if let Some(lead) = QUALIFIER.find(&text[range.clone()]) {
        let start = range.start + lead.end();
        range.start = if formula(&text[start..]) { range.start } else { start };
    }
    // 以临江市人民法院为第一审管辖法院, 交广州仲裁委员会裁决; not 以色列, 交口县.
    let verb = text[range.clone()].strip_prefix(['以', '交', '送']);
    let place = |rest: &&str| ["色列", "口县", "城县", "通"].iter().any(|end| rest.starts_with(end));
    range.start += verb.filter(|rest| !place(rest)).map_or(0, |rest| range.len() - rest.len());
    // 提请____深圳国际仲裁院____: the line of the slot stands before what fills it.
    range.start += text[range.clone()].len() - text[range.clone()].trim_start_matches('_').len();
    let bracket = text[range.clone()].len() - text[range.clone()].trim_start_matches(['(', ')']).len();
    range.start + bracket..range.end
}

/// The forum's name as written, without 有管辖权的.
pub fn name(reading: &Reading<'_>, forum: &Forum) -> String {
    without_jurisdiction(&reading.written(forum.range.clone())).replace('_', "")
}

/// 甲方所在地有管辖权的人民法院 → 甲方所在地人民法院
pub fn without_jurisdiction(name: &str) -> Cow<'_, str> {
    static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:的)?(?:依法)?(?:具有|享有|有)(?:司法)?管辖权[的之]?|(?:的)?有权管辖[的之]?|依法")
    });
    INSIDE.replace_all(name, "")
}
