//! Invented organisations and persons with their particulars.
//!
//! Names are put together from syllables; that one of them exists would be chance. Codes have right check
//! digits (GB 32100, GB 11643).

use crate::archive::codes;
use crate::seed::Random;

/// An organisation or person with everything that a contract may say of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entity {
    /// Is it a natural person?
    pub(super) person: bool,
    parts: Vec<(&'static str, String)>,
}

impl Entity {
    /// One of its particulars: `name`, `short`, `uscc`, `id`, `rep`, `addr`, `contact`, `phone`, `bank`,
    /// `account`, `mail`, `zip`.
    pub(super) fn part(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(part, _)| *part == name).map(|(_, value)| value.as_str())
    }

    /// An entity of a kind, as slots name them; `word` is a company's trade or a school's kind.
    pub(super) fn draw(kind: &str, word: &str, random: &mut Random) -> Option<Self> {
        let home = "深圳市罗湖区";
        let (name, short, place) = match kind {
            "department" => official(home, &DEPARTMENTS, random),
            "street" => official(home, &STREETS, random),
            "school" => official(home, &SCHOOLS, random),
            "hospital" => official(home, &HOSPITALS, random),
            "institution" => official(home, &INSTITUTIONS, random),
            "elsewhere" => official(random.pick(&ELSEWHERE)?, &DEPARTMENTS, random),
            "company" => company(word, random),
            "owned" => (format!("{home}{}", word), word.to_owned(), home.to_owned()),
            "lawfirm" => law_firm(random),
            "university" => {
                (random.pick(&UNIVERSITIES).copied()?.to_owned(), String::new(), "深圳市南山区".to_owned())
            }
            "hongkong" => hong_kong(random),
            "person" => (person(random), String::new(), (*random.pick(&DISTRICTS)?).to_owned()),
            _ => return None,
        };
        let person = kind == "person";
        Some(Self { person, parts: particulars(kind, name, short, &place, random) })
    }
}

/// Name, short name, place.
type Named = (String, String, String);

fn official(place: &str, names: &[&str], random: &mut Random) -> Named {
    let short = random.pick(names).copied().unwrap_or_default();
    (format!("{place}{short}"), short.to_owned(), place.to_owned())
}

fn company(trade: &str, random: &mut Random) -> Named {
    let place = random.pick(&PLACES).copied().unwrap_or_default();
    let short = words(random, &[&FIRST, &SECOND]);
    let form = random.pick(&FORMS).copied().unwrap_or_default();
    let name = match random.below(6) {
        0 => format!("{short}{trade}（{}）{form}", place.trim_end_matches(['市', '省'])),
        _ => format!("{place}{short}{trade}{form}"),
    };
    (
        name,
        short,
        format!(
            "{place}{}",
            if place == "深圳市" { random.pick(&SEATS).copied().unwrap_or_default() } else { "" }
        ),
    )
}

fn law_firm(random: &mut Random) -> Named {
    let short = words(random, &[&FIRST, &SECOND]);
    let tail = random.pick(&["律师事务所", "（深圳）律师事务所"]).copied().unwrap_or_default();
    let place = random.pick(&["广东", "北京", "上海"]).copied().unwrap_or_default();
    (format!("{place}{short}{tail}"), short, "深圳市福田区".to_owned())
}

fn hong_kong(random: &mut Random) -> Named {
    let short = words(random, &[&FIRST, &SECOND]);
    (format!("{short}（香港）有限公司"), short, "香港九龙".to_owned())
}

fn particulars(
    kind: &str,
    name: String,
    short: String,
    place: &str,
    random: &mut Random,
) -> Vec<(&'static str, String)> {
    let official = matches!(kind, "department" | "street" | "elsewhere");
    let body = match kind {
        _ if official => "11440303",
        "school" | "hospital" | "institution" | "university" => "12440303",
        "lawfirm" => "31440000",
        _ => "91440300",
    };
    let birthday =
        format!("{}{:02}{:02}", 1962 + random.below(38), 1 + random.below(12), 1 + random.below(28));
    let area = random.pick(&["440301", "440304", "430102", "360121", "510107"]).copied().unwrap_or_default();
    vec![
        ("uscc", codes::other_credit_code(body, random).unwrap_or_default()),
        ("id", codes::other_identity_number(&format!("{area}{birthday}0000"), random).unwrap_or_default()),
        ("rep", person(random)),
        ("addr", address(place, random)),
        ("contact", person(random)),
        ("phone", phone(random)),
        ("bank", bank(official, random)),
        ("account", account(random)),
        (
            "mail",
            format!("{}{}@163.com", words(random, &[&["lh", "szgw", "office", "htgl"]]), digits(4, random)),
        ),
        ("zip", format!("5180{}", digits(2, random))),
        ("name", name),
        ("short", short),
    ]
}

/// The name of a person: two or three characters, now and then with a double surname.
pub(super) fn person(random: &mut Random) -> String {
    match random.below(12) {
        0 => words(random, &[&["欧阳", "司徒", "上官", "诸葛"], &GIVEN]),
        1 | 2 => words(random, &[&SURNAMES, &GIVEN]),
        _ => words(random, &[&SURNAMES, &GIVEN, &GIVEN]),
    }
}

fn address(place: &str, random: &mut Random) -> String {
    let road = words(random, &[&ROADS]);
    let number = random.below(480) + 1;
    let tail = match random.below(5) {
        0 => String::new(),
        1 => format!("{}{}层", words(random, &[&BUILDINGS]), random.below(30) + 2),
        2 => format!(
            "{}{}栋{}",
            words(random, &[&BUILDINGS]),
            words(random, &[&["A", "B", "3", "东"]]),
            101 + random.below(900)
        ),
        3 => format!("{}{}室", words(random, &[&BUILDINGS]), 1001 + random.below(1800)),
        _ => format!("附{}号", random.below(9) + 1),
    };
    format!("{place}{road}{number}号{tail}")
}

fn phone(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("1{}{}", words(random, &[&["38", "35", "59", "86", "77", "98"]]), digits(8, random)),
        1 => format!("0755-8{}", digits(7, random)),
        2 => format!("0755-2{}", digits(7, random)),
        _ => format!("（0755）2{}", digits(7, random)),
    }
}

fn bank(official: bool, random: &mut Random) -> String {
    if official && random.below(2) == 0 {
        return "国家金库深圳市罗湖区支库".to_owned();
    }
    words(random, &[&BANKS, &BRANCHES])
}

fn account(random: &mut Random) -> String {
    let length = *random.pick(&[15, 16, 18, 19]).unwrap_or(&16);
    let text = format!("{}{}", 4 + random.below(4), digits(length - 1, random));
    match random.below(4) {
        0 => {
            text.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four)).collect::<Vec<_>>().join(" ")
        }
        _ => text,
    }
}

fn digits(count: usize, random: &mut Random) -> String {
    (0..count).map(|_| char::from(b'0' + random.below(10) as u8)).collect()
}

fn words(random: &mut Random, lists: &[&[&str]]) -> String {
    lists.iter().filter_map(|list| random.pick(list)).copied().collect()
}

const DEPARTMENTS: [&str; 20] = [
    "教育局",
    "卫生健康局",
    "应急管理局",
    "民政局",
    "司法局",
    "财政局",
    "统计局",
    "审计局",
    "住房和建设局",
    "水务局",
    "人力资源局",
    "退役军人事务局",
    "发展和改革局",
    "工业和信息化局",
    "机关事务管理局",
    "文化广电旅游体育局",
    "城市管理和综合执法局",
    "城市更新和土地整备局",
    "政务服务和数据管理局",
    "市场监督管理局",
];
const STREETS: [&str; 8] = [
    "黄贝街道办事处",
    "东门街道办事处",
    "南湖街道办事处",
    "桂园街道办事处",
    "笋岗街道办事处",
    "清水河街道办事处",
    "翠竹街道办事处",
    "东湖街道办事处",
];
const SCHOOLS: [&str; 8] =
    ["螺岭小学", "锦田学校", "布心中学", "水库小学", "景贝小学", "怡景学校", "松泉中学", "教工第二幼儿园"];
const HOSPITALS: [&str; 5] = ["人民医院", "中医院", "妇幼保健院", "慢性病防治院", "疾病预防控制中心"];
const INSTITUTIONS: [&str; 8] = [
    "图书馆",
    "文化馆",
    "建筑工务署",
    "政府采购中心",
    "土地整备事务中心",
    "公共就业服务中心",
    "环境卫生事务中心",
    "档案馆",
];
const ELSEWHERE: [&str; 5] =
    ["深圳市福田区", "深圳市", "惠州市惠阳区", "广西壮族自治区百色市", "深汕特别合作区"];
const UNIVERSITIES: [&str; 4] = ["深圳市鹏湾大学", "岭海大学（深圳）", "粤东理工学院", "华南政法研究院"];
const PLACES: [&str; 10] =
    ["深圳市", "深圳市", "深圳市", "深圳市", "广州市", "东莞市", "北京", "上海", "武汉市", "广东省"];
const SEATS: [&str; 6] = ["福田区", "南山区", "龙岗区", "宝安区", "罗湖区", "龙华区"];
const DISTRICTS: [&str; 4] = ["深圳市罗湖区", "深圳市福田区", "湖南省长沙市岳麓区", "广东省梅州市梅县区"];
const FIRST: [&str; 28] = [
    "盈", "拓", "骏", "翰", "曜", "璟", "乾", "祺", "森", "蓝", "弘", "鼎", "悦", "昇", "粤", "鹏", "中",
    "华", "智", "优", "绿", "广", "南", "天", "金", "思", "新", "众",
];
const SECOND: [&str; 28] = [
    "泽", "业", "通", "隆", "腾", "锐", "恩", "利", "城", "林", "盛", "和", "耀", "捷", "科", "成", "兴",
    "康", "创", "丰", "洁", "合", "航", "诚", "安达", "立方", "之星", "万家",
];
const FORMS: [&str; 5] = ["有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司"];
const SURNAMES: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何",
    "林", "罗", "高", "梁", "郑", "谢", "宋", "于", "温", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟",
    "龙", "万", "段", "雷", "钱", "汤",
];
const GIVEN: [&str; 32] = [
    "鹏", "婷", "亮", "芳", "勇", "霞", "浩", "玲", "斌", "欣", "健", "洁", "凯", "琳", "帆", "敏", "超",
    "莹", "磊", "颖", "德", "荣", "振", "淑", "兆", "桂", "友", "秀", "仲", "淼", "东", "月",
];
const ROADS: [&str; 12] = [
    "深南东路",
    "宝安南路",
    "人民北路",
    "红岭中路",
    "布吉路",
    "爱国路",
    "文锦北路",
    "笋岗东路",
    "梨园路",
    "田贝四路",
    "滨河大道",
    "科苑路",
];
const BUILDINGS: [&str; 8] =
    ["鸿昌广场", "天安国际大厦", "政务办公楼", "嘉宾花园", "粤运大厦", "创意园", "金丰城", "物资大厦"];
const BANKS: [&str; 8] = [
    "中国工商银行",
    "中国建设银行股份有限公司",
    "中国农业银行",
    "招商银行",
    "平安银行",
    "深圳农村商业银行",
    "中国银行",
    "交通银行",
];
const BRANCHES: [&str; 8] = [
    "深圳东门支行",
    "深圳罗湖支行",
    "深圳人民桥支行",
    "深圳红围支行",
    "深圳科技园支行",
    "广州天河支行",
    "深圳布吉支行",
    "深圳八卦岭支行",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_particulars() {
        let mut random = Random::new(3, 9);
        for kind in [
            "department",
            "street",
            "school",
            "hospital",
            "institution",
            "elsewhere",
            "company",
            "owned",
            "lawfirm",
            "university",
            "hongkong",
            "person",
        ] {
            let entity = Entity::draw(kind, "物业管理", &mut random).unwrap();
            assert!(codes::is_credit_code(entity.part("uscc").unwrap()), "{kind}");
            assert!(codes::is_identity_number(entity.part("id").unwrap()), "{kind}");
            assert!(!entity.part("name").unwrap().is_empty());
        }
        assert_eq!(Entity::draw("nobody", "", &mut random), None);
    }
}
