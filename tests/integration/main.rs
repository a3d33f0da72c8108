//! The one integration binary: linking is what costs, so every suite is a module of it.

mod architecture;
mod archive;
mod commands;
mod corpus;
mod fuzz;
mod hostile;
mod parts;
mod program;
mod scans;
