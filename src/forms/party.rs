//! One party's particulars.

use super::reader::Reader;
use super::reading::Reading;
use crate::model::Value;
use crate::model::fields::{Party, PartyKind, Side};

/// A party with its place in the record's list, from 0.
pub(super) struct PartyReader<'a> {
    pub reader: &'a Reader<'a>,
    pub index: usize,
    pub party: &'a Party,
}

impl PartyReader<'_> {
    /// `parties[1].uscc`.
    pub fn path(&self, field: &str) -> String {
        format!("parties[{}].{field}", self.index)
    }

    /// The path at which a person's word on `field` belongs.
    pub fn home(&self, field: &str) -> String {
        match field {
            IDENTITY if goes_by_id(self.party) => self.path("id_number"),
            IDENTITY => self.path("uscc"),
            field => self.path(field),
        }
    }

    fn text(&self, field: &str, value: Option<&Value<String>>) -> Reading {
        self.reader.field(&self.path(field), value, String::clone)
    }
}

/// Stands for the field that a party of its kind is told by: its credit code or its identity number.
pub(super) const IDENTITY: &str = "identity";

/// What the contract calls it (甲方): as sure as the name that it stands with.
pub(super) fn role(party: &PartyReader<'_>) -> Reading {
    let role = party.party.role.as_str();
    if role.is_empty() {
        return party.reader.missing(&party.path("role"));
    }
    let mut reading = Reading::fact(role, role);
    if let Some(name) = &party.party.name {
        reading.confidence = Some(name.confidence);
        reading.evidence.clone_from(&name.evidence);
    }
    reading.noting_doubt(party.reader.limits.review_below)
}

/// Government or counterparty (《办法》第三条). The record gives no probability for it.
pub(super) fn side(party: &PartyReader<'_>) -> Reading {
    let (written, side) = match party.party.side {
        Side::Government => ("政府合同签订主体", Side::Government),
        Side::Counterparty => ("政府合同对方当事人", Side::Counterparty),
        Side::Unknown => return Reading::open("从文字看不出属于哪一方，请填写"),
    };
    let evidence = party.party.name.as_ref().map_or(&[][..], |name| &name.evidence);
    Reading::fact(written, side).resting_on(evidence).noting("由程序判断，请核对")
}

pub(super) fn name(party: &PartyReader<'_>) -> Reading {
    party.text("name", party.party.name.as_ref())
}

/// The credit code of an organisation, the identity number of a person.
pub(super) fn identity(party: &PartyReader<'_>) -> Reading {
    let Party { uscc, id_number, .. } = party.party;
    let by_id = goes_by_id(party.party);
    if by_id { party.text("id_number", id_number.as_ref()) } else { party.text("uscc", uscc.as_ref()) }
}

/// Is the party told by an identity number? One whose kind the text does not tell, by whichever was read.
fn goes_by_id(party: &Party) -> bool {
    match party.kind {
        PartyKind::Person => true,
        PartyKind::Organisation => false,
        PartyKind::Unknown => party.uscc.is_none() && party.id_number.is_some(),
    }
}

pub(super) fn legal_representative(party: &PartyReader<'_>) -> Reading {
    party.text("legal_representative", party.party.legal_representative.as_ref())
}

pub(super) fn address(party: &PartyReader<'_>) -> Reading {
    party.text("address", party.party.address.as_ref())
}

pub(super) fn contact(party: &PartyReader<'_>) -> Reading {
    party.text("contact", party.party.contact.as_ref())
}

pub(super) fn phone(party: &PartyReader<'_>) -> Reading {
    party.text("phone", party.party.phone.as_ref())
}

pub(super) fn bank(party: &PartyReader<'_>) -> Reading {
    party.text("bank", party.party.bank.as_ref())
}

pub(super) fn account(party: &PartyReader<'_>) -> Reading {
    party.text("account", party.party.account.as_ref())
}
