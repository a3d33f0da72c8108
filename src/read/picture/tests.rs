//! Pages by their pictures, read by eyes that see what they are told.
