//! Contracts of any number with text like that of real ones: words by Zipf's law, whole sentences of the written
//! contracts, names that no dictionary knows, sums, days and numbers. The same seed gives the same contracts.

use std::collections::BTreeMap;
use std::path::Path;

use hetong::model::Record;
use hetong::text::Segmenter;

/// A generator of numbers (splitmix64).
pub struct Seed(pub u64);

impl Seed {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Words in the order of their frequency, and sentences.
pub struct Vocabulary {
    words: Vec<String>,
    /// Sums of 1/rank, to draw a rank by.
    weights: Vec<f64>,
    sentences: Vec<String>,
}

/// Characters that names are made of.
const NAMES: &str = "鹏劭珩砚秋泽霖昊宸沐筠钰翎嵘韬瑾瑜煜珞彧璟骁祺晟曜昱朔澜沁芮珂璐琪琳颖颢翊逸飒懿熙毓";
const TYPES: [(&str, &str); 6] = [
    ("service", "服务合同"),
    ("sale", "买卖合同"),
    ("works", "建设工程合同"),
    ("lease", "租赁合同"),
    ("technology", "技术合同"),
    ("commission", "委托合同"),
];
const DEPARTMENTS: [&str; 12] = [
    "教育局",
    "财政局",
    "民政局",
    "司法局",
    "水务局",
    "住房和建设局",
    "应急管理局",
    "审计局",
    "统计局",
    "信访局",
    "清水河街道办事处",
    "东晓街道办事处",
];
const SUBJECTS: [&str; 12] = [
    "物业管理",
    "电梯维护保养",
    "软件开发",
    "办公家具采购",
    "绿化养护",
    "学生午餐配送",
    "法律顾问",
    "道路修缮",
    "安全保卫",
    "数据采集",
    "空调采购",
    "消防检测",
];

impl Vocabulary {
    /// The words of the written contracts and of the dictionary's list.
    pub fn load(root: &Path, segmenter: &Segmenter) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut sentences = Vec::new();
        for folder in ["corpus/golden", "corpus/tuning/templates"] {
            let files = std::fs::read_dir(root.join(folder)).expect(folder).flatten();
            let mut paths: Vec<_> = files.map(|file| file.path()).collect();
            paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
            paths.sort();
            for path in paths {
                let text = std::fs::read_to_string(&path).expect("a contract");
                // What a template says of itself stands before its text.
                let text = text.split_once("\n---\n").map_or(text.as_str(), |(_, text)| text);
                segmenter.segment(text, |word, _, _| *counts.entry(word.to_owned()).or_default() += 1);
                let parts = text.split(['。', '；', '\n']).map(str::trim);
                sentences
                    .extend(parts.filter(|part| (8..80).contains(&part.chars().count())).map(str::to_owned));
            }
        }
        sentences.retain(|sentence| !sentence.contains(['{', '}', '<', '|']));
        counts.retain(|word, _| !word.contains(['{', '}', '_']));
        let mut words: Vec<(String, usize)> = counts.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut sum = 0.0;
        let weights = (0..words.len()).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        });
        let weights = weights.collect();
        Self { words: words.into_iter().map(|(word, _)| word).collect(), weights, sentences }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    fn word(&self, seed: &mut Seed) -> &str {
        let all = self.weights.last().copied().unwrap_or(1.0);
        let at = (seed.next() >> 11) as f64 / (1_u64 << 53) as f64 * all;
        &self.words[self.weights.partition_point(|sum| *sum < at).min(self.words.len() - 1)]
    }

    fn sentence(&self, seed: &mut Seed, out: &mut String) {
        match seed.below(10) {
            0..4 => out.push_str(seed.pick::<String>(&self.sentences)),
            4 => out.push_str(&format!("联系人{}于{}确认", name(seed, 2), day(seed))),
            5 => out.push_str(&format!("本项费用人民币{}元", thousands(seed.below(9_000_000) + 1_000))),
            _ => {
                for n in 0..6 + seed.below(10) {
                    if n > 0 && n % 6 == 0 {
                        out.push('，');
                    }
                    out.push_str(self.word(seed));
                }
            }
        }
        out.push('。');
    }

    /// A contract with so many pages of some 600 characters.
    pub fn contract(&self, number: usize, pages: usize) -> Contract {
        let mut seed = Seed(number as u64 * 7_919 + 1);
        let (code, kind) = *seed.pick(&TYPES);
        let department = format!("深圳市罗湖区{}", seed.pick(&DEPARTMENTS));
        let counterparty = format!("深圳市{}科技有限公司", name(&mut seed, 3));
        let title = format!("{}{}", seed.pick(&SUBJECTS), kind);
        let amount = seed.below(20_000_000) + 10_000;
        let day = day(&mut seed);
        let mut text =
            format!("{title}\n合同编号：LH-{number:06}\n甲方：{department}\n乙方：{counterparty}\n");
        let mut clause = 0;
        while text.len() < pages * 1_800 {
            clause += 1;
            text.push_str(&format!("第{clause}条 {}\n", self.word(&mut seed)));
            for _ in 0..8 {
                self.sentence(&mut seed, &mut text);
            }
            text.push('\n');
        }
        text.push_str(&format!("签订日期：{day}\n"));
        Contract { number, text, code, kind, department, counterparty, title, amount, day }
    }
}

/// One contract.
pub struct Contract {
    pub number: usize,
    pub text: String,
    code: &'static str,
    kind: &'static str,
    pub department: String,
    pub counterparty: String,
    pub title: String,
    amount: usize,
    day: String,
}

impl Contract {
    /// Its record.
    pub fn record(&self) -> Record {
        let value = |value: serde_json::Value| serde_json::json!({"value": value, "confidence": 1.0, "method": "made", "evidence": []});
        let party = |side: &str, name: &str| serde_json::json!({"role": "甲方", "side": side, "kind": "organisation", "name": value(name.into())});
        let mut kind = value(self.code.into());
        kind["label"] = self.kind.into();
        kind["article5"] = serde_json::json!([]);
        let rule = ["dual-forum", "vague-title", "term-over-five-years"][self.number % 3];
        let finding = serde_json::json!({
            "rule": rule, "pack": "luohu-2018", "severity": "risk", "outcome": "hit", "fingerprint": "",
            "basis": [], "message": "约定不明确", "why": "", "suggestion": "", "evidence": []
        });
        serde_json::from_value(serde_json::json!({
            "schema": "hetong.record/1", "id": format!("{:016x}{:048x}", Seed(self.number as u64).next(), self.number), "document": "", "kind": "contract",
            "part": {"index": 1, "of": 1, "pages": null}, "stage": "signed", "status": "complete", "issues": [],
            "source": {"path": format!("{}.txt", self.number), "media_type": "text/plain", "bytes": 1, "pages": null},
            "pages": [], "seals": [], "absent": [], "passed": [], "not_applicable": [],
            "findings": if self.number.is_multiple_of(2) { vec![finding] } else { Vec::new() },
            "made_by": {"version": "", "dictionaries": "", "packs": [], "models": "", "runtime": ""},
            "fields": {
                "title": value(self.title.as_str().into()),
                "contract_number": value(format!("LH-{:06}", self.number).into()),
                "contract_type": kind,
                "parties": [party("government", &self.department), party("counterparty", &self.counterparty)],
                "amount": value(serde_json::json!({
                    "amount": self.amount.to_string(), "currency": "CNY", "kind": "total", "per": null, "tax": "unknown"
                })),
                "sign_date": value(self.day.as_str().into()),
            }
        }))
        .expect("a record")
    }
}

fn name(seed: &mut Seed, length: usize) -> String {
    let chars: Vec<char> = NAMES.chars().collect();
    (0..length).map(|_| *seed.pick(&chars)).collect()
}

fn day(seed: &mut Seed) -> String {
    format!("20{:02}-{:02}-{:02}", 15 + seed.below(10), 1 + seed.below(12), 1 + seed.below(28))
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
