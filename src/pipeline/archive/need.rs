//! What has to be done about a content that the store may know.

use super::RunOptions;
use crate::engine::Fingerprints;
use crate::model::Status;
use crate::store::DocumentState;

/// What has to be done about a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    Nothing,
    Review,
    Analysis,
    Pages,
    Reading,
}

impl Need {
    pub(super) fn of(state: Option<&DocumentState>, current: &Fingerprints, options: &RunOptions) -> Self {
        let Some(state) = state else { return Self::Reading };
        let failed = state.status != Status::Complete.as_str();
        if options.reread || !current.is_current_reading(&state.read_by) || (options.retry_failed && failed) {
            Self::Reading
        } else if state.analysed_by != current.analysis {
            Self::Analysis
        } else if state.ruled_by != current.rules {
            Self::Review
        } else {
            Self::Nothing
        }
    }
}
