//! R3: whoever asked never learns who decided, from no answer of any server function, whatever is asked, and from no file or page.

use crate::{
    functions::{FILES, Ids, account, in_turn},
    support::{ANNA, Place, Serving, on_both},
};
use reqwest::Response;

const CARLA: &str = "carla@vandijk.example";
/// Decides, and appears nowhere else.
const XAVEER: &str = "xaveer@vandijk.example";

/// What must have been answered for the search to be one: all that an applicant can read.
const READ: [&str; 14] = [
    "list_requests",
    "list_sessions",
    "read_deleting",
    "read_document",
    "read_home",
    "read_me",
    "read_mine",
    "read_moving",
    "read_open_document",
    "read_profile",
    "read_subscription",
    "search_documents",
    "subscribe",
    "unsubscribe",
];

const PAGES: [&str; 16] = [
    "/",
    "/company/10001",
    "/company/10001/documents",
    "/company/10001/documents/{document}",
    "/company/10001/documents/{document}/read",
    "/company/10001/general",
    "/company/10001/history",
    "/company/10001/licences/{licence}",
    "/company/10001/requests?period=year",
    "/company/10001/users",
    "/profile",
    "/profile/company",
    "/profile/delete",
    "/profile/newsletter",
    "/profile/password",
    "/profile/sessions",
];

on_both! {
    async fn nothing_names_the_one_who_decided(place) {
        place.demo();
        let serving = Serving::at(place).await;
        let (anna, carla) = (serving.session_of(ANNA).await, serving.session_of(CARLA).await);
        let xaveer = new_administrator(place, &serving, &anna).await;
        let ids = decided(place, &serving, &carla, &xaveer).await;
        let id = place.id(&format!("FROM account WHERE username = '{XAVEER}'")).await.replace('-', "");
        let hyphenated = format!("{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]);
        let secrets = ["xaveer", "quist", id.as_str(), hyphenated.as_str()];

        for path in PAGES.into_iter().chain(FILES.iter().map(|&(file, _)| file)) {
            let answer = serving.get(&ids.fill(path)).header("cookie", &carla).send().await.unwrap();
            names_nobody(&secrets, path, &whole(answer).await.1);
        }
        let mut answered = Vec::new();
        for &(endpoint, _, form) in in_turn() {
            let question = serving.post_text(&format!("/api/{endpoint}"), ids.fill(form)).header("cookie", &carla);
            let (status, answer) = whole(question.send().await.unwrap()).await;
            names_nobody(&secrets, endpoint, &answer);
            if status == 200 {
                answered.push(endpoint);
            }
        }
        for endpoint in READ {
            assert!(answered.contains(&endpoint), "{endpoint} was refused: {answered:?}");
        }
        // The search would find it: administrators read it in History.
        let history = serving.get("/company/10001/history.csv?period=all").header("cookie", anna).send().await.unwrap();
        assert!(whole(history).await.1.contains("Xaveer Quist"));
    }
}

#[track_caller]
fn names_nobody(secrets: &[&str], place: &str, answer: &str) {
    let answer = answer.to_lowercase();
    for secret in secrets {
        assert!(!answer.contains(secret), "{secret} in {place}: {answer}");
    }
}

/// Status; headers and body.
async fn whole(answer: Response) -> (u16, String) {
    let (status, headers) = (answer.status().as_u16(), format!("{:?}", answer.headers()));
    (status, format!("{headers}\n{}", answer.text().await.unwrap()))
}

/// A deed that must succeed.
async fn done(serving: &Serving, cookie: &str, endpoint: &str, form: String) {
    let answer = serving.post_text(&format!("/api/{endpoint}"), form).header("cookie", cookie).send().await.unwrap();
    let (status, answer) = whole(answer).await;
    assert!(status < 400, "{endpoint}: {status} {answer}");
}

/// Added as always; the registration is complete without its mail.
async fn new_administrator(place: &Place, serving: &Serving, anna: &str) -> String {
    let form = "company=10001&role=administrator&username=xaveer%40vandijk.example&name=Xaveer+Quist&country=NL";
    done(serving, anna, "add_user", form.to_owned()).await;
    let hash = format!("(SELECT password_hash FROM account WHERE username = '{ANNA}')");
    place.execute(&format!("UPDATE account SET password_hash = {hash}, registered_at = 1 WHERE username = '{XAVEER}'")).await;
    place.execute(&format!("UPDATE membership SET state = 'active', invited_until = NULL WHERE username = '{XAVEER}'")).await;
    serving.session_of(XAVEER).await
}

/// One request is accepted, after that was undone once; the other is declined. The ids are those of the first.
async fn decided(place: &Place, serving: &Serving, carla: &str, xaveer: &str) -> Ids {
    let mut ids = Ids::of_demo(place).await;
    for (product, decisions) in [("Installation standards", ["decline"].as_slice()), ("Eurocodes", ["accept", "undo", "accept"].as_slice())]
    {
        let of = format!("company = 10001 AND product = (SELECT id FROM product WHERE name = '{product}')");
        let licence = place.id(&format!("FROM licence WHERE {of}")).await;
        done(serving, carla, "ask_licence", format!("company=10001&licence={licence}&reason=For+the+tender")).await;
        let asked = format!("FROM request WHERE state = 'open' AND account = {}", account("carla"));
        let request = place.id(&asked).await;
        for decision in decisions {
            let (endpoint, form) = match *decision {
                "undo" => ("undo_decision", format!("company=10001&id={request}")),
                what => ("decide_requests", format!("company=10001&what={what}&ids[]={request}")),
            };
            done(serving, xaveer, endpoint, form).await;
        }
        ids = ids.with("{request}", &request).with("{licence}", &licence);
    }
    ids
}
