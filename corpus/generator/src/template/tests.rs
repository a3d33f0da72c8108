use super::*;

const TEMPLATE: &str = r##"about = "a test"
family = "party-lines"
split = "tune"
kind = "contract"
noise = false
slots = """
g = department
c = company 保洁
fee = money 3000..9000 step 10
n = int 12|24
total = = fee * n
sign = date 2021..2024
start = = sign + 5d
end = = start + n:m - 1d
blank = pick yes|no
"""
[truth]
title = "{{g.short}}保洁合同"
type = "service"
parties = ["甲方 g government", "乙方 c counterparty"]
amount = "total total unknown"
term = "start end P{{n}}M"
sign_date = "sign"
[when."blank=yes"]
absent = ["sign_date blank"]
---
# {{g.short}}保洁合同
甲方：{{g.name}}
乙方：{{c.name}}，{{~uscc}}：{{c.uscc}}
期限{{n}}个月，自{{start}}至{{end}}。
费用共{{total}}（大写：{{total|caps}}）。
%if blank=yes
日期：____
%else
日期：{{sign}}
%end
"##;

fn instances_of(template: &str) -> Vec<Instance> {
    let template = Template::parse("test", template).unwrap();
    (0..30).map(|seed| template.instance(seed).unwrap()).collect()
}

#[test]
fn truth_follows_from_the_text() {
    for made in instances_of(TEMPLATE) {
        let blank = made.text.contains("____");
        assert_eq!(made.truth["fields"]["sign_date"].is_null(), blank);
        assert_eq!(made.truth["stage"], if blank { "draft" } else { "signed" });
        assert!(made.truth["fields"]["parties"][1]["uscc"].is_string());
        assert!(made.truth["fields"]["parties"][0]["uscc"].is_null());
        assert!(made.truth["fields"]["amount_in_words"]["raw"].is_string());
    }
}

#[test]
fn the_seed_decides() {
    assert_eq!(instances_of(TEMPLATE), instances_of(TEMPLATE));
    let first = instances_of(TEMPLATE);
    assert!(first.windows(2).all(|pair| pair[0].text != pair[1].text));
}

#[test]
fn a_truth_that_the_text_belies_is_refused() {
    let wrong = TEMPLATE.replace("title = \"{{g.short}}保洁合同\"", "title = \"保安合同\"");
    assert!(Template::parse("t", &wrong).unwrap().instance(0).is_err());
    let untold = TEMPLATE.replace("日期：____", "违约责任").replace("日期：{{sign}}", "违约责任");
    assert!(Template::parse("t", &untold).unwrap().instance(0).is_err());
}
