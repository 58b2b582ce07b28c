//! Balie's server through its public functions, every test on SQLite and on PostgreSQL.
//!
//! One program rather than one a room: linking is what takes the time.

#![allow(clippy::unwrap_used, reason = "a test ends where it is not as expected")]

mod support;

mod across_companies;
mod addresses;
mod answered;
mod answering_several;
mod beginning;
mod companies;
mod demo;
mod documents;
mod erasing;
mod general_account;
mod history;
mod history_page;
mod http;
mod instances;
mod joining;
mod last_administrator;
mod letters;
mod licences;
mod live;
mod mail_progress;
mod moving;
mod my_data;
mod newsletter;
mod outbox;
mod own_sessions;
mod products;
mod profile;
mod races;
mod races_of_administrators;
mod races_of_answers;
mod races_of_moving;
mod races_of_registration;
mod races_of_requests;
mod redirected_mail;
mod registration;
mod requests;
mod reset;
mod self_registration;
mod sessions;
mod sign_in;
mod standards;
mod stopped_halfway;
mod sweeps;
mod users;
mod users_bulk;
mod users_change;
mod users_export;
mod users_list;
