//! Parties of two languages side by side: 卖方 and Seller are one.

use super::super::lexicon::Label;
use super::blocks::Block;

/// An English word for a party, and the Chinese ones that may stand beside it.
const SAME: &[(&str, &[&str])] = &[
    ("Party A", &["甲方"]),
    ("Party B", &["乙方"]),
    ("Party C", &["丙方"]),
    ("Buyer", &["买方", "买受人", "需方"]),
    ("Buyers", &["买方", "买受人", "需方"]),
    ("Purchaser", &["买方", "采购方", "采购人"]),
    ("Seller", &["卖方", "出卖人", "供方"]),
    ("Sellers", &["卖方", "出卖人", "供方"]),
    ("Supplier", &["供应商", "供方", "卖方"]),
    ("Lessor", &["出租方", "出租人"]),
    ("Landlord", &["出租方", "出租人"]),
    ("Lessee", &["承租方", "承租人"]),
    ("Tenant", &["承租方", "承租人"]),
    ("Client", &["委托方", "委托人", "客户"]),
    ("Licensor", &["许可方"]),
    ("Licensee", &["被许可方"]),
];

/// Gives what is stated under an English word to the party that goes by the Chinese one, as far as it lacks that.
pub fn merge(blocks: &mut Vec<Block>) {
    for (english, chinese) in SAME {
        let goes_by = |block: &Block, word: &str| block.words.iter().any(|known| known == word);
        let Some(from) = blocks.iter().position(|block| goes_by(block, english)) else { continue };
        let to = blocks.iter().position(|block| chinese.iter().any(|word| goes_by(block, word)));
        let Some(to) = to.filter(|to| *to != from) else { continue };
        let statements = std::mem::take(&mut blocks[from].statements);
        let stated: Vec<Label> =
            blocks[to].statements.iter().filter(|s| !s.value.is_empty()).map(|s| s.label).collect();
        blocks[to].statements.extend(statements.into_iter().filter(|s| !stated.contains(&s.label)));
        blocks.remove(from);
    }
}
