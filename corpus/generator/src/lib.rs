//! Sample contracts of hetong, rendered.
