//! R1–R7: somebody asks for a licence, an administrator decides.

use crate::support::{
    ANNA, BRAM, CARLA, COMPANY, OFFSHORE, PASSWORD, Scene, Stream, TestDesk, accept, all_open, decline, form, here, on_both, refused, serve,
};
use server::{
    Error, Result, callers::Member, companies, documents, general_account, licences, outbox, registration, requests, reset, sql, users,
};
use shared::{
    FieldName, LicenceId, Problem, Refusal, RequestId,
    documents::Next,
    event::Event,
    history::Period,
    refusal::NotAll,
    requests::{ASK_AGAIN_SECONDS, Chosen, Outcome, Queue, RequestsPage, RequestsQuery, Subject, UNDO_SECONDS},
    users::{Chosen as ChosenUsers, UserForm},
};

const DAAN: &str = "daan@vandijk.example";

fn on() -> Option<String> {
    Some("on".into())
}

/// The scene with a licence of so many seats, and Daan, a colleague.
async fn begin(desk: &TestDesk, seats: &str) -> (Scene, LicenceId, Member) {
    let scene = desk.scene().await;
    let licence = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.seats = seats.into()).await;
    let daan = desk.colleague(DAAN, "Daan Jansen").await;
    desk.new_deeds().await;
    (scene, licence, daan)
}

/// Carla's, with its letters behind it.
async fn carla_asks(desk: &TestDesk, scene: &Scene, licence: LicenceId) -> RequestId {
    let request = desk.ask(&scene.carla, licence).await;
    desk.expect_asked(CARLA).await;
    desk.new_deeds().await;
    request
}

async fn list(desk: &TestDesk, member: &Member) -> RequestsPage {
    requests::list(desk, member, &RequestsQuery::default()).await.unwrap()
}

async fn withdraw(desk: &TestDesk, member: &Member, request: RequestId) -> Result<()> {
    requests::withdraw(desk, member, request).await
}

/// How many it was done for, and for whom not.
#[track_caller]
fn not_all(outcome: Result<u32>) -> (u32, Vec<(String, Refusal)>) {
    let Refusal::Some(NotAll { done, refused, examples, .. }) = refused(outcome) else { panic!("refused for something else") };
    assert_eq!(refused as usize, examples.len());
    (done, examples.into_iter().map(|one| (one.username, one.refusal)).collect())
}

/// So many of the crowd ask, one after the other.
async fn crowd_asks(desk: &TestDesk, licence: LicenceId, count: usize) -> Vec<RequestId> {
    desk.crowd(COMPANY, u32::try_from(count).unwrap()).await;
    let mut asked = Vec::new();
    for number in 1..=count {
        let member = desk.one_of_the_crowd(number).await;
        asked.push(desk.ask(&member, licence).await);
    }
    desk.letters_are_looked_at().await;
    desk.new_deeds().await;
    asked
}

on_both! {
    /// R1, R3.
    async fn asked_and_accepted(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let request = requests::ask_licence(desk, &scene.carla, licence, " For the bridge <b>at</b> Zwijndrecht.\r\nSoon ").await.unwrap();
        let made = Event::RequestMade { company: COMPANY, account: scene.carlas, request, what: "Eurocodes".into() };
        assert_eq!(desk.new_event().await, made);
        let letters = desk.expect_mail(&[("request_received", CARLA), ("request_made", ANNA), ("request_made", BRAM)]).await;
        for to_administrators in &letters[..2] {
            assert!(to_administrators.text.contains("> For the bridge <b>at</b> Zwijndrecht.\n> Soon\n"), "{}", to_administrators.text);
            assert!(to_administrators.html.contains("&#60;b&#62;at") && !to_administrators.html.contains("<b>at"), "{}", to_administrators.html);
            assert!(to_administrators.text.contains("Carla de Bruin") && to_administrators.text.contains(CARLA));
        }
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 1);
        assert_eq!(requests::counts(desk, std::slice::from_ref(&scene.anna)).await.unwrap(), [(COMPANY, 1)]);
        let home = companies::home(desk, &desk.member(COMPANY, ANNA).await).await.unwrap();
        let waiting = home.waiting.unwrap();
        assert_eq!((waiting.count, waiting.newest.len(), waiting.newest[0].id), (1, 1, request));
        assert_eq!(waiting.newest[0].reason.as_deref(), Some("For the bridge <b>at</b> Zwijndrecht.\nSoon"));
        assert_eq!(licences::list(desk, &scene.anna).await.unwrap().rows[0].open, 1);
        let mine = requests::mine(desk, &scene.carla).await.unwrap();
        assert_eq!((mine.open.len(), mine.open[0].id, mine.open[0].own, mine.open[0].may_withdraw), (1, request, true, true));
        assert!(mine.on_offer.is_empty() && mine.access.is_empty());

        desk.new_deeds().await;
        assert_eq!(desk.decide(&scene.anna, &accept(), request).await.unwrap(), 1);
        let deed = desk.new_deeds().await.remove(0);
        assert_eq!((deed.kind.as_str(), deed.company, deed.actor, deed.subject), ("request_accepted", Some(COMPANY.0), Some(desk.id_of(ANNA).await.0), Some(scene.carlas.0)));
        let letter = desk.expect_mail(&[("request_accepted", CARLA)]).await.remove(0);
        assert!(letter.text.contains("Eurocodes"), "{}", letter.text);
        assert!(desk.opens(&scene.carla, "NEN 1").await);
        let mine = requests::mine(desk, &scene.carla).await.unwrap();
        assert_eq!((mine.access.len(), mine.access[0].licence, mine.open.len()), (1, licence, 0));
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 0);
        assert_eq!(requests::counts(desk, std::slice::from_ref(&scene.anna)).await.unwrap(), []);
        let done = list(desk, &scene.carla).await;
        assert_eq!((done.found, done.done_found, done.done[0].outcome, done.done[0].own), (0, 1, Outcome::Accepted, true));
    }

    async fn declined_with_a_reason(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let request = carla_asks(desk, &scene, licence).await;
        desk.decide(&scene.bram, &decline("Too <i>dear</i>.\nAsk Ruben."), request).await.unwrap();
        let declined = Event::RequestDeclined { company: COMPANY, account: scene.carlas, request, what: "Eurocodes".into() };
        assert_eq!(desk.new_event().await, declined);
        let letter = desk.expect_mail(&[("request_declined", CARLA)]).await.remove(0);
        assert!(letter.text.contains("> Too <i>dear</i>.\n> Ask Ruben.\n"), "{}", letter.text);
        assert!(letter.html.contains("&#60;i&#62;dear") && !letter.html.contains("<i>"), "{}", letter.html);
        assert!(!desk.opens(&scene.carla, "NEN 1").await);
        // The reason is for whoever asked, and for administrators.
        let answer = async |member: &Member| list(desk, member).await.done[0].answer.clone();
        assert_eq!(answer(&scene.carla).await.as_deref(), Some("Too <i>dear</i>.\nAsk Ruben."));
        assert_eq!(answer(&desk.member(COMPANY, ANNA).await).await.as_deref(), Some("Too <i>dear</i>.\nAsk Ruben."));
        assert_eq!(answer(&daan).await, None);
        let offer = &requests::mine(desk, &scene.carla).await.unwrap().on_offer[0];
        assert_eq!((offer.licence, &offer.may_ask), (licence, &Err(Refusal::AskAgainLater { days: 7 })));
    }

    /// R1: 500 characters, whatever they weigh, and nothing that is no text.
    async fn reasons_have_their_length(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let (longest, longer) = ("é".repeat(500), "é".repeat(501));
        let too_long = Refusal::field(FieldName::Reason, Problem::TooLong(500));
        let before = desk.dump_of_deeds().await;
        assert_eq!(refused(requests::ask_licence(desk, &scene.carla, licence, &longer).await), too_long);
        let control = Refusal::field(FieldName::Reason, Problem::ControlCharacters);
        assert_eq!(refused(requests::ask_licence(desk, &scene.carla, licence, "a\u{7}b").await), control);
        assert_eq!(desk.dump_of_deeds().await, before);
        let first = requests::ask_licence(desk, &scene.carla, licence, &longest).await.unwrap();
        let second = requests::ask_licence(desk, &daan, licence, "  \n ").await.unwrap();
        desk.letters_are_looked_at().await;
        assert_eq!(refused(desk.decide(&scene.anna, &decline(&longer), first).await), too_long);
        desk.decide(&scene.anna, &decline(&longest), first).await.unwrap();
        desk.expect_mail(&[("request_declined", CARLA)]).await;
        let shown = list(desk, &desk.member(COMPANY, ANNA).await).await;
        assert_eq!((shown.done[0].answer.as_ref(), shown.done[0].reason.as_ref()), (Some(&longest), Some(&longest)));
        assert_eq!((shown.open[0].id, shown.open[0].reason.as_ref()), (second, None));
    }

    /// U3: what is for somebody without a mailbox goes to the administrators, and what is for the general account too (G2).
    async fn letters_for_whoever_has_no_mailbox(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        general_account::create(desk, &scene.staff, COMPANY, "vandijk-balie").await.unwrap();
        let letters = desk.expect_mail(&[("general_account_created", ANNA), ("general_account_created", BRAM)]).await;
        reset::set(desk, &here(), &letters[0].token(), PASSWORD, PASSWORD).await.unwrap();
        desk.letters_are_looked_at().await;
        let redirected = UserForm { mail_to_administrators: on(), ..form("karim@vandijk.example", "Karim Haddad") };
        let karim = users::add(desk, &scene.anna, &redirected).await.unwrap();
        let token = desk.invitation_of(karim).await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        desk.letters_are_looked_at().await;
        for username in ["karim@vandijk.example", "vandijk-balie"] {
            let member = desk.member(COMPANY, username).await;
            let both = async |kind| desk.expect_mail(&[(kind, ANNA), (kind, BRAM)]).await;
            let request = desk.ask(&member, licence).await;
            let asked = [("request_received", ANNA), ("request_received", BRAM), ("request_made", ANNA), ("request_made", BRAM)];
            desk.expect_mail(&asked).await;
            desk.decide(&scene.anna, &accept(), request).await.unwrap();
            both("request_accepted").await;
            requests::undo(desk, &scene.anna, request).await.unwrap();
            both("request_reopened").await;
            desk.decide(&scene.anna, &decline(""), request).await.unwrap();
            both("request_declined").await;
        }
    }

    /// R1: an administrator who asks is told as whoever asked; the others decide.
    async fn an_administrator_asks(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let bram = desk.member(COMPANY, BRAM).await;
        let request = desk.ask(&bram, licence).await;
        desk.expect_mail(&[("request_received", BRAM), ("request_made", ANNA)]).await;
        let rows = list(desk, &bram).await.open;
        assert_eq!((rows[0].own, rows[0].may_decline.clone(), rows[0].may_accept.clone()), (true, Err(Refusal::OwnRequest), Err(Refusal::OwnRequest)));
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        desk.expect_mail(&[("request_accepted", BRAM)]).await;
    }

    /// What waited in the outbox until it was not so any more is not sent.
    async fn letters_that_are_not_so_any_more(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let request = desk.ask(&scene.carla, licence).await;
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        requests::undo(desk, &scene.anna, request).await.unwrap();
        desk.decide(&scene.bram, &decline(""), request).await.unwrap();
        let withdrawn = desk.ask(&daan, licence).await;
        withdraw(desk, &daan, withdrawn).await.unwrap();
        desk.expect_applied(&[("request_declined", CARLA), ("request_received", CARLA), ("request_received", DAAN)]).await;
    }

    /// A letter to two administrators of whom one is none any more by the time that it is sent. Nobody gets it twice.
    async fn an_administrator_is_told_once(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let bram = desk.id_of(BRAM).await;
        desk.ask(&scene.carla, licence).await;
        desk.save(&scene.anna, bram, |form| form.role = "user".into()).await.unwrap();
        desk.expect_applied(&[("request_made", ANNA), ("request_received", CARLA)]).await;
        // Nor where somebody else came instead.
        desk.save(&scene.anna, bram, |form| form.role = "administrator".into()).await.unwrap();
        desk.ask(&desk.member(COMPANY, DAAN).await, licence).await;
        let annas = desk.id_of(ANNA).await;
        desk.save(&scene.bram, annas, |form| form.role = "user".into()).await.unwrap();
        desk.administrator(COMPANY, "eva@vandijk.example", "Eva Prins").await;
        desk.expect_applied(&[("request_made", BRAM), ("request_made", "eva@vandijk.example"), ("request_received", DAAN)]).await;
    }

    /// R1, L2: every open page of the company hears of it, and no other company's.
    async fn open_pages_hear_of_it(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        desk.offshore().await;
        let served = serve(desk).await;
        let mut annas = served.live(&desk.sign_in(ANNA).await).await;
        let mut carlas = served.live(&desk.sign_in(CARLA).await).await;
        let mut dirks = served.live(&desk.sign_in("dirk@vandijk.example").await).await;
        const USERS: &str = r#"{"changed":[10001,"users"]}"#;
        const LICENCES: &str = r#"{"changed":[10001,"licences"]}"#;
        const REQUESTS: &str = r#"{"changed":[10001,"requests"]}"#;
        async fn hears(stream: &mut Stream, topics: &[&str]) {
            for topic in topics {
                assert_eq!(stream.next_change().await.as_deref(), Some(*topic));
            }
        }
        let request = desk.ask(&scene.carla, licence).await;
        hears(&mut annas, &[LICENCES, REQUESTS]).await;
        hears(&mut carlas, &[LICENCES, REQUESTS]).await;
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        hears(&mut annas, &[USERS, LICENCES, REQUESTS]).await;
        hears(&mut carlas, &[LICENCES, REQUESTS]).await;
        requests::undo(desk, &scene.bram, request).await.unwrap();
        hears(&mut annas, &[USERS, LICENCES, REQUESTS]).await;
        hears(&mut carlas, &[LICENCES, REQUESTS]).await;
        withdraw(desk, &scene.carla, request).await.unwrap();
        hears(&mut annas, &[LICENCES, REQUESTS]).await;
        hears(&mut carlas, &[LICENCES, REQUESTS]).await;
        // Many at once are said once.
        let chosen = licences_of(&[ANNA, BRAM], desk).await;
        assert_eq!(licences::give(desk, &scene.anna, licence, &chosen).await.unwrap(), 2);
        hears(&mut annas, &[USERS, LICENCES, REQUESTS]).await;
        hears(&mut carlas, &[LICENCES, REQUESTS]).await;
        let dirk = desk.id_of("dirk@vandijk.example").await;
        let theirs = desk.licence(&scene.staff, OFFSHORE, scene.product, |_| {}).await;
        hears(&mut dirks, &[&USERS.replace("10001", "10002"), &LICENCES.replace("10001", "10002"), &REQUESTS.replace("10001", "10002")]).await;
        desk.ask(&desk.member(OFFSHORE, "dirk@vandijk.example").await, theirs).await;
        hears(&mut dirks, &[&LICENCES.replace("10001", "10002"), &REQUESTS.replace("10001", "10002")]).await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM request WHERE account = $1", dirk)).await, 1);
        desk.letters_are_looked_at().await;
    }

    /// R2: names are for administrators.
    async fn others_see_what_is_asked_and_not_by_whom(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let hidden = desk.product(&scene.staff, "Welding", &["W 1"]).await;
        let hidden = desk.licence(&scene.staff, COMPANY, hidden, |_| {}).await;
        licences::save_settings(desk, &scene.anna, hidden, false, false).await.unwrap();
        requests::ask_licence(desk, &scene.carla, licence, "For the bridge").await.unwrap();
        let asked = desk.ask_standard(&scene.carla, "W 1").await;
        let bram = desk.member(COMPANY, BRAM).await;
        let done = desk.ask(&bram, licence).await;
        desk.decide(&scene.anna, &decline("Not you"), done).await.unwrap();
        desk.letters_are_looked_at().await;
        for queue in [Queue::Licences, Queue::Documents] {
            let query = RequestsQuery { queue, ..RequestsQuery::default() };
            let seen = requests::list(desk, &daan, &query).await.unwrap();
            assert_eq!((seen.administers, seen.found, seen.open.len()), (false, 1, 1));
            let row = &seen.open[0];
            assert_eq!((row.own, row.may_withdraw, row.may_undo, row.choices.len(), row.applicant.as_ref()), (false, false, false, 0, None));
            assert_eq!((row.may_accept.clone(), row.may_decline.clone()), (Err(Refusal::NotAllowed), Err(Refusal::NotAllowed)));
            let json = serde_json::to_string(&seen).unwrap();
            for secret in ["carla", "Bruin", "bram", "Janssen", "Not you", &scene.carlas.to_string(), &desk.id_of(BRAM).await.to_string()] {
                assert!(!json.to_lowercase().contains(&secret.to_lowercase()), "{secret} in {json}");
            }
            let known = requests::list(desk, &desk.member(COMPANY, ANNA).await, &query).await.unwrap();
            let applicant = known.open[0].applicant.clone().unwrap();
            assert_eq!((known.administers, applicant.id, applicant.name.as_str(), applicant.username.as_str()), (true, scene.carlas, "Carla de Bruin", CARLA));
        }
        let seen = list(desk, &daan).await;
        assert_eq!(seen.open[0].reason.as_deref(), Some("For the bridge"));
        assert!(matches!(&seen.open[0].subject, Subject::Licence { id, product } if *id == licence && product == "Eurocodes"));
        assert_eq!((seen.done_found, seen.done[0].outcome), (1, Outcome::Declined));
        // Of her own, nothing of herself is told either.
        let own = list(desk, &scene.carla).await;
        assert!(own.open[0].own && own.open[0].applicant.is_none() && !own.done[0].own);
        // Whoever is an administrator no more reads as everybody else.
        let was_one = bram;
        desk.save(&scene.anna, desk.id_of(BRAM).await, |form| form.role = "user".into()).await.unwrap();
        assert!(list(desk, &was_one).await.open.iter().all(|row| row.applicant.is_none()));
        assert_eq!(desk.state_of(asked).await, "open");
    }

    /// R2: the queue in order and in pages, and what is concluded by when that was.
    async fn the_queue_and_its_past(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let asked = crowd_asks(desk, licence, 52).await;
        let anna = desk.member(COMPANY, ANNA).await;
        let page = async |page| {
            let shown = requests::list(desk, &anna, &RequestsQuery { page, ..RequestsQuery::default() }).await.unwrap();
            assert_eq!((shown.found, shown.pages), (52, 2));
            assert_eq!(shown.newest.as_ref(), asked.last(), "on every page");
            shown.open.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        let mut newest_first = asked.clone();
        newest_first.reverse();
        assert_eq!([page(1).await, page(9).await].concat(), newest_first);
        let waiting = companies::home(desk, &anna).await.unwrap().waiting.unwrap();
        assert_eq!((waiting.count, waiting.newest.iter().map(|row| row.id).collect::<Vec<_>>()), (52, newest_first[..5].to_vec()));
        let found = async |period| {
            let query = RequestsQuery { period, ..RequestsQuery::default() };
            requests::list(desk, &anna, &query).await.unwrap().done_found
        };
        for (days, request) in [(0, asked[0]), (300, asked[1]), (60, asked[2]), (20, asked[3])] {
            desk.clock.advance_seconds(days * 24 * 3600);
            desk.decide(&scene.anna, &decline(""), request).await.unwrap();
        }
        desk.letters_are_looked_at().await;
        for (period, expected) in [(Period::Week, 1), (Period::Month, 2), (Period::Quarter, 3), (Period::Year, 3), (Period::All, 4)] {
            assert_eq!(found(period).await, expected, "{period:?}");
        }
    }

    /// R4.
    async fn one_at_a_time_and_seven_days_after_a_decline(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let request = carla_asks(desk, &scene, licence).await;
        let ask = async || requests::ask_licence(desk, &scene.carla, licence, "").await;
        assert_eq!(refused(ask().await), Refusal::AlreadyAsked);
        assert_eq!(desk.next_step(&scene.carla, "NEN 1").await, Next::AskLicence(vec![shared::documents::Offer { licence, product: "Eurocodes".into(), may_ask: Err(Refusal::AlreadyAsked) }]));
        desk.decide(&scene.anna, &decline(""), request).await.unwrap();
        desk.expect_mail(&[("request_declined", CARLA)]).await;
        assert_eq!(refused(ask().await), Refusal::AskAgainLater { days: 7 });
        // To the second on this clock, which goes on; to the millisecond in `shared`.
        desk.clock.advance_seconds(ASK_AGAIN_SECONDS - 5);
        assert_eq!(refused(ask().await), Refusal::AskAgainLater { days: 1 });
        desk.clock.advance_seconds(5);
        let again = ask().await.unwrap();
        desk.expect_asked(CARLA).await;
        // Whoever takes it back may ask at once.
        withdraw(desk, &scene.carla, again).await.unwrap();
        let third = ask().await.unwrap();
        desk.expect_asked(CARLA).await;
        desk.decide(&scene.anna, &accept(), third).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        assert_eq!(refused(ask().await), Refusal::HasAccess);
    }

    /// R4: to the millisecond, with the moment of the decline moved instead of the clock.
    async fn seven_days_end_on_the_millisecond(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let request = carla_asks(desk, &scene, licence).await;
        desk.decide(&scene.anna, &decline(""), request).await.unwrap();
        desk.expect_mail(&[("request_declined", CARLA)]).await;
        let offered = async || requests::mine(desk, &scene.carla).await.unwrap().on_offer[0].may_ask.clone();
        for _ in 0..20 {
            let since = desk.now().plus_seconds(-ASK_AGAIN_SECONDS).0 + 30;
            desk.execute(sql!("UPDATE request SET since = $1 WHERE id = $2", since, request)).await;
            let end = since + ASK_AGAIN_SECONDS * 1000;
            loop {
                let (before, may_ask, after) = (desk.now().0, offered().await, desk.now().0);
                if after < end {
                    assert_eq!(may_ask, Err(Refusal::AskAgainLater { days: 1 }));
                } else if before >= end {
                    assert_eq!(may_ask, Ok(()));
                    break;
                }
            }
        }
    }

    /// R4: whoever asked takes it back, nobody else, and only while it waits.
    async fn withdrawn_by_whoever_asked(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let request = carla_asks(desk, &scene, licence).await;
        let before = desk.dump_of_deeds().await;
        for member in [&daan, &desk.member(COMPANY, ANNA).await] {
            assert!(matches!(withdraw(desk, member, request).await, Err(Error::NotFound)));
        }
        assert!(matches!(withdraw(desk, &scene.carla, RequestId(desk.new_id())).await, Err(Error::NotFound)));
        let after: Vec<_> = desk.dump_of_deeds().await.into_iter().filter(|line| !is_of_sign_in(line)).collect();
        assert_eq!(after, before.into_iter().filter(|line| !is_of_sign_in(line)).collect::<Vec<_>>());
        desk.new_deeds().await;
        withdraw(desk, &scene.carla, request).await.unwrap();
        let withdrawn = Event::RequestWithdrawn { company: COMPANY, account: scene.carlas, request, what: "Eurocodes".into() };
        assert_eq!(desk.new_event().await, withdrawn);
        assert_eq!(refused(withdraw(desk, &scene.carla, request).await), Refusal::Decided(Outcome::Withdrawn));
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), request).await), Refusal::Decided(Outcome::Withdrawn));
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 0);
        assert_eq!(list(desk, &scene.carla).await.done[0].outcome, Outcome::Withdrawn);
        let second = carla_asks(desk, &scene, licence).await;
        desk.decide(&scene.anna, &accept(), second).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        assert_eq!(refused(withdraw(desk, &scene.carla, second).await), Refusal::Decided(Outcome::Accepted));
    }

    /// R4: where another administrator exists, who could.
    async fn nobody_decides_their_own(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let bram = desk.id_of(BRAM).await;
        let request = desk.ask(&desk.member(COMPANY, ANNA).await, licence).await;
        desk.expect_mail(&[("request_received", ANNA), ("request_made", BRAM)]).await;
        let others = desk.ask(&scene.carla, licence).await;
        desk.expect_asked(CARLA).await;
        let before = desk.dump_of_deeds().await;
        for decision in [accept(), decline("")] {
            assert_eq!(refused(desk.decide(&scene.anna, &decision, request).await), Refusal::OwnRequest);
        }
        assert_eq!(desk.dump_of_deeds().await, before);
        // Of several, for the others it is done.
        let outcome = not_all(requests::decide(desk, &scene.anna, &accept(), &all_open(Queue::Licences)).await);
        assert_eq!(outcome, (1, vec![(ANNA.to_owned(), Refusal::OwnRequest)]));
        assert_eq!(desk.state_of(others).await, "accepted");
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        desk.decide(&scene.bram, &decline(""), request).await.unwrap();
        desk.expect_mail(&[("request_declined", ANNA)]).await;
        assert_eq!(refused(requests::undo(desk, &scene.anna, request).await), Refusal::OwnRequest);
        requests::undo(desk, &scene.bram, request).await.unwrap();
        desk.expect_mail(&[("request_reopened", ANNA)]).await;
        // Alone, she decides hers too: somebody must.
        desk.save(&scene.anna, bram, |form| form.blocked = on()).await.unwrap();
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        desk.expect_mail(&[("request_accepted", ANNA)]).await;
        requests::undo(desk, &scene.anna, request).await.unwrap();
        desk.expect_mail(&[("request_reopened", ANNA)]).await;
        desk.save(&scene.anna, bram, |form| form.blocked = None).await.unwrap();
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), request).await), Refusal::OwnRequest);
    }

    /// R5: whoever comes second is told what happened.
    async fn decided_once(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let (first, second) = (carla_asks(desk, &scene, licence).await, desk.ask(&daan, licence).await);
        desk.letters_are_looked_at().await;
        desk.decide(&scene.anna, &accept(), first).await.unwrap();
        desk.decide(&scene.anna, &decline(""), second).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA), ("request_declined", DAAN)]).await;
        let before = desk.dump_of_deeds().await;
        for (request, outcome) in [(first, Outcome::Accepted), (second, Outcome::Declined)] {
            for decision in [accept(), decline("Too late")] {
                assert_eq!(refused(desk.decide(&scene.bram, &decision, request).await), Refusal::Decided(outcome));
            }
        }
        let both = Chosen::These(vec![first, second]);
        let outcome = not_all(requests::decide(desk, &scene.bram, &accept(), &both).await);
        assert_eq!(outcome, (0, vec![(CARLA.to_owned(), Refusal::Decided(Outcome::Accepted)), (DAAN.to_owned(), Refusal::Decided(Outcome::Declined))]));
        assert_eq!(refused(requests::decide(desk, &scene.bram, &accept(), &all_open(Queue::Licences)).await), Refusal::NoRequestChosen);
        assert!(matches!(desk.decide(&scene.bram, &accept(), RequestId(desk.new_id())).await, Err(Error::NotFound)));
        assert_eq!(desk.dump_of_deeds().await, before);
    }

    /// R5, R6: all that were open when the page was asked for; of those that are not any more it is said how many, and what came later is nobody's
    /// yet.
    async fn all_that_the_page_showed(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let asked = crowd_asks(desk, licence, 4).await;
        let later = carla_asks(desk, &scene, licence).await;
        let all = Chosen::AllOpen { queue: Queue::Licences, newest: asked[3], expected: Some(4) };
        desk.decide(&scene.bram, &decline(""), asked[1]).await.unwrap();
        let outcome = refused(requests::decide(desk, &scene.anna, &accept(), &all).await);
        assert_eq!(outcome, Refusal::DecidedMeanwhile { done: 3, others: 1 });
        let outcome = refused(requests::decide(desk, &scene.anna, &accept(), &all).await);
        assert_eq!(outcome, Refusal::DecidedMeanwhile { done: 0, others: 4 });
        assert_eq!(desk.state_of(later).await, "open");
        // Whoever is blocked asks for nothing any more (R7).
        let all = Chosen::AllOpen { queue: Queue::Licences, newest: later, expected: Some(5) };
        desk.letters_are_looked_at().await;
        desk.save(&scene.anna, scene.carlas, |form| form.blocked = on()).await.unwrap();
        assert_eq!(refused(requests::decide(desk, &scene.anna, &accept(), &all).await), Refusal::DecidedMeanwhile { done: 0, others: 5 });
    }

    /// R3, *Undo*: by any administrator, for ten minutes; the access ends and the seat is free.
    async fn a_decision_is_undone(desk) {
        let (scene, licence, daan) = begin(desk, "1").await;
        let request = carla_asks(desk, &scene, licence).await;
        let other = desk.ask(&daan, licence).await;
        desk.letters_are_looked_at().await;
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        desk.clock.advance_seconds(UNDO_SECONDS - 5);
        let anna = desk.member(COMPANY, ANNA).await;
        assert!(list(desk, &anna).await.done[0].may_undo && !list(desk, &scene.carla).await.done[0].may_undo);
        desk.new_deeds().await;
        requests::undo(desk, &scene.bram, request).await.unwrap();
        let reopened = Event::RequestReopened { company: COMPANY, account: scene.carlas, request, what: "Eurocodes".into() };
        assert_eq!(desk.new_event().await, reopened);
        desk.expect_mail(&[("request_reopened", CARLA)]).await;
        assert!(!desk.opens(&scene.carla, "NEN 1").await);
        assert_eq!((desk.used(licence).await, requests::count(desk, &scene.anna).await.unwrap()), (0, 2));
        assert_eq!(refused(requests::undo(desk, &scene.anna, request).await), Refusal::NothingToUndo);
        // It is as open as before.
        desk.decide(&scene.bram, &accept(), other).await.unwrap();
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), request).await), Refusal::NoSeat { seats: 1, used: 1 });
        desk.decide(&scene.anna, &decline("No"), request).await.unwrap();
        desk.expect_mail(&[("request_accepted", DAAN), ("request_declined", CARLA)]).await;
        requests::undo(desk, &scene.anna, request).await.unwrap();
        desk.expect_mail(&[("request_reopened", CARLA)]).await;
        assert_eq!(list(desk, &anna).await.open[0].answer, None, "the reason went with the decision");
        assert_eq!(refused(requests::ask_licence(desk, &scene.carla, licence, "").await), Refusal::AlreadyAsked);
        withdraw(desk, &scene.carla, request).await.unwrap();
        assert_eq!(refused(requests::undo(desk, &scene.anna, request).await), Refusal::NothingToUndo);
        // After ten minutes it stays.
        desk.clock.advance_seconds(UNDO_SECONDS);
        assert_eq!(refused(requests::undo(desk, &scene.anna, other).await), Refusal::UndoIsOver);
        assert!(list(desk, &anna).await.done.iter().all(|row| !row.may_undo));
        assert!(desk.opens(&daan, "NEN 1").await);
    }

    /// Where there is nobody any more who asks, or who would have to.
    async fn what_cant_be_undone(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.company_wide_permitted = on()).await;
        let mut accepted = Vec::new();
        for name in ["blocked", "removed", "again", "given", "without"] {
            let username = format!("{name}@vandijk.example");
            let member = desk.colleague(&username, name).await;
            let request = desk.ask(&member, licence).await;
            desk.decide(&scene.anna, &accept(), request).await.unwrap();
            accepted.push((request, member, desk.id_of(&username).await));
        }
        let request = desk.ask(&scene.carla, licence).await;
        desk.letters_are_looked_at().await;
        let [blocked, removed, again, given, without] = accepted.try_into().unwrap_or_else(|_| panic!("five"));
        let undo = async |request| requests::undo(desk, &scene.bram, request).await;
        desk.save(&scene.anna, blocked.2, |form| form.blocked = on()).await.unwrap();
        assert_eq!(refused(undo(blocked.0).await), Refusal::NothingToUndo);
        users::remove(desk, &scene.anna, removed.2).await.unwrap();
        assert_eq!(refused(undo(removed.0).await), Refusal::NothingToUndo);
        // Their access was taken away: it is asked for again; or they have asked again already, or were given it.
        for (_, _, account) in [&again, &given, &without] {
            desk.take_away(&scene.anna, licence, *account).await.unwrap();
        }
        desk.ask(&again.1, licence).await;
        desk.give(&scene.anna, licence, given.2).await.unwrap();
        desk.letters_are_looked_at().await;
        assert_eq!(refused(undo(again.0).await), Refusal::NothingToUndo);
        assert_eq!(refused(undo(given.0).await), Refusal::NothingToUndo);
        assert_eq!(desk.used(licence).await, 2);
        undo(without.0).await.unwrap();
        desk.expect_mail(&[("request_reopened", "without@vandijk.example")]).await;
        desk.decide(&scene.anna, &accept(), without.0).await.unwrap();
        desk.decide(&scene.anna, &decline(""), request).await.unwrap();
        licences::save_settings(desk, &scene.anna, licence, true, true).await.unwrap();
        desk.letters_are_looked_at().await;
        for request in [without.0, request] {
            assert_eq!(refused(undo(request).await), Refusal::NothingToUndo);
        }
        // Those inside keep it when that ends.
        licences::save_settings(desk, &scene.anna, licence, false, true).await.unwrap();
        assert_eq!(refused(undo(request).await), Refusal::NothingToUndo);
        assert!(desk.opens(&scene.carla, "NEN 1").await);
    }

    /// R7: the list says so, and nothing waits any more.
    async fn whoever_leaves_asks_no_more(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        general_account::create(desk, &scene.staff, COMPANY, "vandijk-balie").await.unwrap();
        desk.letters_are_looked_at().await;
        let general = desk.id_of("vandijk-balie").await;
        let general_member = desk.visitor_of(general, "vandijk-balie").await.member(COMPANY).unwrap();
        let ways = 5;
        for way in 0..ways {
            let username = format!("p{way}@vandijk.example");
            let (member, account) = if way == 4 {
                (general_member.clone(), general)
            } else {
                (desk.colleague(&username, &format!("Person {way}")).await, desk.id_of(&username).await)
            };
            let request = desk.ask(&member, licence).await;
            let alone = ChosenUsers::Some(vec![account]);
            match way {
                0 => desk.save(&scene.anna, account, |form| form.blocked = on()).await.unwrap(),
                1 => users::remove(desk, &scene.anna, account).await.unwrap(),
                2 => assert_eq!(users::block_chosen(desk, &scene.anna, &alone).await.unwrap(), 1),
                3 => assert_eq!(users::remove_chosen(desk, &scene.anna, &alone).await.unwrap(), 1),
                _ => general_account::set_blocked(desk, &scene.staff, COMPANY, true).await.unwrap(),
            }
            assert_eq!(desk.state_of(request).await, "lapsed", "way {way}");
            for decision in [accept(), decline("")] {
                assert_eq!(refused(desk.decide(&scene.anna, &decision, request).await), Refusal::Decided(Outcome::Lapsed));
            }
            assert_eq!(refused(requests::undo(desk, &scene.anna, request).await), Refusal::NothingToUndo);
            assert_eq!(refused(requests::ask_licence(desk, &member, licence, "").await), Refusal::NotAllowed);
        }
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 0);
        let done = list(desk, &desk.member(COMPANY, ANNA).await).await;
        assert_eq!(done.done_found, ways);
        assert!(done.done.iter().all(|row| row.outcome == Outcome::Lapsed && row.applicant.is_some()));
        // The letters that told of it are not sent any more, neither to the administrators nor to whoever is gone.
        desk.expect_applied(&[]).await;
        // Whoever comes back may ask anew.
        let account = desk.id_of("p0@vandijk.example").await;
        desk.save(&scene.anna, account, |form| form.blocked = None).await.unwrap();
        desk.ask(&desk.member(COMPANY, "p0@vandijk.example").await, licence).await;
        desk.expect_asked("p0@vandijk.example").await;
    }

    /// Another company's administrator finds nothing, and changes nothing.
    async fn another_companys_request_is_not_there(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let dirk = desk.offshore().await;
        let as_member = desk.member(OFFSHORE, "dirk@vandijk.example").await;
        let open = carla_asks(desk, &scene, licence).await;
        let done = desk.ask(&daan, licence).await;
        desk.decide(&scene.anna, &accept(), done).await.unwrap();
        desk.letters_are_looked_at().await;
        let before = desk.dump_of_deeds().await;
        for request in [open, done] {
            for decision in [accept(), decline("Mine")] {
                assert!(matches!(desk.decide(&dirk, &decision, request).await, Err(Error::NotFound)));
            }
            assert!(matches!(requests::undo(desk, &dirk, request).await, Err(Error::NotFound)));
            let answered = requests::answer_standard(desk, &dirk, request, &format!("licence:{licence}")).await;
            assert!(matches!(answered, Err(Error::NotFound)), "{answered:?}");
            assert!(matches!(withdraw(desk, &as_member, request).await, Err(Error::NotFound)));
        }
        let both = Chosen::These(vec![open, done]);
        assert_eq!(refused(requests::decide(desk, &dirk, &accept(), &both).await), Refusal::NoRequestChosen);
        assert_eq!(refused(requests::decide(desk, &dirk, &accept(), &all_open(Queue::Licences)).await), Refusal::NoRequestChosen);
        assert_eq!(requests::count(desk, &dirk).await.unwrap(), 0);
        assert_eq!(requests::counts(desk, std::slice::from_ref(&dirk)).await.unwrap(), []);
        let seen = list(desk, &as_member).await;
        assert_eq!((seen.found, seen.done_found, seen.on_offer.len()), (0, 0, 0));
        assert_eq!(desk.dump_of_deeds().await, before);
    }

    /// Whoever was demoted or put out meanwhile decides nothing, and whoever was put out asks nothing.
    async fn the_permit_is_asked_in_the_deed(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let request = carla_asks(desk, &scene, licence).await;
        desk.save(&scene.anna, desk.id_of(BRAM).await, |form| form.role = "user".into()).await.unwrap();
        desk.save(&scene.anna, desk.id_of(DAAN).await, |form| form.blocked = on()).await.unwrap();
        let before = desk.dump_of_deeds().await;
        assert_eq!(refused(desk.decide(&scene.bram, &accept(), request).await), Refusal::NotAllowed);
        assert_eq!(refused(requests::undo(desk, &scene.bram, request).await), Refusal::NotAllowed);
        assert_eq!(refused(desk.give(&scene.bram, licence, scene.carlas).await), Refusal::NotAllowed);
        assert_eq!(refused(desk.take_away(&scene.bram, licence, scene.carlas).await), Refusal::NotAllowed);
        assert_eq!(refused(licences::save_settings(desk, &scene.bram, licence, false, false).await), Refusal::NotAllowed);
        assert_eq!(refused(requests::ask_licence(desk, &daan, licence, "").await), Refusal::NotAllowed);
        desk.execute(sql!("UPDATE account SET staff = FALSE")).await;
        let granted = licences::by_staff::grant(desk, &scene.staff, OFFSHORE, &desk.terms(scene.product)).await;
        assert_eq!(refused(granted), Refusal::NotAllowed);
        let changed = licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &desk.terms(scene.product)).await;
        assert_eq!(refused(changed), Refusal::NotAllowed);
        desk.execute(sql!("UPDATE account SET staff = TRUE WHERE username = 'staff@balie.example'")).await;
        assert_eq!(desk.dump_of_deeds().await, before);
    }

    /// More than go into one transaction: each one decided, mailed and written down once.
    async fn two_hundred_at_once(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        let asked = crowd_asks(desk, licence, 220).await;
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 220);
        // R6: what was the newest when all were chosen is known on every page.
        let second = RequestsQuery { page: 2, ..RequestsQuery::default() };
        let second = requests::list(desk, &desk.member(COMPANY, ANNA).await, &second).await.unwrap();
        assert_eq!(second.newest, asked.iter().copied().max());
        let accepted = requests::decide(desk, &scene.anna, &accept(), &Chosen::These(asked[..10].to_vec())).await.unwrap();
        assert_eq!(accepted, 10);
        for request in &asked[..10] {
            requests::undo(desk, &scene.anna, *request).await.unwrap();
        }
        desk.letters_are_looked_at().await;
        desk.new_deeds().await;
        let reason = decline("We have a print.");
        assert_eq!(requests::decide(desk, &scene.anna, &reason, &Chosen::These(asked[..20].to_vec())).await.unwrap(), 20);
        assert_eq!(desk.new_kinds().await, ["request_declined"; 20]);
        for request in &asked[..20] {
            requests::undo(desk, &scene.anna, *request).await.unwrap();
        }
        desk.letters_are_looked_at().await;
        desk.new_deeds().await;
        assert_eq!(requests::decide(desk, &scene.anna, &accept(), &all_open(Queue::Licences)).await.unwrap(), 220);
        let deeds = desk.new_deeds().await;
        let mut people: Vec<_> = deeds.iter().map(|deed| deed.subject.unwrap()).collect();
        people.sort_unstable();
        people.dedup();
        assert!(deeds.iter().all(|deed| deed.kind == "request_accepted") && (deeds.len(), people.len()) == (220, 220));
        let queued = "SELECT COUNT(*), COUNT(DISTINCT recipient) FROM letter WHERE state = 'queued' AND kind = 'request_accepted' AND recipient = subject_account
                        AND request IN (SELECT request FROM access)";
        let letters: (i64, i64) = desk.db.one(sql!(queued)).await.unwrap();
        assert_eq!(letters, (220 + 10, 220), "and those of the ten that were undone");
        assert_eq!((desk.used(licence).await, requests::count(desk, &scene.anna).await.unwrap()), (220, 0));
        desk.letters_are_looked_at().await;
    }

    /// And declined, with the same reason for each.
    async fn two_hundred_are_declined(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        crowd_asks(desk, licence, 205).await;
        assert_eq!(requests::decide(desk, &scene.bram, &decline("Next year."), &all_open(Queue::Licences)).await.unwrap(), 205);
        assert_eq!(desk.new_kinds().await, vec!["request_declined"; 205]);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM request WHERE state = 'declined' AND answer = 'Next year.'")).await, 205);
        assert_eq!(desk.count(sql!("SELECT COUNT(DISTINCT request) FROM letter WHERE kind = 'request_declined'")).await, 205);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE kind = 'request_declined'")).await, 205);
        assert_eq!(desk.used(licence).await, 0);
        desk.letters_are_looked_at().await;
    }

    /// L6: the last seats are for whoever asked first, in whatever order they were chosen.
    async fn the_last_seats_go_to_whoever_asked_first(desk) {
        let (scene, licence, _) = begin(desk, "3").await;
        let mut asked = crowd_asks(desk, licence, 5).await;
        // Not by their ids: the last one asked first.
        desk.execute(sql!("UPDATE request SET asked_at = asked_at - 1000000 WHERE id = $1", asked[4])).await;
        let last = asked[4];
        asked.reverse();
        let (done, refused_for) = not_all(requests::decide(desk, &scene.anna, &accept(), &Chosen::These(asked.clone())).await);
        let full = Refusal::NoSeat { seats: 3, used: 3 };
        assert_eq!((done, refused_for), (3, vec![("crowd3@vandijk.example".into(), full.clone()), ("crowd4@vandijk.example".into(), full)]));
        assert_eq!((desk.used(licence).await, desk.state_of(last).await.as_str()), (3, "accepted"));
        desk.expect_mail(&[1, 2, 5].map(|number| ("request_accepted", ["", "crowd1@vandijk.example", "crowd2@vandijk.example", "", "", "crowd5@vandijk.example"][number]))).await;
    }
}

fn is_of_sign_in(line: &str) -> bool {
    ["session ", "history ", "account "].iter().any(|table| line.starts_with(table))
}

async fn licences_of(usernames: &[&str], desk: &TestDesk) -> shared::licences::Chosen {
    let mut ids = Vec::new();
    for username in usernames {
        ids.push(desk.id_of(username).await);
    }
    shared::licences::Chosen::These(ids)
}

/// R3: who decides is called like nobody and nothing else.
mod nobody_learns_who_decided {
    use super::*;
    use crate::support::MailServer;

    const XAVEER: &str = "xaveer@vandijk.example";

    /// Everything that whoever asked, or a colleague, can be answered.
    async fn answers(desk: &TestDesk, member: &Member) -> String {
        let mut said = String::new();
        for queue in [Queue::Licences, Queue::Documents] {
            let query = RequestsQuery { queue, period: Period::All, ..RequestsQuery::default() };
            said += &serde_json::to_string(&requests::list(desk, member, &query).await.unwrap()).unwrap();
        }
        said += &serde_json::to_string(&requests::mine(desk, member).await.unwrap()).unwrap();
        said += &serde_json::to_string(&companies::home(desk, member).await.unwrap()).unwrap();
        said += &serde_json::to_string(&documents::search(desk, member, "").await.unwrap()).unwrap();
        for number in ["NEN 1", "W 1", "S 1"] {
            said += &serde_json::to_string(&documents::page(desk, member, desk.document(number).await).await.unwrap()).unwrap();
        }
        said
    }

    on_both! {
        async fn on_no_screen_in_no_letter_and_no_header(desk) {
            let scene = desk.scene().await;
            let mail_server = MailServer::start().await;
            let worker = desk.another(|settings| settings.smtp_url = Some(mail_server.url())).await;
            let daan = desk.colleague(DAAN, "Daan Jansen").await;
            let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
            let welding = desk.product(&scene.staff, "Welding", &["W 1"]).await;
            let hidden = desk.licence(&scene.staff, COMPANY, welding, |_| {}).await;
            licences::save_settings(desk, &scene.anna, hidden, false, false).await.unwrap();
            desk.product(&scene.staff, "Safety", &["S 1"]).await;
            let xaveer = desk.administrator(COMPANY, XAVEER, "Xaveer Quist").await;
            let id = desk.id_of(XAVEER).await;
            let secrets = ["xaveer".to_owned(), "quist".into(), id.to_string(), id.0.simple().to_string()];
            let look = async |what: &str| {
                while outbox::send_waiting(&worker).await.unwrap() > 0 {}
                worker.later.wait().await;
                desk.letters_are_looked_at().await;
                let mut said = answers(desk, &scene.carla).await + &answers(desk, &daan).await;
                let mails: Vec<(String, String, String)> = desk
                    .db
                    .all(sql!("SELECT subject, text, html FROM dev_mail WHERE recipient = $1 OR recipient = $2", CARLA, DAAN))
                    .await
                    .unwrap();
                mails.iter().for_each(|(subject, text, html)| said += &format!("{subject}\n{text}\n{html}\n"));
                for mail in mail_server.mails() {
                    let whole = mail.replace("=\r\n", "");
                    if whole.lines().any(|line| line.starts_with("To:") && (line.contains(CARLA) || line.contains(DAAN))) {
                        said += &whole;
                    }
                }
                assert!(said.contains(CARLA), "her letters are among it");
                let said = said.to_lowercase();
                for secret in &secrets {
                    assert!(!said.contains(secret), "{secret} after {what}");
                }
            };
            let request = requests::ask_licence(desk, &scene.carla, licence, "For the bridge").await.unwrap();
            look("asking").await;
            desk.decide(&xaveer, &accept(), request).await.unwrap();
            look("accepting").await;
            requests::undo(desk, &xaveer, request).await.unwrap();
            look("undoing").await;
            desk.decide(&xaveer, &decline("Not now"), request).await.unwrap();
            look("declining").await;
            requests::undo(desk, &xaveer, request).await.unwrap();
            assert_eq!(licences::give(desk, &xaveer, licence, &shared::licences::Chosen::These(vec![scene.carlas])).await.unwrap(), 1);
            look("giving").await;
            desk.take_away(&xaveer, licence, scene.carlas).await.unwrap();
            look("taking away").await;

            let first = desk.ask_standard(&scene.carla, "W 1").await;
            requests::answer_standard(desk, &xaveer, first, &format!("licence:{hidden}")).await.unwrap();
            look("answering with a licence").await;
            let second = desk.ask_standard(&scene.carla, "S 1").await;
            requests::answer_standard(desk, &xaveer, second, &format!("collection:{}", scene.product)).await.unwrap();
            look("forwarding").await;
            requests::undo(desk, &xaveer, second).await.unwrap();
            look("undoing that").await;
            requests::answer_standard(desk, &xaveer, second, &format!("collection:{}", scene.product)).await.unwrap();
            requests::conclude_standard(desk, &scene.staff, second, desk.collection_of(second).await, true, "").await.unwrap();
            look("confirming").await;
            assert!(!answers(desk, &scene.carla).await.contains("Sophie"), "nor who of the provider's people did");

            // What is refused says nothing either.
            let third = desk.ask(&scene.carla, licence).await;
            desk.decide(&xaveer, &accept(), third).await.unwrap();
            let refusal = refused(requests::withdraw(desk, &scene.carla, third).await);
            assert_eq!(refusal, Refusal::Decided(Outcome::Accepted));
            licences::save_settings(desk, &xaveer, licence, false, false).await.unwrap();
            look("a setting").await;
            // Administrators read it in History.
            let history = server::history::of_company(desk, &scene.anna, &shared::history::HistoryQuery::default()).await.unwrap();
            let decided = history.rows.iter().find(|row| matches!(row.event, Some(Event::RequestAccepted { .. }))).unwrap();
            assert_eq!(decided.actor.as_ref().unwrap().username, XAVEER);
            worker.db.close().await;
        }
    }
}
