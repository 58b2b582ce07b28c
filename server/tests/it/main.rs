//! Balie's server through its public functions, every test on SQLite and on PostgreSQL.
//!
//! One program rather than one a room: linking is what takes the time.

#![allow(clippy::unwrap_used, reason = "a test ends where it is not as expected")]

mod support;

mod demo;
mod history;
mod http;
mod instances;
mod letters;
mod live;
mod outbox;
mod races;
mod registration;
mod reset;
mod sessions;
mod sign_in;
mod users;
mod users_list;
