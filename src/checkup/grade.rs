//! The grade of a contract (体检等级).
//!
//! Formula: 100 points, less 30 for each rule that found a violation (违规), 8 for each that found a risk (风险) and 2 for
//! each that found something to look at (提示); a rule counts once, by its gravest finding, wherever it hits. No fewer than 0.
//!
//! | points | grade |
//! |---|---|
//! | 90–100 | 优 |
//! | 75–89 | 良 |
//! | 60–74 | 中 |
//! | 0–59 | 差 |
//!
//! Classifications (归类) are facts, not faults, and never count. A finding that a person set aside does not count. A rule that
//! cannot tell takes no points off, for nothing is known against the contract; the grade says how many such rules
//! there are (待核), and is withheld (暂不评定) when they are more than a third of those that can take points off and had an answer to give.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Finding, Outcome, Severity};

/// Points that a rule takes off, gravest first.
const POINTS: [(Severity, usize); 3] =
    [(Severity::Violation, 30), (Severity::Risk, 8), (Severity::Notice, 2)];

/// Points from which on each grade is given.
const GRADES: [(usize, Grade); 4] =
    [(90, Grade::Excellent), (75, Grade::Good), (60, Grade::Fair), (0, Grade::Poor)];

/// One open rule for so many rules in all is too many to grade.
const OPEN_SHARE: usize = 3;

/// A contract's grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// 差
    Poor,
    /// 中
    Fair,
    /// 良
    Good,
    /// 优
    Excellent,
}

impl Grade {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Poor => "差",
            Self::Fair => "中",
            Self::Good => "良",
            Self::Excellent => "优",
        }
    }
}

/// Rules by what they found, each counted once by its gravest finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Found a violation (违规).
    pub violations: usize,
    /// Found a risk (风险).
    pub risks: usize,
    /// Found something to look at (提示).
    pub notices: usize,
    /// Classified the contract (归类).
    pub classifications: usize,
    /// Could not tell (待核), and found nothing besides.
    pub cannot_tell: usize,
    /// Findings, not rules, that a person set aside.
    pub suppressed: usize,
}

impl Counts {
    fn of(&self, severity: Severity) -> usize {
        match severity {
            Severity::Violation => self.violations,
            Severity::Risk => self.risks,
            Severity::Notice => self.notices,
            Severity::Classification => self.classifications,
        }
    }
}

/// What a check-up says about one contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Rules by what they found.
    pub counts: Counts,
    /// Points, 0 to 100; `None` where the grade is withheld.
    pub points: Option<usize>,
    /// The grade; `None` where it is withheld.
    pub grade: Option<Grade>,
    /// The arithmetic, or why there is none, in Chinese.
    pub arithmetic: String,
}

impl Assessment {
    /// Assesses findings. `passed` is the number of rules that ran and found nothing; `is_suppressed` says whether a person
    /// set a finding aside.
    pub fn of(findings: &[Finding], passed: usize, is_suppressed: impl Fn(&Finding) -> bool) -> Self {
        let mut gravest: BTreeMap<(&str, &str), Option<Severity>> = BTreeMap::new();
        let mut counts = Counts::default();
        for finding in findings {
            if is_suppressed(finding) {
                counts.suppressed += 1;
                continue;
            }
            let hit = (finding.outcome == Outcome::Hit).then_some(finding.severity);
            let rule = gravest.entry((&finding.pack, &finding.rule)).or_default();
            *rule = (*rule).max(hit);
        }
        for found in gravest.into_values() {
            *match found {
                Some(Severity::Violation) => &mut counts.violations,
                Some(Severity::Risk) => &mut counts.risks,
                Some(Severity::Notice) => &mut counts.notices,
                Some(Severity::Classification) => &mut counts.classifications,
                None => &mut counts.cannot_tell,
            } += 1;
        }
        Self::graded(counts, passed)
    }

    fn graded(counts: Counts, passed: usize) -> Self {
        let answered = passed + POINTS.iter().map(|(severity, _)| counts.of(*severity)).sum::<usize>();
        let open = counts.cannot_tell;
        if answered == 0 || open * OPEN_SHARE > answered + open {
            let arithmetic = format!("{open}条规则待核、{answered}条有结论，待核超过三分之一，暂不评定");
            let arithmetic =
                if answered == 0 { "没有规则得出结论，暂不评定".to_owned() } else { arithmetic };
            return Self { counts, points: None, grade: None, arithmetic };
        }
        let lost: usize = POINTS.iter().map(|(severity, points)| counts.of(*severity) * points).sum();
        let points = 100_usize.saturating_sub(lost);
        let grade = GRADES.iter().find(|(from, _)| points >= *from).map(|(_, grade)| *grade);
        Self { counts, points: Some(points), grade, arithmetic: arithmetic(&counts, points, lost) }
    }

    /// 良（83分）, 良（83分，待核2条）, 暂不评定（待核9条）
    pub fn label(&self) -> String {
        let open = self.counts.cannot_tell;
        let doubt = if open > 0 { format!("待核{open}条") } else { String::new() };
        let (grade, points) = match (self.grade, self.points) {
            (Some(grade), Some(points)) => (grade.label(), format!("{points}分")),
            _ => ("暂不评定", String::new()),
        };
        let said: Vec<String> = [points, doubt].into_iter().filter(|part| !part.is_empty()).collect();
        if said.is_empty() { grade.to_owned() } else { format!("{grade}（{}）", said.join("，")) }
    }
}

/// 100 − 违规1条×30 − 风险1条×8 = 62分
fn arithmetic(counts: &Counts, points: usize, lost: usize) -> String {
    let taken: String = POINTS
        .iter()
        .map(|(severity, each)| (severity.label(), counts.of(*severity), each))
        .filter(|(_, count, _)| *count > 0)
        .map(|(label, count, each)| format!(" − {label}{count}条×{each}"))
        .collect();
    let floor = if lost > 100 { "（不低于0）" } else { "" };
    let open = match counts.cannot_tell {
        0 => String::new(),
        open => format!("；另有待核{open}条，未扣分"),
    };
    format!("100{taken} = {points}分{floor}{open}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: &str, severity: Severity, outcome: Outcome) -> Finding {
        Finding {
            rule: rule.to_owned(),
            pack: "p".to_owned(),
            severity,
            outcome,
            fingerprint: rule.to_owned(),
            basis: Vec::new(),
            message: String::new(),
            why: String::new(),
            suggestion: String::new(),
            evidence: Vec::new(),
        }
    }

    fn assess(findings: &[Finding], passed: usize) -> Assessment {
        Assessment::of(findings, passed, |_| false)
    }

    #[test]
    fn a_rule_counts_once_and_a_classification_never() {
        let findings = [
            finding("a", Severity::Violation, Outcome::Hit),
            finding("b", Severity::Notice, Outcome::Hit),
            finding("b", Severity::Risk, Outcome::Hit),
            finding("b", Severity::Risk, Outcome::Hit),
            finding("c", Severity::Classification, Outcome::Hit),
            finding("d", Severity::Violation, Outcome::CannotTell),
        ];
        let assessment = assess(&findings, 20);
        assert_eq!((assessment.points, assessment.grade), (Some(62), Some(Grade::Fair)));
        assert_eq!(assessment.arithmetic, "100 − 违规1条×30 − 风险1条×8 = 62分；另有待核1条，未扣分");
        assert_eq!(assessment.label(), "中（62分，待核1条）");
    }

    #[test]
    fn a_clean_contract_is_excellent() {
        let assessment = assess(&[], 30);
        assert_eq!(
            (assessment.label().as_str(), assessment.arithmetic.as_str()),
            ("优（100分）", "100 = 100分")
        );
    }

    #[test]
    fn no_grade_where_too_little_is_known() {
        let open: Vec<_> =
            ["a", "b", "c"].iter().map(|rule| finding(rule, Severity::Risk, Outcome::CannotTell)).collect();
        assert_eq!(assess(&open, 5).grade, None);
        assert_eq!(assess(&open, 6).grade, Some(Grade::Excellent));
        assert_eq!(assess(&[], 0).label(), "暂不评定");
    }

    #[test]
    fn what_a_person_set_aside_takes_no_points_off() {
        let findings = [finding("a", Severity::Violation, Outcome::Hit)];
        let assessment = Assessment::of(&findings, 9, |finding| finding.rule == "a");
        assert_eq!((assessment.points, assessment.counts.suppressed), (Some(100), 1));
    }

    #[test]
    fn points_do_not_fall_below_nothing() {
        let many: Vec<_> = ["a", "b", "c", "d", "e"]
            .iter()
            .map(|rule| finding(rule, Severity::Violation, Outcome::Hit))
            .collect();
        let assessment = assess(&many, 9);
        assert_eq!((assessment.points, assessment.grade), (Some(0), Some(Grade::Poor)));
        assert!(assessment.arithmetic.contains("不低于0"));
    }
}
