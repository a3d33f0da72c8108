//! What Word shows of a DOC is what the blocks say.
