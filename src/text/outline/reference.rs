//! Numbers at the start of a line that quote a clause instead of beginning one.

use crate::model::text::Numbering;

/// What follows a quoted 第X条.
const AFTER_ARTICLE: &[&str] = &[
    "的",
    "所列",
    "所述",
    "所约",
    "所规",
    "所称",
    "所指",
    "规定",
    "约定",
    "之",
    "中",
    "款",
    "项",
    "内容",
    "第",
    "、第",
    "和第",
    "及第",
    "至第",
    "到第",
    "或第",
    "与第",
    "以及第",
    "-第",
    "~第",
    ",第",
];
/// What follows a quoted （一）.
const AFTER_BRACKET: &[&str] =
    &["项", "款", "的", "所列", "所述", "、(", "至(", "到(", "和(", "或(", "及(", "与("];
/// What follows a quoted 3.2.
const AFTER_DECIMAL: &[&str] =
    &["条", "款", "项", "节", "的", "所列", "所述", "规定", "约定", "、", "至", "和", "或", "及"];
/// Words that begin like a reference and are none.
const WORDS: &[&str] = &[
    "项目", "款项", "条件", "节能", "节水", "节点", "中标", "中国", "中文", "中华", "中止", "和解", "和谐",
    "及时",
];

/// Does the text after a number show that the number is quoted?
pub fn refers_on(numbering: Numbering, after: &str) -> bool {
    let references = match numbering {
        Numbering::Part | Numbering::Chapter | Numbering::Section | Numbering::Article => AFTER_ARTICLE,
        Numbering::ParenthesisedChinese | Numbering::ParenthesisedArabic => AFTER_BRACKET,
        Numbering::Decimal | Numbering::Decimal3 => AFTER_DECIMAL,
        Numbering::Chinese | Numbering::Arabic | Numbering::Circled => return false,
    };
    references.iter().any(|reference| after.starts_with(reference))
        && !WORDS.iter().any(|word| after.starts_with(word))
}
