//! Invented names of companies and persons, and the departments of the home district.
//!
//! Companies are put together from syllables; that one of them exists would be chance.

use crate::seed::Random;

const PLACES: [&str; 8] = ["深圳市", "广州市", "东莞市", "佛山市", "惠州市", "珠海市", "中山市", "广东"];
const FIRST: [&str; 24] = [
    "岚", "衡", "朔", "屿", "澜", "启", "云", "沐", "泓", "睿", "嘉", "恒", "卓", "瑞", "擎", "铭", "宏",
    "博", "翎", "禾", "晟", "汇", "凌", "亦",
];
const SECOND: [&str; 24] = [
    "川", "栈", "枢", "岸", "舟", "帆", "达", "信", "联", "远", "图", "峰", "泰", "程", "安", "诺", "源",
    "正", "辰", "桥", "铎", "维", "格", "驰",
];
const TRADES: [&str; 16] = [
    "信息技术",
    "软件",
    "物业管理",
    "建设工程",
    "市政工程",
    "节能科技",
    "教育咨询",
    "数据服务",
    "会展服务",
    "家具制造",
    "餐饮管理",
    "保安服务",
    "环境科技",
    "医疗器械",
    "汽车租赁",
    "文化传播",
];
const FORMS: [&str; 3] = ["有限公司", "股份有限公司", "有限责任公司"];
const SURNAMES: [&str; 32] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何",
    "林", "罗", "高", "梁", "郑", "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹", "曾", "彭",
];
const GIVEN: [&str; 32] = [
    "志", "文", "建", "国", "晓", "海", "雨", "思", "嘉", "明", "俊", "慧", "静", "伟", "立", "春", "永",
    "若", "子", "佳", "宇", "书", "景", "丽", "一", "承", "怀", "清", "维", "锦", "望", "知",
];

/// The home district, as the sample contracts name it.
const DISTRICT: &str = "深圳市罗湖区";
const DEPARTMENTS: [&str; 24] = [
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
    "科技创新局",
    "人力资源局",
    "退役军人事务局",
    "发展和改革局",
    "工业和信息化局",
    "机关事务管理局",
    "文化广电旅游体育局",
    "城市管理和综合执法局",
    "城市更新和土地整备局",
    "政务服务和数据管理局",
    "东门街道办事处",
    "翠竹街道办事处",
    "黄贝街道办事处",
    "莲塘街道办事处",
];

/// The name of a company.
pub(super) fn company(random: &mut Random) -> String {
    words(random, &[&PLACES, &FIRST, &SECOND, &TRADES, &FORMS])
}

/// The name of a person: two or three characters.
pub(super) fn person(random: &mut Random) -> String {
    match random.below(4) {
        0 => words(random, &[&SURNAMES, &GIVEN]),
        _ => words(random, &[&SURNAMES, &GIVEN, &GIVEN]),
    }
}

/// The full name of a department of the home district.
pub(super) fn department(random: &mut Random) -> String {
    format!("{DISTRICT}{}", words(random, &[&DEPARTMENTS]))
}

/// A department's name as folders have it.
pub(super) fn short(department: &str) -> &str {
    department.strip_prefix(DISTRICT).unwrap_or(department)
}

fn words(random: &mut Random, lists: &[&[&str]]) -> String {
    lists.iter().filter_map(|list| random.pick(list)).copied().collect()
}
