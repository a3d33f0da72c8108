//! The examples of every rule, run through text, fields and the rule.

use crate::model::{Finding, Outcome};

use super::super::check::{Contract, Verdict};
use super::super::{Example, Rule};
use super::{Bench, given};

/// What a rule answered.
#[derive(Debug, PartialEq)]
enum Answer {
    Hit,
    CannotTell,
    Miss,
}

fn answer(bench: &Bench, rule: &Rule, example: &Example) -> (Answer, String) {
    let text = bench.text(&example.text);
    let extracted = bench.extract(&text, |extracted| {
        extracted.stage = example.stage.unwrap_or(extracted.stage);
        if let Some(date) = example.signed {
            extracted.fields.sign_date = Some(given(date));
        }
    });
    let review = bench.packs.review(&text, &extracted);
    let Some(finding) = review.findings.iter().find(|f| f.rule == rule.slug && f.pack == rule.pack) else {
        return (Answer::Miss, String::new());
    };
    if finding.outcome == Outcome::CannotTell {
        let verdict = Verdict::NothingFound;
        return (Answer::CannotTell, format!("{}{}", finding.message, complaint(example, finding, &verdict)));
    }
    let verdict = rule.check(&Contract::new(&text, &extracted));
    (Answer::Hit, format!("{}{}", finding.message, complaint(example, finding, &verdict)))
}

/// What is not as the example wants it.
fn complaint(example: &Example, finding: &Finding, verdict: &Verdict) -> String {
    let mut problem = String::new();
    if example.severity.is_some_and(|severity| severity != finding.severity) {
        problem.push_str(&format!(" ✗ severity {:?}", finding.severity));
    }
    if example.says.as_ref().is_some_and(|says| !finding.message.contains(says.as_str())) {
        problem.push_str(" ✗ does not say it");
    }
    if let (Some(variant), Verdict::Hits(sightings)) = (&example.variant, verdict)
        && sightings.iter().all(|sighting| sighting.variant != *variant)
    {
        problem.push_str(" ✗ another variant");
    }
    problem
}

#[test]
fn every_example_gets_its_answer() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for rule in bench.packs.list() {
        let sets =
            [(&rule.hit, Answer::Hit), (&rule.miss, Answer::Miss), (&rule.cannot_tell, Answer::CannotTell)];
        for (examples, wanted) in sets {
            for (number, example) in examples.iter().enumerate() {
                let (answer, message) = answer(&bench, rule, example);
                if answer != wanted || message.contains('✗') {
                    wrong.push(format!("{} {wanted:?} {} → {answer:?} {message}", rule.path(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
