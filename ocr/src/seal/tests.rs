use super::*;

const WIDTH: usize = 827;
const HEIGHT: usize = 1169;

/// White paper of an A4 page at 100 dpi on which `is_red` says what is red.
fn page(is_red: impl Fn(f32, f32) -> bool) -> Picture {
    let pixels = (0..WIDTH * HEIGHT)
        .flat_map(|at| {
            if is_red((at % WIDTH) as f32, (at / WIDTH) as f32) { [205, 40, 45] } else { [250, 249, 246] }
        })
        .collect();
    Picture::from_rgb(WIDTH, HEIGHT, pixels).expect("a picture")
}

/// A ring of radius 83 (42 mm across) with blocks for characters around its upper part.
fn round(x: f32, y: f32, cx: f32, cy: f32) -> bool {
    let (dx, dy) = (x - cx, y - cy);
    let distance = dx.hypot(dy);
    let degrees = dx.atan2(-dy).to_degrees();
    let is_ring = (79.0..83.0).contains(&distance);
    let is_writing =
        (56.0..74.0).contains(&distance) && degrees.abs() < 130.0 && degrees.rem_euclid(20.0) < 12.0;
    is_ring || is_writing
}

fn shapes(picture: &Picture) -> Vec<(SealShape, bool)> {
    let found = find(picture, &mut |_| Vec::new());
    found.iter().map(|seal| (seal.shape, seal.straddles_edge)).collect()
}

#[test]
fn a_round_seal_is_found_where_it_is() {
    let found = find(&page(|x, y| round(x, y, 500.0, 900.0)), &mut |_| Vec::new());
    assert_eq!(found.len(), 1, "{found:?}");
    let wanted = [417.0, 817.0, 583.0, 983.0];
    assert!(
        found[0].bounds.iter().zip(wanted).all(|(edge, wanted)| (edge - wanted).abs() < 4.0),
        "{found:?}"
    );
    assert_eq!(found[0].shape, SealShape::Round);
}

#[test]
fn the_name_is_unrolled_from_its_first_character_to_its_last() {
    let mut lines = Vec::new();
    let seals = find(&page(|x, y| round(x, y, 500.0, 900.0)), &mut |line| {
        lines.push(line.clone());
        "、深圳市罗湖区教育局12".chars().map(|c| (c, 0.9)).collect()
    });
    assert_eq!(seals[0].text, "深圳市罗湖区教育局", "without what stands at its ends");
    let row = lines[0].pixels().chunks_exact(3).skip(lines[0].width() * 30).take(lines[0].width());
    let dark: Vec<bool> = row.map(|pixel| pixel[0] < 128).collect();
    assert_eq!(crate::pieces::runs(&dark, 0).len(), 14, "fourteen blocks stand around the rim");
}

#[test]
fn two_seals_that_touch_are_two() {
    let found = shapes(&page(|x, y| round(x, y, 400.0, 900.0) || round(x, y, 540.0, 930.0)));
    assert_eq!(found, [(SealShape::Round, false); 2]);
}

#[test]
fn a_seal_cut_by_the_edge_is_a_straddle_seal() {
    let found = shapes(&page(|x, y| round(x, y, 815.0, 500.0)));
    assert_eq!(found, [(SealShape::Round, true)]);
}

#[test]
fn ovals_and_squares_are_told_apart() {
    let oval = |x: f32, y: f32| (0.93..1.0).contains(&((x - 400.0) / 80.0).hypot((y - 400.0) / 55.0));
    let square = |x: f32, y: f32| (31.0..36.0).contains(&(x - 300.0).abs().max((y - 800.0).abs()));
    assert_eq!(
        shapes(&page(|x, y| oval(x, y) || square(x, y))),
        [(SealShape::Oval, false), (SealShape::Square, false)]
    );
}

#[test]
fn red_headings_and_rules_are_no_seals() {
    let heading =
        |x: f32, y: f32| (100.0..140.0).contains(&y) && (150.0..680.0).contains(&x) && (x as usize % 50) < 38;
    let rule = |y: f32| (200.0..204.0).contains(&y);
    assert!(shapes(&page(|x, y| heading(x, y) || rule(y))).is_empty());
}

#[test]
fn pictures_without_room_have_none() {
    for (width, height) in [(1, 1), (2, 900), (40, 3)] {
        let red = Picture::from_rgb(width, height, [200, 0, 0].repeat(width * height)).expect("a picture");
        assert!(find(&red, &mut |_| Vec::new()).is_empty(), "{width} x {height}");
    }
}
