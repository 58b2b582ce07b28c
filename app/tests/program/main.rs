//! The program `balie` from outside: what it says when it is told something wrong, what its commands do, how it serves and how it ends.
//!
//! Each test has a folder and a database of its own, and none of the variables of whoever runs it.

#![allow(clippy::unwrap_used, reason = "a test ends where it is not as expected")]

mod applying;
mod at_once;
mod callers;
mod commands;
mod compressed;
mod deciders;
mod ending;
mod flood;
mod functions;
mod returning;
mod settings;
mod support;
mod wording;
