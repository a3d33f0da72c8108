//! What a container holds comes out, and what does not is named.
