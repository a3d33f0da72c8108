//! Files that the tests write themselves, read.

mod classes;
mod corpus;
mod damage;
mod documents;
mod layout;
mod signatures;
mod support;
