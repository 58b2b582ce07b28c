//! What must never reach a browser: transactions, SQL, mail, sessions, jobs, HTTP, the command line. Knows no Leptos.
//!
//! Every public deed takes who is asking as a type ([`callers`]) that only a session can make, works in one [`deed::Deed`], and ends in
//! exactly one `shared::event::Event`.

pub mod callers;
pub mod cli;
pub mod companies;
pub mod config;
pub mod confirming;
pub mod db;
pub mod deed;
pub mod demo;
pub mod desk;
pub mod documents;
pub mod erasing;
pub mod error;
pub mod general_account;
pub mod history;
pub mod http;
mod letters;
pub mod licences;
pub mod links;
pub mod live;
pub mod mail;
pub mod mail_progress;
mod mailing;
pub mod moving;
pub mod my_data;
pub mod newsletter;
pub mod outbox;
pub mod passwords;
pub mod products;
pub mod profile;
pub mod registration;
pub mod requests;
pub mod reset;
pub mod returned;
mod search;
pub mod self_registration;
pub mod sessions;
pub mod sign_in;
pub mod staff;
mod tally;
pub mod users;

pub use desk::Desk;
pub use error::{Error, Result};
