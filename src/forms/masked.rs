//! A form without what identifies people (脱敏, 《办法》第十二条), to be shown outside the office.

use super::form::{Entry, Form};
use crate::model::masking;

/// Said on a form whose numbers are hidden.
const REMARK: &str = "脱敏件：证件号码、电话和账号已隐去（《办法》第十二条），仅供查阅，不能填写导回";

impl Form {
    /// The form with identity numbers, telephones and accounts hidden; it cannot be filled in and sent back. `None`
    /// where it is no form any more, which no form comes to.
    pub fn to_masked(&self) -> Option<Self> {
        let mut form: Self = masking::copy(self).ok()?;
        form.masked = true;
        form.remarks.push(REMARK.to_owned());
        form.entries_mut().filter(|entry| is_personal(entry)).for_each(hide);
        Some(form)
    }
}

/// Does the entry hold nothing but such a number? A code of an organisation is none.
fn is_personal(entry: &Entry) -> bool {
    masking::is_personal(entry.path.as_deref().unwrap_or_default())
}

fn hide(entry: &mut Entry) {
    let texts = entry.value.iter_mut().chain(entry.note.as_mut());
    let texts = texts.chain(entry.evidence.iter_mut().map(|span| &mut span.quote));
    texts.for_each(|text| *text = masking::whole(text));
    if let Some(value) = &mut entry.normalised {
        masking::value("phone", value);
    }
}
