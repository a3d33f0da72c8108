//! Is it the name of an organisation or a person? A doubtful one is none.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::{Part, Reading};
use super::super::scan::{blank, pattern};

/// What a name looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Ends as organisations do: 公司, 局.
    Organisation,
    /// A surname and one to three characters.
    Person,
    /// Could be a name.
    Other,
}

static ORGANISATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:公司|集团|企业|厂|店|商行|银行|支行|分行|信用社|合作社|合作联社|局|委员会|委|办公室|办公厅|办|办事处|政府|中心|学校|中学|小学|幼儿园|大学|学院|医院|卫生院|研究院|研究所|设计院|勘察院|事务所|律所|协会|学会|商会|联合会|基金会|促进会|总工会|工会|馆|站|所|药房|药店|酒店|宾馆|餐厅|超市|俱乐部|剧院|队|大队|支队|总队|署|厅|院|处|部|社|场|园|报社|电视台|电台|出版社|工作室|经营部|服务部|合伙\)?|个体工商户\)?|工作站|管理处|业主大会|村|社区|基地|联盟|团|法院|检察院|物业|分局|所)(?:\([^()]{1,20}\))?$|(?i:Ltd\.?|Limited|LLC|Inc\.?|Corp\.?|Corporation|Company|GmbH|LLP|PLC)$",
    )
});
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀赖傅洪丘常竺郗郦郏濮蒯荀璩戢恽庾暨桓宦僧巢寿衣信展阴昝智幸奉植衡富尧闭由";
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "司徒", "上官", "司马", "诸葛", "夏侯", "皇甫", "东方", "尉迟", "公孙", "令狐", "慕容", "端木",
    "南宫", "独孤", "闻人", "澹台", "宇文", "长孙", "钟离", "仲孙", "轩辕", "百里", "呼延", "申屠", "乐正",
    "濮阳", "淳于", "公冶", "公羊", "宗政", "赫连", "闾丘", "西门", "拓跋", "万俟",
];

/// Verbs and particles with which prose begins, not a name.
static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:应|须|需|有权|有义务|负责|不得|不|按|根据|同意|承诺|保证|自|在|于|将|向|为|是|的|提供|支付|指|系|已|可|委托|因|对|与|和|及|或|依|经|如|若|由|以|并|所|享有|承担|双方|均|其|该|本)|[。;!?]|^(?:甲|乙|丙|丁)方|双方|之间|义务|责任|权利|约定",
    )
});
static GUIDANCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[(\[【](?:[^()\[\]【】]*(?:填写|盖章|公章|签章|签字|签名|印章|身份证|证件号|信用代码|法定代表人|负责人|住所|地址|电话|联系人|以下简称|下称|简称|注:|加盖|如有|选填|必填|手写|捺印|全称|甲方|乙方|丙方|采购人|供应商|发包人|承包人|委托方|受托方|以下)[^()\[\]【】]*)[)\]】]?",
    )
});

/// The name in a slot: guidance in brackets cut off, blanks refused.
pub fn clean(reading: &Reading<'_>, slot: Range<usize>) -> Option<Range<usize>> {
    let edges = [',', '。', ';', '、', ':', '.', '"', '“', '”', '/', '-', '—', '\'', '*', '【', '】'];
    let text = reading.slice(slot.clone());
    let line = text.find(['\t', '\n']).filter(|at| !text[..*at].trim().is_empty()).unwrap_or(text.len());
    let mut range = reading.trim(slot.start..slot.start + line, &edges);
    while let Some(found) = GUIDANCE.find(reading.slice(range.clone())) {
        // What stands before the bracket is the name, unless the bracket comes first.
        let cut = if found.start() == 0 {
            range.start + found.end()..range.end
        } else {
            range.start..range.start + found.start()
        };
        range = reading.trim(cut, &edges);
    }
    let range = without_label(reading, without_other_role(reading, before_comma(reading, range)));
    let range = without_address(reading, without_open_bracket(reading, range));
    let text = reading.slice(range.clone());
    let filled = !blank::is_blank(text) && !blank::has_placeholder(text) && !text.contains("__");
    // [合同中心-采购单位名称] is a slot that a system fills.
    let slot = text.starts_with('[') && text.ends_with(']');
    match hidden(reading, &slot_before(reading, &range)) {
        Hidden::Masked(start) if is_organisation(text) => Some(start..range.end),
        Hidden::Open | Hidden::Masked(_) if is_ending(text) => None,
        _ if is_trade(text) => None,
        _ => (filled && !slot && !text.contains(['\n', '\t'])).then_some(range),
    }
}

/// What stands right before a name.
enum Hidden {
    /// Nothing that belongs to it.
    Not,
    /// A blank: ____科技有限公司.
    Open,
    /// Asterisks that hide the name's beginning on purpose, from this place on: ******有限公司.
    Masked(usize),
}

/// So many asterisks hide a name; fewer are a blank.
const MASK: usize = 5;

fn slot_before(reading: &Reading<'_>, name: &Range<usize>) -> Range<usize> {
    let before = reading.slice(0..name.start);
    let kept = before.trim_end_matches(['*', '_', 'X', 'x', '×']);
    kept.len()..name.start
}

fn hidden(reading: &Reading<'_>, before: &Range<usize>) -> Hidden {
    let text = reading.slice(before.clone());
    match text.len() {
        0 => Hidden::Not,
        length if length >= MASK && text.bytes().all(|b| b == b'*') => Hidden::Masked(before.start),
        _ => Hidden::Open,
    }
}

fn is_organisation(text: &str) -> bool {
    ORGANISATION.is_match(text) && !PROSE.is_match(text)
}

/// The end of a name whose beginning is not there: 科技有限公司, 办事处.
fn is_ending(text: &str) -> bool {
    static ENDING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:市|省|区|县|镇)?(?:街道)?(?:[\p{Han}]{2}|[\p{Han}]{4})?(?:股份|集团|责任)?(?:有限)?(?:责任)?公司$|^(?:街道)?(?:办事处|委员会|办公室|[\p{Han}]{0,2}局|公司|中心|医院|学校)$",
        )
    });
    ENDING.is_match(text)
}

/// 科技有限公司: a trade alone names nobody.
fn is_trade(text: &str) -> bool {
    static TRADE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:科技|贸易|实业|发展|建筑|工程|信息|商贸|技术|服务|咨询|管理|设计|文化|传媒|投资|集团|网络|软件)*(?:股份)?有限(?:责任)?公司$",
        )
    });
    TRADE.is_match(text)
}

/// 姓名周德海: the label stands before the name without a mark between.
fn without_label(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let text = reading.slice(range.clone());
    let rest = ["姓名", "名称", "全称"].iter().find_map(|label| text.strip_prefix(label));
    match rest.filter(|rest| matches!(look(rest), Some(Look::Organisation | Look::Person))) {
        Some(rest) => range.end - rest.len()..range.end,
        None => range,
    }
}

/// 甲办公室（主管: the bracket that is cut by the next label is no part of the name.
fn without_open_bracket(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let text = reading.slice(range.clone());
    let open = text.rfind('(').filter(|at| *at > 0 && !text[*at..].contains(')'));
    open.map_or(range.clone(), |at| reading.trim(range.start..range.start + at, &[]))
}

/// Dr. 令美娟: the form of address before a Chinese name.
fn without_address(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    static FORM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.? ?(?P<name>[\p{Han}·]{2,10})$"));
    let found = FORM.captures(reading.slice(range.clone())).and_then(|found| found.name("name"));
    found.map_or(range.clone(), |name| range.start + name.start()..range.end)
}

/// 甲馆与承租方（以下简称乙方）: the name ends before the word for the other party.
fn without_other_role(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let text = reading.slice(range.clone());
    let other = ["与", "和", "及"].iter().filter_map(|joint| {
        let at = text.rfind(joint)?;
        reading.lexicon.marks.role(text[at + joint.len()..].trim()).map(|_| at)
    });
    match other.max() {
        Some(at) if at > 0 => reading.trim(range.start..range.start + at, &[]),
        _ => range,
    }
}

/// 甲有限公司，法定代表人张明，住所…: the name ends where the particulars begin.
fn before_comma(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    if reading.part_at(range.start) != Part::Opening {
        return range;
    }
    let text = reading.slice(range.clone());
    let head = text.find([',', ';', '。']).map(|at| &text[..at]);
    match head.filter(|head| matches!(look(head), Some(Look::Organisation | Look::Person))) {
        Some(head) => range.start..range.start + head.len(),
        None => range,
    }
}

/// What the text looks like, `None` where it cannot be a name.
pub fn look(text: &str) -> Option<Look> {
    let length = text.chars().count();
    if !(2..=60).contains(&length) || text.contains([':', ',', '。', ';', '?', '!']) && !text.is_ascii() {
        return None;
    }
    // 责任 is a word of prose, save in the form of a company.
    let liable = ["有限责任公司", "责任有限公司"].into_iter().find(|form| text.contains(form));
    let company = liable.map(|form| text.replace(form, "公司"));
    let words = company.as_deref().unwrap_or(text);
    if ORGANISATION.is_match(text) && length >= 3 && !PROSE.is_match(words) {
        return Some(Look::Organisation);
    }
    if is_person(text) {
        return Some(Look::Person);
    }
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"类型|编号|号码|名称|日期|签字|盖章|地址|电话|证件|身份证|护照|执照|代码|方式|信息|合同|协议|^(?i:(?:the )?(?:sellers?|buyers?|lessors?|lessees?|party [ab]|clients?|contractors?|suppliers?))$",
        )
    });
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (!PROSE.is_match(text) && !LABEL.is_match(text) && length <= 40 && digits * 2 < length)
        .then_some(Look::Other)
}

/// 于敏 is a name, 于本合同 is none: a word of prose may be a surname where no word of prose goes on behind it.
fn is_prose(text: &str) -> bool {
    let rest = text.strip_prefix(['于', '应', '向', '和', '由', '经']);
    match rest {
        Some(rest) => {
            PROSE.is_match(rest)
                || rest.contains(['方', '当', '付', '是', '日', '签', '后', '前', '乙', '甲', '有', '对'])
        }
        None => PROSE.is_match(text),
    }
}

/// Words that begin like a name and are none.
const NO_PERSONS: &[&str] = &[
    "公章",
    "公司",
    "盖章",
    "签字",
    "单位",
    "单价",
    "单项",
    "地址",
    "电话",
    "方式",
    "方案",
    "时间",
    "时限",
    "成功",
    "管理",
    "包括",
    "关于",
    "相关",
    "安全",
    "平方米",
    "元整",
    "任何",
    "文件",
    "项目",
    "金额",
    "计算",
    "计价",
    "周期",
    "程序",
    "容量",
    "水电",
    "水费",
    "车辆",
    "车牌号",
    "常年",
    "常务",
    "常规",
    "常见",
    "常住",
    "常用",
    "洪水",
];

/// A surname and one to three more characters; 王先生 and 李女士 too; a minority name with ·.
pub fn is_person(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let han = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}');
    if text.contains('·') {
        return characters.len() <= 15 && characters.iter().all(|c| han(c) || *c == '·');
    }
    let double = DOUBLE_SURNAMES.iter().any(|surname| text.starts_with(surname));
    let first = characters.first().is_some_and(|c| SURNAMES.contains(*c));
    let length = if double { 3..=4 } else { 2..=3 };
    characters.iter().all(han)
        && (double || first)
        && (length.contains(&characters.len()))
        && !is_prose(text)
        && !text.ends_with(['部', '室', '局', '办'])
        && !NO_PERSONS.contains(&text)
}

/// Two or three characters in a slot for a person, whatever the surname: 步凡. Not what points elsewhere (另附) or names
/// an office (项目部).
pub fn may_be_person(text: &str) -> bool {
    static ELSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"[部处科室局办司心人方章字名称话址员构位工业户价款期号书表等证法同议会社组班队站店厂院所校馆行]$|[另附待定无见同略详空暂填请应须的及或和与在是不为由]",
        )
    });
    (2..=3).contains(&text.chars().count())
        && text.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        && !PROSE.is_match(text)
        && !ELSE.is_match(text)
}

#[cfg(test)]
mod tests;
