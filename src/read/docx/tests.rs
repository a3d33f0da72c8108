//! What Word shows is what the blocks say.
