//! P7: what somebody gets of their own data, and what they don't.

use crate::{
    erasing,
    support::{ANNA, BRAM, CARLA, COMPANY, PASSWORD, TestDesk, decline, form, from_address, on_both},
};
use serde_json::{Value, json};
use server::{
    callers::Anyone,
    desk::digest,
    documents, moving, my_data, newsletter, profile, requests,
    sessions::{self, Token, Visitor},
    sign_in::sign_in,
    users,
};
use shared::{AccountId, newsletter::NewsletterForm, profile::ProfileForm, users::UserForm};
use std::collections::BTreeSet;

const NORA: &str = "nora@vandijk.example";
const REASON: &str = "For the sluice at Terneuzen";
const ANSWER: &str = "Not before the budget of spring";
/// Of somebody else.
const OTHERS: &str = "For a quay that is nobody's business";

const KEYS: [&str; 17] = [
    "about",
    "access",
    "account",
    "applications",
    "contact_of",
    "documents_opened",
    "format",
    "history",
    "known_as",
    "links",
    "mail",
    "mail_about_me",
    "memberships",
    "newsletters",
    "requests",
    "sessions",
    "successions_asked",
];

/// Nobody else comes from there.
fn from_home() -> Anyone {
    Anyone { agent: "Zeilboot/7.1".into(), ..from_address(77) }
}

async fn arrives(desk: &TestDesk) -> (Token, Visitor) {
    let token = sign_in(desk, &from_home(), NORA, PASSWORD).await.unwrap();
    let visitor = sessions::find(desk, &token, from_home()).await.unwrap().unwrap();
    (token, visitor)
}

/// As text, and parsed.
async fn download(desk: &TestDesk, visitor: &Visitor) -> (String, Value) {
    let text = my_data::download(desk, &visitor.person().unwrap()).await.unwrap();
    let data = serde_json::from_str(&text).unwrap();
    (text, data)
}

/// Somebody who has used all of it, beside others who did the same.
struct Life {
    account: AccountId,
    token: Token,
    visitor: Visitor,
}

async fn life(desk: &TestDesk) -> Life {
    let scene = desk.scene().await;
    let dirk = desk.offshore().await;
    let account = desk.account(NORA, "Nora Blom").await;
    desk.membership(COMPANY, account, "user").await;
    let (token, visitor) = arrives(desk).await;
    let (person, member) = (visitor.person().unwrap(), visitor.member(COMPANY).unwrap());
    let details = ProfileForm { name: "Nora Blom".into(), phone: "+31 10 555 01 77".into(), country: "NL".into(), language: "en".into() };
    profile::save(desk, &person, &details).await.unwrap();
    let has = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
    let marine = desk.product(&scene.staff, "Marine", &[]).await;
    let wants = desk.licence(&scene.staff, COMPANY, marine, |_| {}).await;
    desk.give(&scene.anna, has, account).await.unwrap();
    documents::open(desk, &member, desk.document("NEN 1").await).await.unwrap();
    let declined = requests::ask_licence(desk, &member, wants, REASON).await.unwrap();
    desk.decide(&scene.bram, &decline(ANSWER), declined).await.unwrap();
    requests::ask_licence(desk, &scene.carla, wants, OTHERS).await.unwrap();
    newsletter::subscribe(desk, &person).await.unwrap();
    let written = NewsletterForm {
        subject_en: "News of the quay".into(),
        text_en: "Read this.".into(),
        subject_nl: "Nieuws".into(),
        text_nl: "Lees dit.".into(),
    };
    let letter = newsletter::create(desk, &scene.staff, &written).await.unwrap();
    newsletter::send(desk, &scene.staff, letter, 1).await.unwrap();
    // U1: what another company wrote about her is hers to know.
    users::add(desk, &dirk, &UserForm { phone: "+31 10 555 01 88".into(), ..form(NORA, "Mevrouw N.") }).await.unwrap();
    desk.mail_goes_out().await;
    Life { account, token, visitor }
}

/// Where the person's texts stand in the file, by the table that they stand in; or why they stand there and not in the file.
const PLACES: [(&str, Result<&str, &str>); 13] = [
    ("account", Ok("account")),
    ("application", Ok("applications")),
    ("company", Ok("contact_of")),
    ("history", Ok("history")),
    ("known_as", Ok("known_as")),
    ("letter", Ok("mail")),
    ("link", Ok("links")),
    ("membership", Ok("memberships")),
    ("request", Ok("requests")),
    ("session", Ok("sessions")),
    ("dev_mail", Err("what was sent, on a developer's machine only")),
    ("returned", Err("a form on its way back, for a minute")),
    ("sign_in_guard", Err("a hash that counts wrong passwords; that it locks is in `account`")),
];

/// Every key below this one, written as `docs/my-data.md` writes it.
fn keys_in(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                keys_in(value, &if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, found);
            }
        }
        Value::Array(entries) => entries.iter().for_each(|entry| keys_in(entry, path, found)),
        _ => {
            found.insert(path.to_owned());
        }
    }
}

/// Of a list, what stands under a key.
fn all_of<'a>(list: &'a Value, key: &str) -> Vec<&'a Value> {
    list.as_array().unwrap().iter().map(|one| &one[key]).collect()
}

on_both! {
    async fn it_is_all_there(desk) {
        let life = life(desk).await;
        let before = desk.dump().await;
        let (text, data) = download(desk, &life.visitor).await;
        assert_eq!(desk.dump().await, before, "looking is no deed");
        assert!(text.contains("\n  \"account\": {"), "people read it too");
        let mut keys: Vec<&str> = data.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, KEYS);
        assert_eq!(data["format"]["name"], "balie-my-data");
        assert_eq!(data["format"]["version"], 1);
        assert!(data["format"]["made_at"].as_str().unwrap().ends_with('Z'));

        let account = &data["account"];
        assert_eq!(account["number"], life.account.to_string());
        let details = json!([account["username"], account["name"], account["telephone"], account["country"], account["language"]]);
        assert_eq!(details, json!([NORA, "Nora Blom", "+31 10 555 01 77", "NL", "en"]));
        assert!(account["newsletter_since"].is_string());
        assert_eq!(all_of(&data["memberships"], "company"), [10001, 10002]);
        assert_eq!(all_of(&data["memberships"], "state"), ["active", "invited"]);
        assert_eq!(data["memberships"][1]["name_given"], "Mevrouw N.");
        assert_eq!(all_of(&data["access"], "product"), ["Eurocodes"]);
        let request = &data["requests"][0];
        assert_eq!([&request["what"], &request["state"], &request["reason"], &request["answer"]], ["Marine", "declined", REASON, ANSWER]);
        assert_eq!(all_of(&data["documents_opened"], "number"), ["NEN 1"]);
        assert_eq!(all_of(&data["newsletters"], "subject"), ["News of the quay"]);
        assert_eq!(all_of(&data["sessions"], "network_address"), ["192.0.2.77"]);
        assert_eq!(all_of(&data["sessions"], "browser"), ["Zeilboot/7.1"]);
        let mut mail: Vec<_> = all_of(&data["mail"], "kind").into_iter().map(|kind| kind.as_str().unwrap()).collect();
        mail.sort_unstable();
        assert_eq!(mail, ["join_company", "newsletter", "request_declined", "request_received"]);

        // What she did, and what was done to her, in order.
        let history = data["history"].as_array().unwrap();
        let at = |what: &str| history.iter().position(|deed| deed["what"] == what).unwrap_or_else(|| panic!("{what} in {history:#?}"));
        assert!(at("signed_in") < at("request_made") && at("request_made") < at("request_declined"));
        let of = |what: &str| {
            let deed = &history[at(what)];
            json!([deed["by_me"], deed["about_me"], deed["network_address"]])
        };
        assert_eq!(of("signed_in"), json!([true, true, "192.0.2.77"]));
        assert_eq!(of("request_declined"), json!([false, true, null]));
    }

    /// The same life and the same texts as P6's test has, and the same search: what is erased as personal is handed out as personal.
    async fn whatever_the_database_has_of_the_person_is_in_the_file(desk) {
        let visitor = erasing::somebodys(desk).await;
        let dump = desk.dump().await;
        let (_, data) = download(desk, &visitor).await;
        for (text, _) in erasing::personal() {
            for table in erasing::tables_with(&dump, &text) {
                let (_, place) = PLACES.iter().find(|(known, _)| *known == table).unwrap_or_else(|| panic!("{text} stands in {table}"));
                if let Ok(key) = place {
                    let part = data[key].to_string().to_lowercase();
                    assert!(part.contains(&text.to_lowercase()), "{text} of {table} is not in {key}: {part}");
                }
            }
        }
        // What is of the person, and says no name.
        let waiting = data["links"].as_array().unwrap().iter().find(|link| link["purpose"] == "confirm_address").unwrap();
        assert!(waiting["new_address"].is_string() && waiting["used_at"].is_null(), "{waiting}");
        assert!(data["memberships"][1]["invited_until"].is_string(), "{}", data["memberships"]);
        assert!(all_of(&data["mail_about_me"], "kind").contains(&&json!("request_made")), "{}", data["mail_about_me"]);
        desk.mail_goes_out().await;
    }

    /// Every key that a file can have is explained in it, and so is none that there is not.
    async fn every_key_is_explained(desk) {
        let visitor = erasing::somebodys(desk).await;
        let (_, mut data) = download(desk, &visitor).await;
        let explained: BTreeSet<String> = data["about"]["keys"].as_object().unwrap().keys().cloned().collect();
        data["about"] = json!("what this test is about");
        let mut found = BTreeSet::new();
        keys_in(&data, "", &mut found);
        // She asked nobody to take her place.
        let never: BTreeSet<String> = explained.iter().filter(|key| key.starts_with("successions_asked.")).cloned().collect();
        assert_eq!(found.union(&never).cloned().collect::<BTreeSet<_>>(), explained);
        desk.mail_goes_out().await;
    }

    /// U6: when and where, and not whom.
    async fn a_succession_that_was_asked_is_there_without_the_other(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        moving::hand_over(desk, &anna, carla).await.unwrap();
        desk.mail_goes_out().await;
        let (text, data) = download(desk, &desk.visit(ANNA).await).await;
        let asked = &data["successions_asked"][0];
        assert_eq!(asked["company"], 10001);
        assert!(asked["asked_at"].is_string() && asked["ends_at"].is_string() && asked["answered_at"].is_null(), "{asked}");
        assert!(!text.contains(CARLA) && !text.contains(&carla.to_string()), "{text}");
    }

    /// U3: letters that went to administrators in the person's stead are about the person all the same.
    async fn mail_that_went_to_administrators_is_there(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.save(&anna, carla, |form| form.mail_to_administrators = Some("on".into())).await.unwrap();
        desk.forgot(CARLA).await;
        desk.mail_goes_out().await;
        let (text, data) = download(desk, &desk.visit(CARLA).await).await;
        let about = data["mail_about_me"].as_array().unwrap();
        let reset = about.iter().find(|letter| letter["kind"] == "reset_password").unwrap_or_else(|| panic!("{about:#?}"));
        assert_eq!(reset["state"], "sent");
        assert!(!text.contains(ANNA), "{text}");
    }

    /// R3, A5: neither who decided, nor what others are called or asked for, nor what could let anybody in.
    async fn nothing_of_others_and_no_secret(desk) {
        let life = life(desk).await;
        desk.forgot(NORA).await;
        let reset = desk.expect_reset(NORA).await;
        let (text, _) = download(desk, &life.visitor).await;
        let mut unwanted: Vec<String> = Vec::new();
        for username in [ANNA, BRAM, CARLA, "dirk@vandijk.example", "staff@balie.example"] {
            unwanted.extend([username.to_owned(), desk.id_of(username).await.to_string()]);
        }
        unwanted.extend(["Anna de Vries", "Bram Janssen", "Carla de Bruin", "Dirk Willemsen", "Sophie Maas", OTHERS].map(str::to_owned));
        // From where the others come.
        unwanted.push("\"192.0.2.1\"".into());
        unwanted.push("$argon2".into());
        for secret in [life.token.reveal(), reset.as_str()] {
            let stored: String = digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
            unwanted.extend([secret.to_owned(), stored]);
        }
        unwanted.extend(life.visitor.sessions(desk).await.unwrap().into_iter().map(|session| session.id.to_string()));
        for what in unwanted {
            assert!(!text.contains(&what), "{what} stands in {text}");
        }
        assert!(text.contains(REASON), "and there is something to read");
    }

    /// Nor of what an administrator did to others more than that it was done.
    async fn an_administrators_deeds_are_theirs_without_the_others(desk) {
        let scene = desk.scene().await;
        desk.save(&scene.anna, scene.carlas, |form| form.role = "administrator".into()).await.unwrap();
        let visitor = desk.visit(ANNA).await;
        let (text, data) = download(desk, &visitor).await;
        assert!(!text.contains(&scene.carlas.to_string()) && !text.contains("carla@"), "{text}");
        let edited = data["history"].as_array().unwrap().iter().find(|deed| deed["what"] == "user_edited").unwrap();
        assert_eq!(json!([edited["by_me"], edited["about_me"]]), json!([true, false]));
    }

    async fn somebody_without_a_company_has_an_account(desk) {
        desk.account(NORA, "Nora Blom").await;
        let (_, data) = download(desk, &arrives(desk).await.1).await;
        for key in [
            "access",
            "applications",
            "contact_of",
            "documents_opened",
            "known_as",
            "links",
            "mail",
            "mail_about_me",
            "memberships",
            "newsletters",
            "requests",
            "successions_asked",
        ] {
            assert_eq!(data[key], json!([]), "{key}");
        }
        assert_eq!((&data["account"]["username"], data["sessions"].as_array().unwrap().len()), (&json!(NORA), 1));
    }
}
