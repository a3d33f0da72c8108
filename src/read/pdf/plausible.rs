//! Does a page's Chinese read like Chinese?
//!
//! A scrambled `ToUnicode` map gives real characters in the wrong places. Two cheap tests tell: characters
//! outside GB 2312 are rare in real text, and real text is full of a few hundred words.

use encoding_rs::GBK;

/// Fewer ideographs than this say nothing about their kind.
const ENOUGH_HANZI: usize = 50;
/// Fewer pairs of ideographs than this say nothing about words.
const ENOUGH_PAIRS: usize = 300;
/// Share of ideographs outside GB 2312 from which text is doubtful (good pages: 99 % are below 0.17).
const RARE: f32 = 0.3;
/// Share of word hits among pairs below which text is no Chinese prose. Of 308 stretches of contracts and
/// regulations the least was 0.17; with their characters permuted the median was 0.002. Lists of names lie
/// between, so the bound is low.
const WORDS: f32 = 0.008;
/// Share of word hits that acquits a page of many rare characters (traditional Chinese).
const ACQUITTED: f32 = 0.05;
/// Bounds on the safe side of those above: between them a page may be either, and its picture decides.
const RARE_DOUBTFUL: f32 = 0.2;
const ENOUGH_PAIRS_TO_DOUBT: usize = 100;
const WORDS_DOUBTFUL: f32 = 0.03;
const ACQUITTED_OF_DOUBT: f32 = 0.1;

/// Counts over a page, in the order of its glyphs.
#[derive(Debug, Default, Clone)]
pub(super) struct Plausibility {
    hanzi: usize,
    rare: usize,
    kana: usize,
    pairs: usize,
    words: usize,
    last: Option<char>,
}

impl Plausibility {
    /// Takes in the next character.
    pub(super) fn add(&mut self, c: char) {
        let before = self.last.take();
        match c {
            '\u{4E00}'..='\u{9FFF}' => {
                self.hanzi += 1;
                self.rare += usize::from(is_rare(c));
                self.last = Some(c);
                if let Some(before) = before {
                    self.pairs += 1;
                    self.words += usize::from(is_word(before, c));
                }
            }
            '\u{3041}'..='\u{30FF}' => self.kana += 1,
            _ => {}
        }
    }

    /// Ideographs seen.
    pub(super) fn hanzi(&self) -> usize {
        self.hanzi
    }

    /// Is it rubbish made of real characters?
    pub(super) fn is_rubbish(&self) -> bool {
        if self.kana * 20 > self.hanzi {
            return false;
        }
        let words = ratio(self.words, self.pairs);
        let rare = self.hanzi >= ENOUGH_HANZI && ratio(self.rare, self.hanzi) > RARE && words < ACQUITTED;
        rare || (self.pairs >= ENOUGH_PAIRS && words < WORDS)
    }

    /// Might it be rubbish, so that it is worth a look at the page's picture? True of rubbish too.
    pub(super) fn is_doubtful(&self) -> bool {
        if self.kana * 20 > self.hanzi {
            return false;
        }
        let words = ratio(self.words, self.pairs);
        let rare = self.hanzi >= ENOUGH_HANZI && ratio(self.rare, self.hanzi) > RARE_DOUBTFUL;
        self.is_rubbish()
            || (rare && words < ACQUITTED_OF_DOUBT)
            || (self.pairs >= ENOUGH_PAIRS_TO_DOUBT && words < WORDS_DOUBTFUL)
    }

    /// The figures, for people.
    pub(super) fn figures(&self) -> String {
        format!(
            "罕用字占比 {:.2}，常用词占比 {:.2}",
            ratio(self.rare, self.hanzi),
            ratio(self.words, self.pairs)
        )
    }
}

fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// Outside the ideograph rows of GB 2312 (first byte B0 to F7, second from A1), as far as GBK shows.
fn is_rare(c: char) -> bool {
    let mut utf8 = [0; 4];
    let (bytes, _, unmappable) = GBK.encode(c.encode_utf8(&mut utf8));
    !matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE]) || unmappable
}

/// Is it on the first level of GB 2312, the 3,755 characters of everyday use?
pub(super) fn is_everyday(first_byte: u8, second_byte: u8) -> bool {
    matches!((first_byte, second_byte), (0xB0..=0xD6, 0xA1..=0xFE) | (0xD7, 0xA1..=0xF9))
}

fn is_word(a: char, b: char) -> bool {
    WORD_LIST.binary_search(&(a, b)).is_ok()
}

/// Pairs that running Chinese of offices and contracts is full of, simplified and traditional.
static WORD_LIST: std::sync::LazyLock<Vec<(char, char)>> = std::sync::LazyLock::new(|| {
    let mut words: Vec<(char, char)> = WORDS_TEXT
        .split_whitespace()
        .filter_map(|word| {
            let mut chars = word.chars();
            chars.next().zip(chars.next())
        })
        .collect();
    words.sort_unstable();
    words
});

const WORDS_TEXT: &str = "
    合同 本合 甲方 乙方 双方 丙方 一方 各方 对方 方式 方法 协议 约定 规定 条款 条件 条例 法律 法规 法院
    责任 义务 权利 违约 损失 赔偿 承担 履行 支付 付款 金额 费用 价格 总价 单价 税率 发票 人民 民币 银行
    账户 账号 开户 公司 有限 责任 单位 部门 机关 政府 采购 供应 项目 工程 建设 施工 设计 监理 服务 货物
    产品 设备 材料 技术 质量 标准 验收 安装 维修 维护 保修 保证 保密 安全 管理 使用 租赁 房屋 土地 面积
    地址 电话 联系 代表 法定 委托 授权 签订 签字 盖章 生效 终止 解除 变更 通知 书面 期限 日期 时间 年度
    工作 人员 员工 劳动 工资 社会 保险 培训 考核 要求 内容 范围 情况 进行 提供 应当 可以 不得 必须 需要
    有权 有关 相关 以及 或者 如果 由于 因此 按照 根据 依据 其他 其中 任何 全部 部分 以上 以下 以内 之日
    日起 日内 之间 第一 第二 第三 一个 个月 一次 我们 他们 这个 没有 不是 自己 问题 中国 国家 全国 北京
    上海 深圳 广东 中华 华人 共和 和国 发展 经济 企业 业务 市场 资金 资产 信息 系统 数据 软件 网络 平台
    文件 资料 附件 清单 编号 名称 数量 规格 型号 备注 合计 姓名 身份 统一 信用 代码 争议 解决 诉讼 仲裁
    协商 管辖 申请 审批 审核 批准 办理 完成 实施 执行 组织 制度 办法 措施 计划 报告 检查 监督 评价 研究
    教育 学校 学生 学习 文化 医院 环境 生产 生活 作为 成为 通过 对于 关于 为了 这些 主要 重要 基本 一般
    具有 包括 负责 处理 确定 明确 同意 交付 运输 包装 转让 抵押 担保 风险 不可 抗力 违反 造成 导致 影响
    合約 雙方 協議 約定 規定 條款 條件 責任 義務 權利 違約 損失 賠償 履行 費用 價格 發票 銀行 帳戶 單位
    項目 工程 設計 服務 產品 設備 質量 標準 驗收 維護 保證 使用 時間 應當 需要 有權 有關 相關 以及 如果
    由於 因此 根據 其他 任何 全部 一個 我們 他們 這個 沒有 問題 中國 國家 發展 經濟 企業 市場 資料 公司";

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Plausibility {
        let mut judged = Plausibility::default();
        text.chars().for_each(|c| judged.add(c));
        judged
    }

    const CLAUSE: &str = "乙方应当按照本合同约定的时间和质量标准完成全部工作，并在验收合格之日起十日内向甲方提交书面报告。\
        甲方收到发票后支付合同金额的百分之三十，任何一方违反约定给对方造成损失的，应当承担赔偿责任。\
        双方因履行本合同发生争议的，协商解决；协商不成的，向甲方所在地有管辖权的人民法院提起诉讼。\
        本合同自双方法定代表人签字并盖章之日起生效，一式四份，双方各执两份，具有同等法律效力。";

    #[test]
    fn a_clause_reads_like_chinese() {
        assert!(!judged(CLAUSE).is_rubbish() && !judged(CLAUSE).is_doubtful());
    }

    #[test]
    fn the_same_characters_permuted_do_not() {
        let mut known: Vec<char> = CLAUSE.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
        known.sort_unstable();
        known.dedup();
        let permuted = |c| known.binary_search(&c).map_or(c, |index| known[(index * 37 + 11) % known.len()]);
        let page: String = CLAUSE.repeat(3).chars().map(permuted).collect();
        assert!(judged(&page).is_rubbish(), "{}", judged(&page).figures());
    }

    #[test]
    fn a_page_half_of_which_is_permuted_is_doubtful() {
        let mut known: Vec<char> = CLAUSE.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
        known.sort_unstable();
        known.dedup();
        let permuted = |c| known.binary_search(&c).map_or(c, |index| known[(index * 37 + 11) % known.len()]);
        let rubbish: String = CLAUSE.repeat(24).chars().map(permuted).collect();
        assert!(judged(&(rubbish + CLAUSE)).is_doubtful());
    }

    #[test]
    fn shifted_code_points_do_not() {
        let shifted: String = CLAUSE.chars().filter_map(|c| char::from_u32(c as u32 + 7)).collect();
        assert!(judged(&shifted).is_rubbish());
    }

    #[test]
    fn a_short_list_of_names_is_left_alone() {
        assert!(!judged("黄晓明李冰冰王宝强赵薇陈坤周迅").is_rubbish());
    }
}
