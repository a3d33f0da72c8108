//! Where a forum sits, as far as its name and the contract tell.

use super::super::reading::Reading;
use crate::model::Fields;
use crate::model::fields::{DisputeKind, Side, Territory};

/// The territory of a forum.
pub fn of(reading: &Reading<'_>, fields: &Fields, forum: Option<&str>, kind: DisputeKind) -> Territory {
    let Some(name) = forum.filter(|_| !matches!(kind, DisputeKind::None | DisputeKind::Unselected)) else {
        return Territory::Unknown;
    };
    let folded = name.replace('（', "(").replace('）', ")");
    by_dictionary(reading, &folded)
        .or_else(|| by_formula(reading, fields, &folded))
        .unwrap_or_else(|| by_place(reading, &folded))
}

fn by_dictionary(reading: &Reading<'_>, name: &str) -> Option<Territory> {
    let bodies = &reading.lexicon.institutions.body;
    bodies
        .iter()
        .flat_map(|body| body.names().map(move |known| (known, body.territory)))
        .filter(|(known, _)| {
            name == *known || name.chars().count() > 4 && known.chars().count() > 4 && name.contains(*known)
        })
        .max_by_key(|(known, _)| known.len())
        .map(|(_, territory)| territory)
}

/// 甲方所在地法院, 合同签订地法院: home if that place is.
fn by_formula(reading: &Reading<'_>, fields: &Fields, name: &str) -> Option<Territory> {
    let (place, _) = name
        .split_once("所在地")
        .or_else(|| name.split_once("住所地"))
        .or_else(|| name.split_once("签订地"))
        .or_else(|| name.split_once("履行地"))?;
    if name.contains("签订地") {
        let place = fields.sign_place.as_ref().map(|p| p.value.as_str())?;
        return Some(place_of(reading, place));
    }
    let party = fields.parties.iter().find(|party| party.roles().any(|role| place.contains(role)));
    let Some(party) = party else { return Some(Territory::Unknown) };
    let where_it_is = [party.address.as_ref(), party.name.as_ref()];
    let known = where_it_is
        .into_iter()
        .flatten()
        .map(|v| place_of(reading, &v.value))
        .find(|t| *t != Territory::Unknown);
    let own = |name: &str| {
        reading.lexicon.departments.home_prefixes.iter().any(|home| name.contains(home.as_str()))
    };
    let home = party.side == Side::Government && party.name.as_ref().is_some_and(|name| own(&name.value));
    Some(if home { Territory::Home } else { known.unwrap_or(Territory::Unknown) })
}

/// A name that begins with a place: 北京市朝阳区人民法院, 广州仲裁委员会.
fn by_place(reading: &Reading<'_>, name: &str) -> Territory {
    let generic = [
        "当地",
        "有关",
        "人民法院",
        "法院",
        "仲裁委员会",
        "仲裁机构",
        "原告",
        "被告",
        "守约方",
        "工程",
        "项目",
        "不动产",
        "劳动",
        "合同",
        "房屋",
        "物业",
    ];
    if generic.iter().any(|word| name.starts_with(word)) {
        return Territory::Unknown;
    }
    match place_of(reading, name) {
        Territory::Unknown
            if name.ends_with("人民法院") || name.ends_with("仲裁委员会") || name.ends_with("法院") =>
        {
            Territory::Mainland
        }
        territory => territory,
    }
}

fn place_of(reading: &Reading<'_>, text: &str) -> Territory {
    // 香港路 and 澳门路 are streets of mainland cities.
    let outside = reading.lexicon.jurisdictions.outside_mainland(text)
        && !["香港路", "香港中路", "香港东路", "香港西路", "澳门路", "台湾路"]
            .iter()
            .any(|street| text.contains(street));
    if outside && !text.contains("人民法院") {
        return Territory::OutsideMainland;
    }
    if reading.lexicon.institutions.home_places.iter().any(|place| text.contains(place.as_str())) {
        return Territory::Home;
    }
    if text.contains(['省', '市', '县']) || text.contains("自治区") {
        Territory::Mainland
    } else {
        Territory::Unknown
    }
}
