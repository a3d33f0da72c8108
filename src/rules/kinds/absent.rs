//! Kind `absent`: a clause that a contract should have and that stands nowhere in it.

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::{Compiled, Parameters};

/// The only variant.
const MISSING: &str = "missing";

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Any of these in the body is the clause.
    any: Vec<String>,
}

#[derive(Debug)]
struct Absent {
    any: Regex,
}

/// Compiles a rule of this kind.
pub fn compile(parameters: Parameters<'_>) -> Result<Compiled, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    let any = lexicon.compile(&settings.any)?.ok_or("with.any 为空")?;
    Ok(Compiled {
        check: Box::new(Absent { any }),
        variants: [(MISSING.to_owned(), &[] as &[_])].into_iter().collect(),
    })
}

impl Check for Absent {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        if self.any.is_match(contract.text.folded_body()) {
            return Verdict::Passed;
        }
        match contract.unread() {
            Some(unread) => Verdict::cannot_tell(format!("{unread}，可能在其中"), Vec::new()),
            None => Verdict::hit(Sighting::new(MISSING, Vec::new())),
        }
    }
}
