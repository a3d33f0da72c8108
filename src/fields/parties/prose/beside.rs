//! What stands right behind the word for a party, with no label before it: its name, its bank, whom it appoints, who is
//! to be reached, where notices go.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::super::lexicon::Label;
use super::super::super::scan::pattern;
use super::super::name::{self, Look};
use super::super::particulars::has_form;

/// The name of an organisation right behind the word for the party: 甲方深圳市甲局与….
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<name>[\p{Han}A-Za-z]{2,30}?(?:\([\p{Han}]{2,8}\)[\p{Han}]{0,20}?)?(?:公司|局|委员会|办公室|办事处|政府|中心|学校|中学|小学|幼儿园|大学|学院|医院|保健院|研究院|事务所|协会|学会|基金会|馆|署|工作站|分行|支行|合作社))(?:[(,。;]|与|和|及|就|于|委托|经|在|为|根据|依|本着|达成|双方|共同|签|订|以|因|同意|向|现|$)",
    )
});
/// 乙方在某银行开立的账户: the bank before the account.
static OPENED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^,。;:方]{0,8}?(?:在|于)(?P<bank>[^,。;:]{2,30}(?:银行|支行|分行|信用社|营业部|金库|支库|分理处))(?:开立|开设|设立)的?[^,。;:]{0,8}?(?:账户|帐户)?",
    )
});
/// 甲方指定易小岚为本项目联系人: the contact before the word for one.
static APPOINTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:现|特)?(?:指定|指派|委派|安排|确定|授权)(?:其)?(?P<name>[\p{Han}·]{2,4}?)(?:\([^()\n]{0,40}\))?(?:同志|先生|女士)?(?:作为|为|担任|任)[^,。;:\n]{0,16}?(?:联系人|联络人|对接人|联络员|经办人)|^(?:指定|指派|委派|安排)(?P<other>[\p{Han}·]{2,4}?)(?:\([^()\n]{0,40}\))?负责[^,。;:\n(]{0,8}?(?:联系|联络|对接)",
    )
});

/// The name with which a text begins; behind a whole word, after a colon or none.
pub(super) fn glued(text: &str, whole: bool) -> Option<Range<usize>> {
    let bare = if whole {
        text.trim_start_matches([')', ':']).trim_start_matches(['为', '是', '系'])
    } else {
        text
    };
    let name = GLUED.captures(bare)?.name("name")?;
    let lead = text.len() - bare.len();
    (name.as_str().chars().count() >= 5 && name::look(name.as_str()) == Some(Look::Organisation))
        .then_some(lead + name.start()..lead + name.end())
}

/// The bank at which an account is said to be, and where that is said.
pub(super) fn opened(text: &str) -> Option<(Range<usize>, usize)> {
    let found = OPENED.captures(text)?;
    Some((found.name("bank")?.range(), found.get(0)?.end()))
}

/// The contact whom a party appoints, and where that is said.
pub(super) fn appointed(text: &str) -> Option<(Range<usize>, usize)> {
    let found = APPOINTS.captures(text)?;
    let name = found.name("name").or(found.name("other"))?;
    name::is_person(name.as_str()).then(|| Some((name.range(), found.get(0)?.end()))).flatten()
}

/// The person and the telephone number that stand right behind the word for a party: 联系方式：甲方秦霞25666132.
pub(super) fn reachable(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    static REACHABLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[:为]?(?P<name>[\p{Han}·]{2,4}?)(?:先生|女士|老师|同志)?[,、(:/]{0,2}(?:(?:联系)?电话|手机)?:?(?P<phone>1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{7})(?:\D|$)",
        )
    });
    let found = REACHABLE.captures(text)?;
    let (person, phone) = (found.name("name")?, found.name("phone")?);
    let named = name::is_person(person.as_str()) || name::may_be_person(person.as_str());
    named.then(|| (person.range(), phone.range()))
}

/// 函件按下列地点送达：甲方，深圳市…号；乙方，…: the address right behind the word for the party.
pub(super) fn addressed(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?.strip_prefix([',', ':'])?;
    let lead = text.get(text.floor_char_boundary(from.saturating_sub(NOTICE))..from)?;
    let told = ["送达", "地址", "地点", "邮寄", "寄往", "寄至"].iter().any(|word| lead.contains(word));
    let near = rest.get(..rest.floor_char_boundary(NOTICE.min(rest.len())))?;
    let end = near.find([',', ';', '。', '\n', '\t']).unwrap_or(near.len());
    let place = near.get(..end)?;
    (told && place.chars().count() <= 60 && has_form(Label::Address, place)).then(|| {
        let start = text.len() - rest.len();
        start..start + end
    })
}

/// So many bytes before an address the clause says that notices go there.
const NOTICE: usize = 400;
