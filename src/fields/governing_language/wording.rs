//! What a sentence says of the languages of a contract: which ones it names, which one prevails.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::lexicon::Jurisdictions;
use super::super::scan::pattern;

/// What a sentence says.
#[derive(Debug, Default)]
pub struct Wording {
    /// The languages that it names, in order, each once.
    pub languages: Vec<String>,
    /// The one that it gives precedence.
    pub prevails: Option<String>,
    /// Does it give them equal force?
    pub equal: bool,
    /// Does it speak of versions of the contract rather than of a language of work?
    pub versions: bool,
}

/// A language named in a sentence.
struct Mention {
    range: Range<usize>,
    code: String,
    /// One of two that are named in one word (中英文), which neither prevails.
    joint: bool,
}

/// 中英文, 中、葡两种文本: two languages in one word, the second by its first character.
static JOINT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:中|汉)[、/及与和]?(?P<other>\p{Han})(?:文|语|双语|两种|两个|对照)"));
/// 双语签署, two languages that are not named.
static BILINGUAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"双语(?:签署|签订|文本|版本|书写|制作|订立|写成|缮写)"));
/// A language after the first character of whose name its text stands: 英本 is not said, but 葡文本 and 英文本 are.
static TEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:的)?(?:原)?(?:文本|正本|版本|译本|译文|原文|原件|原版|原稿|译稿|文字|条款|合同|协议|书写|撰写|书就|写成|文义|版|本|稿|件|者|表述|措辞|用语|语言)*(?:的|之)?(?:内容|解释|表述|含义|文义|规定|约定|理解|记载)?",
    )
});
/// What stands before a language that is made the measure.
static BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:以|按照?|依照?|据|凭|参照|采|采用|采纳)(?:本?(?:合同|协议)的?|签署的|非|该|其|正本)?$")
});
/// 从中文, 由韩文本决定: the measure without more words.
static FROM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:从|由|采|采用|采纳|依|悉依|概依)$"));
/// What stands behind a language that is made the measure.
static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^,。;]{0,6}?(?:(?:为|作)(?:最终|唯一)?(?:的)?(?:准|主|依归|依据|凭|标准|正式|官方|法定|权威|优先|正本|有效文本|解释依据)|优先|解释|确定|理解|作准)",
    )
});
static ENDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[,。;]|$|决定|确定|解释|的解释)"));
/// What is said of the language that prevails.
static PREVAILS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^[^,。;不非同无前后]{0,10}?(?:优先|占优|居先|高于|优于|为准|(?:具有|享有|有)(?:最终|优先|唯一)[^,。;]{0,6}(?:效力|约束力|解释|地位)",
        r"|居于?(?:支配|主导|优先)|排除|取代|(?:才|方)(?:是|为)|(?:为|是)(?:唯一)?(?:的)?(?:权威|正式|主要|正本|主(?:[,。;]|$)|法定))",
        r"|^\s*(?:language)?\s*(?:version|text|original|translation)?[^,.;]{0,16}?(?:shall|will|should)?\s*(?:prevails?|governs?|controls?|takes? ?precedence|be\s*(?:the)?\s*(?:sole|only|final)|(?:be|is|are)\s*(?:the)?\s*(?:authoritative|governing|controlling))",
    ))
});
/// What is said of a language that does not: 仅供参考, for convenience only.
static INFERIOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^[^,。;]{0,10}?(?:仅供|仅作|仅为|仅用于|从属于|系译文|只供|只作|供[^,。;]{0,4}参考|为辅|为翻译件|为译文|为译本|低于|不具|不得?优先|不应优先|为[^,。;]{0,8}的?翻译)",
        r"|^\s*(?:language)?\s*(?:version|text|translation)?[^,.;]{0,12}?(?:for\s*(?:convenience|reference)|(?:shall|is|will)\s*not\s*(?:be)?\s*(?:binding|prevail))",
    ))
});
/// 仅中文本具有法律约束力.
static ONLY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:仅|只有|唯有|唯)$"));
static BINDS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[^,。;不]{0,6}?(?:具有|有)[^,。;]{0,6}(?:效力|约束力)"));
/// 两种文本不一致之处，以后者为准.
static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:以|按|依|从)(?P<which>前|后)者(?:为准|优先|解释)?|(?P<subject>前|后)者优先")
});
/// 以原文为准.
static ORIGINAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:以|依|按|从)(?:原文|原本|原件)(?:的[^,。;]{1,6})?(?:为准|为据|解释|优先)"));
/// An agreement that the contract denies: 以英文文本为准的约定无效.
static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^,。;\n]{0,12}?(?:的)?(?:任何|一切|所有)?(?:约定|条款|规定|内容|解释|主张|表述|做法)?[^,。;\n]{0,8}(?:无效|不生效|不具有?(?:法律)?(?:效力|约束力)|不予(?:认可|采纳|适用)|不成立|不适用)",
    )
});
/// The same, said before it: 不得约定以英文文本为准, 不应以非中文的文本为优先.
static FORBIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:不得|不应|不能|不可|不再|禁止|并非|而非|不)(?:另行|再)?(?:约定|主张|规定|适用)?(?:其他)?(?:为)?(?:以|按照?|依照?|采用?|从)(?:非)?$",
    )
});
static EQUAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:同等|同样|相同|同具|具备同|等同|一样)(?:的)?(?:真实)?(?:法律)?(?:效力|有效|约束力|证明力|作准|$)|同等|同具|效力(?:相同|等同|一致)|均为(?:有效|正本|正式)|都(?:是|为)(?:有效|正本|正式)|同为|互为|same\s*(?:validity|force|effect|legal)|均有效|都有效|(?:均|都)(?:对[^,。;]{0,8})?(?:具|有)(?:有|备|约束|效)?|两种语言并重|并重|each[^.;]{0,12}original|并行有效|同为正|不分主次|任何一种[^,。;]{0,6}不(?:得|应)?优先|equally?\s*(?:authentic|valid|legal|binding|effective|force)",
    )
});
/// A document beside the contract, or a language of work.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"说明书|技术资料|操作手册|维护手册|论文|证书|界面|课件|教材|产品资料|专有名词|术语|地名|人名|型号|铭牌|讲解|授课|(?:仲裁|工作|培训|服务)语言|样本|检测报告",
    )
});
static CONTRACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"合同|协议|Contract|Agreement"));
static VERSIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"书就|写成|写就|文本|版本|文字|书写|签署|签订|订立|正本|对照|译|版|一式|made\s*in|executed|texts?|versions?",
    )
});
static CLASH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:文本|版本|正本|文字|条款|文版)[^,。;]{0,12}(?:不一致|冲突|歧义|抵触|差异|出入|矛盾|不符|不同|效力|有效|签署)|正本|优先|均具|互为|同为|originals?|(?:文|语)(?:文本|版本)?(?:一样|都|均)|各一式|各[^,。;]{0,3}份",
    )
});

/// Reads one sentence of the folded text.
pub fn read(text: &str, jurisdictions: &Jurisdictions) -> Wording {
    let mentions = mentions(text, jurisdictions);
    let mut languages: Vec<String> = Vec::new();
    for mention in &mentions {
        if !languages.contains(&mention.code) {
            languages.push(mention.code.clone());
        }
    }
    let spoken_of = mentions.iter().any(|mention| !OTHER.is_match(part(text, &mention.range)));
    let of_contract = CONTRACT.is_match(text) && VERSIONS.is_match(text);
    let versions = spoken_of && (of_contract || languages.len() > 1 && CLASH.is_match(text));
    Wording {
        prevails: prevailing(text, &mentions, &languages),
        equal: EQUAL.is_match(text),
        versions,
        languages,
    }
}

/// No sentence names more languages; each costs the sentence around it.
const MANY: usize = 100;

/// The languages that a sentence names, in order.
fn mentions(text: &str, jurisdictions: &Jurisdictions) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for found in JOINT.captures_iter(text).take(MANY) {
        let (Some(whole), Some(other)) = (found.get(0), found.name("other")) else { continue };
        let codes = ["文", "语"].map(|kind| format!("{}{kind}", other.as_str()));
        let Some(code) = codes.iter().find_map(|name| jurisdictions.language_code(name)) else { continue };
        if code != "zh" {
            mentions.extend(["zh", code].map(|code| Mention {
                range: whole.range(),
                code: code.to_owned(),
                joint: true,
            }));
        }
    }
    if let Some(found) = BILINGUAL.find(text).filter(|_| mentions.is_empty()) {
        let of = |code: &str| Mention { range: found.range(), code: code.to_owned(), joint: true };
        mentions.extend([of("zh"), of("xx")]);
    }
    for found in jurisdictions.language.find_iter(text).take(MANY) {
        let Some(code) = jurisdictions.language_code(found.as_str()) else { continue };
        if mentions.iter().any(|m: &Mention| m.joint && m.range.contains(&found.start())) {
            continue;
        }
        let code = if text[..found.start()].ends_with('非') { "xx" } else { code };
        mentions.push(Mention { range: found.range(), code: code.to_owned(), joint: false });
    }
    mentions.sort_by_key(|mention| mention.range.start);
    mentions
}

/// The language that a sentence gives precedence, where it does.
fn prevailing(text: &str, mentions: &[Mention], languages: &[String]) -> Option<String> {
    let spoken_of = |mention: &&Mention| !mention.joint && !OTHER.is_match(part(text, &mention.range));
    let single = || mentions.iter().filter(spoken_of);
    let chosen = single().find(|mention| is_measure(text, mention) || is_first(text, mention));
    let chosen = chosen.map(|mention| mention.code.clone()).or_else(|| by_order(text, mentions));
    chosen.or_else(|| original(text, mentions)).or_else(|| {
        let inferior = single().find(|mention| is_inferior(text, mention))?;
        other_than(&inferior.code, languages)
    })
}

/// 以中文为准, 从中文, 采用中文原文的解释.
fn is_measure(text: &str, mention: &Mention) -> bool {
    let (before, after) = around(text, mention);
    let rest = &after[TEXT.find(after).map_or(0, |noun| noun.end())..];
    let stated =
        BY.is_match(before) && MEASURE.is_match(rest) || FROM.is_match(before) && ENDS.is_match(rest);
    stated
        && !FORBIDDEN.is_match(before)
        && !DENIED.is_match(MEASURE.find(rest).map_or(rest, |m| &rest[m.end()..]))
}

/// 英文文本具有最终约束力, the English version shall prevail.
fn is_first(text: &str, mention: &Mention) -> bool {
    let (before, after) = around(text, mention);
    let rest = &after[TEXT.find(after).map_or(0, |noun| noun.end())..];
    let only = ONLY.is_match(before) && BINDS.is_match(rest);
    let first = PREVAILS.find(rest).is_some_and(|found| !DENIED.is_match(&rest[found.end()..]));
    !BY.is_match(before) && (only || first)
}

/// 译文仅供参考; 不应以非中文的文本为优先.
fn is_inferior(text: &str, mention: &Mention) -> bool {
    let (before, after) = around(text, mention);
    let rest = &after[TEXT.find(after).map_or(0, |noun| noun.end())..];
    INFERIOR.is_match(rest) || FORBIDDEN.is_match(before) && MEASURE.is_match(rest)
}

/// 概以原文为准: the language of which the text was called the original.
fn original(text: &str, mentions: &[Mention]) -> Option<String> {
    let at = ORIGINAL.find(text)?.start();
    let named = |mention: &&Mention| {
        mention.range.end <= at
            && ["原文", "原本", "原件"].iter().any(|noun| text[mention.range.end..].starts_with(noun))
    };
    mentions.iter().find(named).map(|mention| mention.code.clone())
}

/// 前者 and 后者 count what was named.
fn by_order(text: &str, mentions: &[Mention]) -> Option<String> {
    let found = ORDINAL.captures(text)?;
    let which = found.name("which").or(found.name("subject"))?;
    let mut named = mentions.iter().filter(|mention| mention.range.end <= which.start());
    let mention = if which.as_str() == "前" { named.next() } else { named.nth(1) };
    mention.map(|mention| mention.code.clone())
}

/// Of two languages the other one; of several, Chinese beside a foreign one.
fn other_than(code: &str, languages: &[String]) -> Option<String> {
    let mut others = languages.iter().filter(|other| *other != code);
    match (others.next(), others.next()) {
        (Some(other), None) => Some(other.clone()),
        _ => (code != "zh").then(|| "zh".to_owned()),
    }
}

/// The text before and behind a language.
fn around<'a>(text: &'a str, mention: &Mention) -> (&'a str, &'a str) {
    (&text[..mention.range.start], &text[mention.range.end..])
}

/// The part of the sentence, between commas, that a range stands in.
fn part<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    let comma = |c: char| matches!(c, ',' | ':');
    let start = text[..range.start].rfind(comma).map_or(0, |at| at + 1);
    let end = text[range.end..].find(comma).map_or(text.len(), |at| range.end + at);
    &text[start..end]
}
