//! The one integration binary: linking is what costs, so every suite is a module of it.

mod architecture;
mod archive;
mod book;
mod cases;
mod commands;
mod corpus;
mod duties;
mod fuzz;
mod hostile;
mod killed;
mod kinds;
mod outputs;
mod parts;
mod program;
mod relevance;
mod sarif;
mod scans;
