//! Wrong settings: one line that says which and why, the exit code 2, and never a secret.

use crate::support::{Place, Said, Serving};
use std::{fs, process::Command};

/// In every value that nobody may see.
const HUSH: &str = "hush";
const SECRET: &str = "hush 0123456789 0123456789 0123456789";

/// What it can be run with, secrets and all. Each case below spoils one of them.
fn sound() -> Vec<(&'static str, &'static str)> {
    vec![
        ("DATABASE_URL", "sqlite:balie.db"),
        ("BALIE_ADDR", "127.0.0.1:3000"),
        ("BALIE_PUBLIC_URL", "https://balie.example.com"),
        ("BALIE_SMTP_URL", "smtps://balie:hush@mail.example.com"),
        ("BALIE_MAIL_FROM", "Balie <no-reply@balie.example.com>"),
        ("BALIE_SECRET", SECRET),
        ("BALIE_DEV", "0"),
        ("BALIE_SITE", "site"),
        ("BALIE_TIME_ZONE", "Europe/Amsterdam"),
        ("BALIE_PROVIDER_NAME", "Balie"),
        ("BALIE_PROVIDER_CONTACT", "desk@norms.example"),
        ("BALIE_BEHIND_PROXY", "0"),
    ]
}

fn with_sound_settings(place: &Place, arguments: &[&str]) -> Command {
    let mut command = place.bare(arguments);
    command.envs(sound());
    command
}

#[track_caller]
fn refused(command: Command, says: &str) {
    let what = format!("{command:?}");
    let said = Said::by(command);
    let line = said.one_line(2);
    assert!(line.contains(says), "{line}\n{what}");
    assert!(!said.shows(HUSH), "{said:?}\n{what}");
}

#[tokio::test]
async fn sound_settings_serve_and_the_log_holds_no_secret() {
    let place = Place::sqlite();
    let mut serving = Serving::by(&place, |place| with_sound_settings(place, &["serve"])).await;
    assert_eq!(serving.get("/dev/mail").send().await.unwrap().status(), 404, "not in development");
    serving.signal("TERM");
    assert_eq!(serving.in_the_end().code, Some(0));
    let log = fs::read_to_string(place.path("serve.log")).unwrap();
    assert!(log.contains("ready") && !log.contains(HUSH), "{log}");
}

/// An empty variable counts as one that is not set.
const WRONG: &[(&str, &str, &str)] = &[
    ("BALIE_ADDR", "localhost", "BALIE_ADDR is not an address and port"),
    ("BALIE_ADDR", "127.0.0.1", "BALIE_ADDR is not an address and port"),
    ("BALIE_ADDR", "127.0.0.1:99999", "BALIE_ADDR is not an address and port"),
    ("BALIE_ADDR", "nowhere.invalid:3000", "BALIE_ADDR is not an address and port"),
    // Set aside for examples: no machine has it.
    ("BALIE_ADDR", "192.0.2.1:3000", "can't listen on 192.0.2.1:3000"),
    ("BALIE_PUBLIC_URL", "", "BALIE_PUBLIC_URL is missing"),
    ("BALIE_PUBLIC_URL", "not a URL", "BALIE_PUBLIC_URL is not a URL"),
    ("BALIE_PUBLIC_URL", "https://", "BALIE_PUBLIC_URL must be http(s)"),
    ("BALIE_PUBLIC_URL", "balie.example.com", "BALIE_PUBLIC_URL must be http(s)"),
    ("BALIE_PUBLIC_URL", "ftp://balie.example.com", "BALIE_PUBLIC_URL must be http(s)"),
    ("BALIE_PUBLIC_URL", "https://balie.example.com/path", "BALIE_PUBLIC_URL must be http(s)://host[:port] without a path"),
    ("BALIE_PUBLIC_URL", "https://balie.example.com/?query", "BALIE_PUBLIC_URL must be http(s)://host[:port] without a path"),
    ("BALIE_PUBLIC_URL", "https://balie.example.com/#part", "BALIE_PUBLIC_URL must be http(s)://host[:port] without a path"),
    ("BALIE_PUBLIC_URL", "https://balie:hush@balie.example.com", "BALIE_PUBLIC_URL must be http(s)://host[:port] without a path"),
    ("BALIE_PUBLIC_URL", "https://balie.example.com:99999", "BALIE_PUBLIC_URL must be http(s)://host[:port] without a path"),
    ("BALIE_SECRET", "", "BALIE_SECRET is missing"),
    ("BALIE_SECRET", "hush", "BALIE_SECRET is shorter than 32 characters"),
    ("DATABASE_URL", "mysql://balie:hush@host/balie", "DATABASE_URL is neither"),
    ("DATABASE_URL", "hush", "DATABASE_URL is neither"),
    ("DATABASE_URL", "postgres://balie:hush@host:port/balie", "DATABASE_URL is neither"),
    ("DATABASE_URL", "sqlite:balie.db?mode=hush", "DATABASE_URL is neither"),
    ("BALIE_SMTP_URL", "https://balie:hush@mail.example.com", "BALIE_SMTP_URL is not the URL of a mail server"),
    ("BALIE_SMTP_URL", "balie:hush", "BALIE_SMTP_URL is not the URL of a mail server"),
    ("BALIE_SMTP_URL", "", "BALIE_SMTP_URL is missing"),
    ("BALIE_MAIL_FROM", "nobody", "BALIE_MAIL_FROM is not an address"),
    ("BALIE_TIME_ZONE", "Europe/Atlantis", "BALIE_TIME_ZONE is not a time zone"),
    ("BALIE_DEV", "1", "refuses an https public address"),
    ("BALIE_DEV", "yes", "BALIE_DEV is neither 1 (on) nor 0 (off)"),
    ("BALIE_BEHIND_PROXY", "on", "BALIE_BEHIND_PROXY is neither 1 (on) nor 0 (off)"),
    ("BALIE_SITE", "nowhere", "the client is not at nowhere"),
    ("BALIE_SITE", "half", "half/pkg/manifest.txt does not name css"),
];

#[test]
fn wrong_variables_are_one_line() {
    let place = Place::sqlite();
    fs::create_dir_all(place.path("half/pkg")).unwrap();
    fs::write(place.path("half/pkg/manifest.txt"), "js=balie.js\nwasm=balie.wasm\n").unwrap();
    for (name, value, says) in WRONG {
        let mut command = with_sound_settings(&place, &["serve"]);
        command.env(name, value);
        refused(command, says);
    }
    assert!(!place.path("balie.db").exists(), "nothing was begun");
}

/// Nobody can type it, and the guard would know no page as ours.
#[test]
fn every_address_is_no_public_address() {
    let place = Place::sqlite();
    let mut command = place.balie(&["serve"]);
    command.env("BALIE_ADDR", "0.0.0.0:3000");
    refused(command, "BALIE_PUBLIC_URL is missing");
    assert!(!place.path("balie.db").exists(), "nothing was begun");
}

#[test]
fn wrong_flags_are_one_line() {
    let place = Place::sqlite();
    for (arguments, says) in [
        (&["--addr", "localhost"][..], "BALIE_ADDR is not an address and port"),
        (&["healthcheck", "--addr", "localhost"], "BALIE_ADDR is not an address and port"),
        (&["migrate", "--public-url", "balie.example.com"], "BALIE_PUBLIC_URL must be http(s)"),
        (&["demo", "--database-url", "mysql://balie:hush@host/balie"], "DATABASE_URL is neither"),
        (&["--smtp-url", "https://balie:hush@mail.example.com"], "BALIE_SMTP_URL is not the URL of a mail server"),
        (&["--site", "nowhere"], "the client is not at nowhere"),
        (&["--dev"], "refuses an https public address"),
        (&["staff", "add", "--name", "Sophie", "--email", "no address"], "--email can't be used"),
        (&["staff", "add", "--name", " ", "--email", "sophie@balie.example"], "--name can't be used"),
        (&["staff", "add", "--name", "Sophie", "--email", "sophie@balie.example", "--language", "de"], "--language is en or nl"),
    ] {
        refused(with_sound_settings(&place, arguments), says);
    }
    assert!(!place.path("balie.db").exists(), "nothing was begun");
}

#[test]
fn what_it_does_not_know_is_one_line() {
    let place = Place::sqlite();
    for (arguments, says) in [
        (&["open"][..], "'open'"),
        (&["staff"], "subcommand"),
        (&["staff", "remove"], "'remove'"),
        (&["staff", "add", "--name", "Sophie"], "--email"),
        (&["--addr"], "--addr"),
        (&["--secret", SECRET], "'--secret'"),
        (&["serve", "--secret=hush"], "'--secret'"),
    ] {
        refused(with_sound_settings(&place, arguments), says);
    }
}

/// As the program's own source names them, so that none is forgotten here.
fn all_settings() -> Vec<&'static str> {
    let source = include_str!("../../../server/src/config.rs");
    let mut names: Vec<_> = source.split("setting(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), sound().len(), "{names:?}");
    names
}

#[test]
fn every_setting_can_come_from_a_file() {
    let place = Place::sqlite();
    let mut command = place.bare(&["migrate"]);
    for (name, value) in sound() {
        assert!(all_settings().contains(&name), "{name}");
        fs::write(place.path(name), format!("{value}\n")).unwrap();
        command.env(format!("{name}_FILE"), name);
    }
    let said = Said::by(command);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    assert!(place.path("balie.db").exists());
}

#[test]
fn a_file_that_is_not_there_or_stands_beside_its_variable_is_one_line() {
    let place = Place::sqlite();
    for (name, value) in sound() {
        let file = format!("{name}_FILE");
        let mut command = with_sound_settings(&place, &["serve"]);
        command.env_remove(name).env(&file, "nowhere");
        refused(command, &format!("{file}: nowhere can't be read"));

        fs::write(place.path(name), value).unwrap();
        let mut command = with_sound_settings(&place, &["serve"]);
        command.env(&file, name);
        refused(command, &format!("both {name} and {file} are set"));
    }
}

#[test]
fn what_a_file_holds_is_checked_and_not_shown() {
    let place = Place::sqlite();
    for (name, value, says) in WRONG.iter().filter(|(_, value, _)| !value.is_empty()) {
        fs::create_dir_all(place.path("half/pkg")).unwrap();
        fs::write(place.path("half/pkg/manifest.txt"), "js=balie.js\nwasm=balie.wasm\n").unwrap();
        fs::write(place.path("setting"), value).unwrap();
        let mut command = with_sound_settings(&place, &["serve"]);
        command.env_remove(name).env(format!("{name}_FILE"), "setting");
        refused(command, says);
    }
    fs::write(place.path("setting"), [0xff; 40]).unwrap();
    let mut command = with_sound_settings(&place, &["serve"]);
    command.env_remove("BALIE_SECRET").env("BALIE_SECRET_FILE", "setting");
    refused(command, "BALIE_SECRET_FILE: setting can't be read");
}
