//! Each kernel against a naive implementation.
