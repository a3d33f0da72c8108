//! Pages that lay askew in the scanner, and rows whose cells run on.

use super::*;

/// The page as it lies askew: its lines rise by so many degrees.
fn askew(page: Page, degrees: f32) -> Page {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (page.width, page.height);
    let turned = |line: &Line| {
        let place = |x: f32, y: f32| {
            let (dx, dy) = (x - width / 2.0, y - height / 2.0);
            (width / 2.0 + dx * cos + dy * sin, height / 2.0 + dy * cos - dx * sin)
        };
        let (middle, half) = ((line.bbox.y0 + line.bbox.y1) / 2.0, line.bbox.height() / 2.0);
        let (left, right) = (place(line.bbox.x0, middle), place(line.bbox.x1, middle));
        let bbox = BBox::new(left.0, left.1.min(right.1) - half, right.0, left.1.max(right.1) + half);
        let edges = line.edges.iter().map(|&edge| place(edge, middle).0).collect();
        Line { bbox, edges, ..line.clone() }
    };
    Page { skew: degrees, lines: page.lines.iter().map(turned).collect(), ..page }
}

#[test]
fn a_slanted_page_reads_like_a_level_one() {
    let mut lines = typeset(&[LONG, "第一条 付款", LONG], 120.0);
    let labels = ["甲方", "深圳市罗湖区某某局", "乙方", "深圳市某某有限公司"];
    lines.extend(labels.iter().zip(0u8..).map(|(text, row)| line(90.0, 420.0 + 60.0 * f32::from(row), text)));
    let level = page(1, lines);
    let expected = composer().compose(&document(vec![level.clone()])).content;
    assert_eq!(expected.lines().count(), 7, "{expected}");
    for degrees in [-3.0, 3.0] {
        assert_eq!(composer().compose(&document(vec![askew(level.clone(), degrees)])).content, expected);
    }
}

#[test]
fn a_label_at_the_margin_has_its_value_in_the_next_line() {
    let mut lines = typeset(&[LONG], 120.0);
    lines.push(line(90.0, 240.0, "需方（甲方）：深圳市罗湖区某某学校    统一社会信用代码："));
    lines.push(line(90.0, 260.0, "12440303JGG3LX553E"));
    let text = composer().compose(&document(vec![page(1, lines)]));
    let folded: Vec<_> = text.folded().lines().collect();
    assert_eq!(folded[1], "需方(甲方):深圳市罗湖区某某学校\t统一社会信用代码:12440303JGG3LX553E");
}

#[test]
fn a_row_of_labels_ends_before_a_further_label() {
    let mut lines = typeset(&[LONG], 120.0);
    lines.push(line(90.0, 240.0, "购货单位：深圳市罗湖区某某中学    签订地点：罗湖区东门街道"));
    lines.push(line(90.0, 260.0, "销货单位：某某教学设备有限公司"));
    let text = composer().compose(&document(vec![page(1, lines)]));
    assert!(text.content.ends_with("\n销货单位：某某教学设备有限公司"), "{}", text.content);
}
