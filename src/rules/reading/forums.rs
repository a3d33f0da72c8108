//! Where a contract names the body that settles its disputes (裁判机构).

use crate::model::fields::Dispute;
use crate::model::{Span, Value};

/// Where each forum is named, in the order of the names; every place of the clause where none is told apart.
pub fn forum_places(dispute: &Value<Dispute>) -> Vec<Span> {
    let named = |span: &&Span| span.supports.as_deref() == Some("forum");
    let forums: Vec<_> = dispute.evidence.iter().filter(named).cloned().collect();
    if forums.is_empty() { dispute.evidence.clone() } else { forums }
}
