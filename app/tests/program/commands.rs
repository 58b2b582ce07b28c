//! The commands that end by themselves.

use crate::support::{PASSWORD, Place, Said, Serving, on_both};
use std::{
    net::TcpListener,
    process::{Command, Stdio},
    time::Duration,
};

#[test]
fn help_explains_every_command_and_variable() {
    let place = Place::sqlite();
    let help = |arguments: &[&str]| {
        let said = Said::by(place.bare(arguments));
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
        said.out
    };
    let text = help(&["--help"]);
    for command in ["serve", "migrate", "demo", "staff", "healthcheck"] {
        let explained = |line: &str| line.strip_prefix(&format!("  {command} ")).is_some_and(|rest| rest.trim().len() > 10);
        assert!(text.lines().any(explained), "{command} in\n{text}");
    }
    let source = include_str!("../../../server/src/config.rs");
    let settings: Vec<_> = source.split("setting(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(settings.len() > 10, "{settings:?}");
    for variable in settings.iter().chain(&["_FILE", "RUST_LOG"]) {
        assert!(text.contains(variable), "{variable} in\n{text}");
    }
    for flag in ["--email", "--name", "--language"] {
        assert!(help(&["staff", "add", "--help"]).contains(flag), "{flag}");
    }
    assert_eq!(help(&["--version"]), format!("balie {}\n", env!("CARGO_PKG_VERSION")));
}

on_both! {
    async fn migrate_twice_and_two_at_once(place) {
        for _ in 0..2 {
            let said = Said::by(place.balie(&["migrate"]));
            assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
        }
    }

    async fn two_that_start_at_once_on_an_empty_database(place) {
        let start = || place.balie(&["migrate"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        for child in [start(), start()] {
            let said = Said::in_the_end(child, Duration::from_secs(60));
            assert_eq!(said.code, Some(0), "{said:?}");
        }
        assert_eq!(place.people().await, 0);
    }

    async fn demo_refuses_a_database_with_people_in_it(place) {
        let said = Said::by(staff_add(place, "sophie@balie.example"));
        assert_eq!(said.code, Some(0), "{said:?}");
        let said = Said::by(place.balie(&["demo"]));
        assert!(said.one_line(1).contains("needs a database without people"), "{said:?}");
        assert_eq!(place.people().await, 1);
    }

    async fn demo_says_who_can_sign_in_and_refuses_its_own(place) {
        let said = Said::by(place.balie(&["demo"]));
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
        assert!(said.out.contains(PASSWORD) && said.out.contains("anna@vandijk.example"), "{said:?}");
        let people = place.people().await;
        assert!(people > 10);
        Said::by(place.balie(&["demo"])).one_line(1);
        assert_eq!(place.people().await, people);
    }

    async fn staff_add_prints_a_link_that_sets_a_password_once(place) {
        let said = Said::by(staff_add(place, "Sophie@Balie.example"));
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
        let token = token_in(&said.out);
        let serving = Serving::at(place).await;
        assert!(serving.get(&format!("/reset-password/{token}")).send().await.unwrap().text().await.unwrap().contains("new_password"));

        let set = async |password: &str| {
            let form = [("token", token.as_str()), ("new_password", password), ("repeat_password", password)];
            serving.post("/api/set_password", &form).send().await.unwrap().status()
        };
        assert!(!set(PASSWORD).await.is_client_error());
        assert!(set("Gele-Trein-Wolken-58").await.is_client_error(), "it was used");
        let page = serving.get(&format!("/reset-password/{token}")).send().await.unwrap().text().await.unwrap();
        assert!(!page.contains("name=\"new_password\""), "{page}");
        assert!(serving.session_of("sophie@balie.example").await.len() > 40);

        let again = Said::by(staff_add(place, "sophie@balie.example"));
        again.one_line(1);
    }

    async fn staff_add_again_replaces_a_link_that_nobody_used(place) {
        let links: Vec<_> = (0..2).map(|_| token_in(&Said::by(staff_add(place, "sophie@balie.example")).out)).collect();
        assert_ne!(links[0], links[1]);
        let serving = Serving::at(place).await;
        for (link, good) in [(&links[0], false), (&links[1], true)] {
            let page = serving.get(&format!("/reset-password/{link}")).send().await.unwrap().text().await.unwrap();
            assert_eq!(page.contains("name=\"new_password\""), good, "{page}");
        }
        assert_eq!(place.people().await, 1);
    }

    async fn healthcheck_tells_a_server_that_is_ready_from_one_that_is_not(place) {
        let mut serving = Serving::at(place).await;
        let ask = |addr: String| {
            let mut command = place.bare(&["healthcheck"]);
            command.env("BALIE_ADDR", addr);
            Said::by(command)
        };
        let address = serving.address.to_string();
        let said = ask(address.clone());
        assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (Some(0), "", ""));
        // Nobody can reach all addresses of a machine, and yet that is where it may listen.
        assert_eq!(ask(format!("0.0.0.0:{}", serving.address.port())).code, Some(0));

        if place.is_postgres() {
            place.leave().await;
            assert!(ask(address.clone()).one_line(1).contains("not ready"));
        }
        serving.signal("TERM");
        assert_eq!(serving.in_the_end().code, Some(0));
        assert!(ask(address).one_line(1).contains("nothing answers"));
    }
}

#[test]
fn a_database_that_is_not_there_is_one_line_without_its_password() {
    let place = Place::sqlite();
    // A port that was taken a moment ago, and is not any more.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    std::fs::write(place.path("a-file"), "").unwrap();
    for url in [format!("postgres://balie:hush@127.0.0.1:{port}/balie"), "sqlite:a-file/balie.db".into()] {
        let mut command = place.balie(&["migrate"]);
        command.env("DATABASE_URL", &url);
        let said = Said::by(command);
        assert!(said.one_line(1).starts_with("database: "), "{said:?}");
        assert!(!said.shows("hush"), "{said:?}");
    }
}

fn staff_add(place: &Place, email: &str) -> Command {
    let mut command = place.balie(&["staff", "add", "--name", "Sophie Maas", "--email", email]);
    command.env("BALIE_PUBLIC_URL", "http://balie.test");
    command
}

/// The token of the one link that was printed.
#[track_caller]
fn token_in(out: &str) -> String {
    let token = out.strip_prefix("http://balie.test/reset-password/").and_then(|rest| rest.strip_suffix('\n'));
    let token = token.unwrap_or_else(|| panic!("not one link: {out:?}"));
    assert!(token.len() >= 43 && !token.contains(['/', '\n', ' ']), "{token}");
    token.to_owned()
}
