//! R1–R8: somebody asks for a licence or for a document, and an administrator decides.

use crate::{
    AccountId, CompanyNumber, DocumentId, FieldName, LicenceId, LocalTime, Problem, ProductId, Refusal, RequestId, Time,
    fields::paragraph,
    history::Period,
    licences::{Licence, OnOffer, OwnAccess, Taker},
};
use serde::{Deserialize, Serialize};

/// A decision can be undone for so long (R3).
pub const UNDO_SECONDS: i64 = 10 * 60;
/// After a decline one asks again not sooner (R4).
pub const ASK_AGAIN_SECONDS: i64 = 7 * DAY;
const DAY: i64 = 24 * 3600;
/// Why somebody asks, or is refused: so many characters (R1).
pub const LONGEST_REASON: u16 = 500;
/// So many requests of one person wait at most, and so many are made in an hour: each writes a letter to every administrator.
pub const MOST_ASKED: u32 = 25;
/// R8: who asked for a document within so long is told when it comes.
pub const TOLD_SECONDS: i64 = 366 * DAY;

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decider {
    pub account: AccountId,
    /// How many active administrators the company has besides.
    pub others: u32,
}

/// What became of a request, with who did it and when. It never leaves the server: who decided is nobody's but the administrators' (R3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    /// R8: an administrator chose the collection that it should be in; staff confirm.
    Forwarded {
        by: AccountId,
        at: Time,
    },
    Accepted {
        by: AccountId,
        at: Time,
    },
    /// L3: the licence became company-wide.
    Granted {
        at: Time,
    },
    /// By an administrator, or for a document by staff.
    Declined {
        by: AccountId,
        at: Time,
    },
    /// By whoever asked (R4).
    Withdrawn {
        at: Time,
    },
    /// By the system: whoever asked left, was blocked or switched company (R7).
    Lapsed {
        at: Time,
    },
}

/// The states without their facts: what a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Open,
    Forwarded,
    Accepted,
    Granted,
    Declined,
    Withdrawn,
    Lapsed,
}
words_of!(Outcome {
    Open: "open",
    Forwarded: "forwarded",
    Accepted: "accepted",
    Granted: "granted",
    Declined: "declined",
    Withdrawn: "withdrawn",
    Lapsed: "lapsed",
});

impl State {
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Open => Outcome::Open,
            Self::Forwarded { .. } => Outcome::Forwarded,
            Self::Accepted { .. } => Outcome::Accepted,
            Self::Granted { .. } => Outcome::Granted,
            Self::Declined { .. } => Outcome::Declined,
            Self::Withdrawn { .. } => Outcome::Withdrawn,
            Self::Lapsed { .. } => Outcome::Lapsed,
        }
    }

    #[must_use]
    pub const fn by(self) -> Option<AccountId> {
        match self {
            Self::Forwarded { by, .. } | Self::Accepted { by, .. } | Self::Declined { by, .. } => Some(by),
            Self::Open | Self::Granted { .. } | Self::Withdrawn { .. } | Self::Lapsed { .. } => None,
        }
    }
}

/// A request, as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    pub applicant: AccountId,
    pub state: State,
}

impl Request {
    /// R4, R5: whether this administrator decides it at all.
    ///
    /// # Errors
    /// [`Refusal::OwnRequest`], [`Refusal::Decided`].
    pub fn may_be_decided(&self, by: Decider) -> Result<(), Refusal> {
        self.is_not_own(by)?;
        match self.state {
            State::Open => Ok(()),
            other => Err(Refusal::Decided(other.outcome())),
        }
    }

    /// R3: access with it, at once.
    ///
    /// # Errors
    /// As [`Request::may_be_decided`], and why the applicant can't have access.
    pub fn accept(self, by: Decider, licence: &Licence, applicant: &Taker, now: Time) -> Result<Self, Refusal> {
        self.may_be_decided(by)?;
        licence.may_be_accepted(applicant, now)?;
        Ok(Self { state: State::Accepted { by: by.account, at: now }, ..self })
    }

    /// # Errors
    /// As [`Request::may_be_decided`].
    pub fn decline(self, by: Decider, now: Time) -> Result<Self, Refusal> {
        self.may_be_decided(by)?;
        Ok(Self { state: State::Declined { by: by.account, at: now }, ..self })
    }

    /// R8: to staff, who add the document to a collection.
    ///
    /// # Errors
    /// As [`Request::may_be_decided`].
    pub fn forward(self, by: Decider, now: Time) -> Result<Self, Refusal> {
        self.may_be_decided(by)?;
        Ok(Self { state: State::Forwarded { by: by.account, at: now }, ..self })
    }

    /// R8: staff confirm or refuse what was forwarded to them.
    ///
    /// # Errors
    /// [`Refusal::Decided`].
    pub fn conclude(self, by: AccountId, confirmed: bool, now: Time) -> Result<Self, Refusal> {
        match self.state {
            State::Forwarded { .. } if confirmed => Ok(Self { state: State::Accepted { by, at: now }, ..self }),
            State::Forwarded { .. } => Ok(Self { state: State::Declined { by, at: now }, ..self }),
            other => Err(Refusal::Decided(other.outcome())),
        }
    }

    /// R4.
    ///
    /// # Errors
    /// [`Refusal::Decided`]. [`Refusal::NotAllowed`] to anybody but the applicant.
    pub fn withdraw(self, by: AccountId, now: Time) -> Result<Self, Refusal> {
        if by != self.applicant {
            return Err(Refusal::NotAllowed);
        }
        match self.state {
            State::Open | State::Forwarded { .. } => Ok(Self { state: State::Withdrawn { at: now }, ..self }),
            other => Err(Refusal::Decided(other.outcome())),
        }
    }

    /// L3. What is concluded stays as it is.
    #[must_use]
    pub const fn grant(self, now: Time) -> Option<Self> {
        match self.state {
            State::Open => Some(Self { state: State::Granted { at: now }, ..self }),
            _ => None,
        }
    }

    /// R7. What is concluded stays as it is.
    #[must_use]
    pub const fn lapse(self, now: Time) -> Option<Self> {
        match self.state {
            State::Open | State::Forwarded { .. } => Some(Self { state: State::Lapsed { at: now }, ..self }),
            _ => None,
        }
    }

    /// Whoever asked has got it by something else than a decision on just this: access that was given, another request's, a document that came
    /// (R8). What is concluded stays as it is.
    #[must_use]
    pub const fn answer(self, by: AccountId, now: Time) -> Option<Self> {
        match self.state {
            State::Open => Some(Self { state: State::Accepted { by, at: now }, ..self }),
            _ => None,
        }
    }

    /// R3, *Undo*: open again.
    ///
    /// # Errors
    /// [`Refusal::OwnRequest`], [`Refusal::UndoIsOver`], [`Refusal::NothingToUndo`].
    pub fn undo(self, by: Decider, facts: Undoing, now: Time) -> Result<Self, Refusal> {
        self.is_not_own(by)?;
        match self.state {
            State::Accepted { at, .. } | State::Declined { at, .. } | State::Forwarded { at, .. } if facts.leaves_somebody_asking() => {
                if now < at.plus_seconds(UNDO_SECONDS) {
                    Ok(Self { state: State::Open, ..self })
                } else {
                    Err(Refusal::UndoIsOver)
                }
            }
            _ => Err(Refusal::NothingToUndo),
        }
    }

    fn is_not_own(&self, by: Decider) -> Result<(), Refusal> {
        if self.applicant == by.account && by.others > 0 { Err(Refusal::OwnRequest) } else { Ok(()) }
    }
}

/// What *Undo* asks besides (R3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undoing {
    /// An administrator decided it, or a request that this one was accepted with. Not what staff confirmed, nor what was answered by access that
    /// was given unasked.
    pub was_decided: bool,
    /// Whoever asked is in the company, and not blocked.
    pub is_member: bool,
    /// They have what they asked for by something else than this decision.
    pub has_it: bool,
    /// R4: one at a time, and they have asked anew.
    pub asks_anew: bool,
}

impl Undoing {
    /// Whether there would be somebody who asks, for something that they would not have anyway.
    const fn leaves_somebody_asking(self) -> bool {
        self.was_decided && self.is_member && !self.has_it && !self.asks_anew
    }
}

/// What the rules ask about somebody who wants to ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// R4: one is open already.
    pub has_open: bool,
    pub has_access: bool,
    pub last_declined: Option<Time>,
}

impl Asking {
    /// R4.
    ///
    /// # Errors
    /// [`Refusal::HasAccess`], [`Refusal::AlreadyAsked`], [`Refusal::AskAgainLater`].
    pub fn may_ask(&self, now: Time) -> Result<(), Refusal> {
        if self.has_access {
            return Err(Refusal::HasAccess);
        }
        if self.has_open {
            return Err(Refusal::AlreadyAsked);
        }
        match self.last_declined.map(|at| at.plus_seconds(ASK_AGAIN_SECONDS)) {
            Some(again) if now < again => Err(Refusal::AskAgainLater { days: days_until(again, now) }),
            _ => Ok(()),
        }
    }

    /// L4, L5, R4: for a licence.
    ///
    /// # Errors
    /// As [`Asking::may_ask`] and [`Licence::is_on_offer`].
    pub fn may_ask_for(&self, licence: &Licence, now: Time) -> Result<(), Refusal> {
        licence.is_on_offer(now)?;
        self.may_ask(now)
    }
}

/// Days begun.
fn days_until(end: Time, now: Time) -> u32 {
    u32::try_from((end.0 - now.0 + DAY * 1000 - 1) / (DAY * 1000)).unwrap_or(1)
}

/// A reason, as it was filled in: nothing, or at most 500 characters on a few lines.
///
/// # Errors
/// [`Refusal::Fields`].
pub fn reason(text: &str) -> Result<Option<String>, Refusal> {
    paragraph(text, LONGEST_REASON).map_err(|problem| Refusal::field(FieldName::Reason, problem))
}

/// Which queue: *Licences* or *Documents*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    #[default]
    Licences,
    Documents,
}
words_of!(Queue { Licences: "licences", Documents: "documents" });

/// What the list shows: kept in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestsQuery {
    pub queue: Queue,
    /// Of the concluded ones (R2).
    pub period: Period,
    /// Of the open ones, from 1.
    pub page: u32,
    /// Of the concluded ones, from 1.
    pub done_page: u32,
}

/// R2: the periods offered.
pub const PERIODS: [Period; 4] = [Period::Week, Period::Month, Period::Quarter, Period::Year];

/// Requests on a page.
pub const PAGE_SIZE: u32 = 50;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    Licence { id: LicenceId, product: String },
    Document { id: DocumentId, number: String, title: String },
}

/// Who asks: for administrators alone (R2). Whoever deleted their account has neither name nor username (P6).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Applicant {
    pub id: AccountId,
    pub name: String,
    pub username: String,
    /// In the company still, and so with a page there.
    pub inside: bool,
}

/// A request in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    pub id: RequestId,
    pub subject: Subject,
    pub asked: LocalTime,
    pub reason: Option<String>,
    /// R2: `None` for everyone but administrators.
    pub applicant: Option<Applicant>,
    /// The reader's own.
    pub own: bool,
    pub outcome: Outcome,
    /// When it came to that.
    pub since: LocalTime,
    /// Why it was declined: for administrators and the applicant.
    pub answer: Option<String>,
    /// R4, R5, L6, as the deeds will decide it. Nobody but an administrator may.
    pub may_accept: Result<(), Refusal>,
    pub may_decline: Result<(), Refusal>,
    pub may_withdraw: bool,
    pub may_undo: bool,
    /// R8: what an administrator can do with a document.
    pub choices: Vec<Choice>,
}

/// R8: what an administrator can choose for a document that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Choice {
    /// Access to a licence that has it.
    Licence { id: LicenceId, product: String },
    /// Staff are asked to add it to this collection, which the company has a licence for.
    Collection { id: ProductId, product: String },
}

impl Choice {
    /// What a form sends.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Licence { id, .. } => format!("licence:{id}"),
            Self::Collection { id, .. } => format!("collection:{id}"),
        }
    }
}

/// R8: what an administrator chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Licence(LicenceId),
    Collection(ProductId),
}

impl Answer {
    /// As a form sends it ([`Choice::key`]).
    ///
    /// # Errors
    /// [`Refusal::Fields`].
    pub fn parse(choice: &str) -> Result<Self, Refusal> {
        let refused = |problem| Refusal::field(FieldName::Choice, problem);
        if choice.is_empty() {
            return Err(refused(Problem::Missing));
        }
        let answer = match choice.split_once(':') {
            Some(("licence", id)) => id.parse().ok().map(Self::Licence),
            Some(("collection", id)) => id.parse().ok().map(Self::Collection),
            _ => None,
        };
        answer.ok_or_else(|| refused(Problem::NotAChoice))
    }
}

/// *Requests › Licences* or *› Documents*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestsPage {
    pub company: CompanyNumber,
    /// Whether the reader decides.
    pub administers: bool,
    /// The newest first.
    pub open: Vec<RequestRow>,
    pub found: u32,
    /// The newest that is open, on whichever page: what came later nobody who reads this has seen (R6).
    pub newest: Option<RequestId>,
    /// The page shown, from 1.
    pub page: u32,
    pub pages: u32,
    pub done: Vec<RequestRow>,
    pub done_found: u32,
    pub done_page: u32,
    pub done_pages: u32,
    /// R1: what the reader can ask for; only in the licences' queue.
    pub on_offer: Vec<OnOffer>,
    /// R8: what answers some of the open ones, on whichever page; for administrators, in the documents' queue.
    pub choices: Vec<Choice>,
}

/// What somebody has and can get in one company (R1, S3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    pub access: Vec<OwnAccess>,
    pub open: Vec<RequestRow>,
    pub on_offer: Vec<OnOffer>,
}

/// What waits for an administrator's decision, in both queues (R1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub count: u32,
    /// The newest [`NEWEST`] of them.
    pub newest: Vec<RequestRow>,
}

/// Requests on an administrator's Home.
pub const NEWEST: u32 = 5;

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// Of requests for licences.
    Accept,
    /// Of requests for documents (R8).
    Answer(Answer),
    Decline {
        reason: Option<String>,
    },
}

/// Which requests are decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    These(Vec<RequestId>),
    /// All that are open in this queue.
    AllOpen {
        queue: Queue,
        /// Of those that came later than this one, the reader has seen nothing (R6).
        newest: RequestId,
        /// R5: how many the reader saw. Where there are fewer, others were quicker.
        expected: Option<u32>,
    },
}

/// Provider › Requests: the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToConfirmPage {
    pub rows: Vec<ToConfirm>,
    pub found: u32,
    /// The page shown, from 1.
    pub page: u32,
    pub pages: u32,
}

/// R8: a standard that an administrator wants in a collection, for staff to confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToConfirm {
    pub id: RequestId,
    pub company: CompanyNumber,
    pub company_name: String,
    pub document: DocumentId,
    pub number: String,
    pub title: String,
    pub product: String,
    pub product_id: ProductId,
    pub since: LocalTime,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Time = Time(1_000_000_000);
    const APPLICANT: AccountId = AccountId(uuid::Uuid::from_u128(1));
    const ANNA: AccountId = AccountId(uuid::Uuid::from_u128(2));
    const LICENCE: Licence = Licence {
        from: Time(0),
        until: Time(i64::MAX),
        seats: Some(2),
        used: 1,
        company_wide_permitted: false,
        company_wide: false,
        shown: true,
        external: false,
    };
    const TAKER: Taker = Taker::ANYBODY;
    const UNDOING: Undoing = Undoing { was_decided: true, is_member: true, has_it: false, asks_anew: false };

    fn states() -> [State; 7] {
        let (by, at) = (ANNA, NOW);
        [
            State::Open,
            State::Forwarded { by, at },
            State::Accepted { by, at },
            State::Granted { at },
            State::Declined { by, at },
            State::Withdrawn { at },
            State::Lapsed { at },
        ]
    }

    fn anna() -> Decider {
        Decider { account: ANNA, others: 1 }
    }

    /// R3–R5, R7, R8, L3: every state × every deed, and the state that it leads to.
    #[test]
    fn every_state_and_every_deed() {
        let decided = |state: State| Err(Refusal::Decided(state.outcome()));
        for state in states() {
            let request = Request { applicant: APPLICANT, state };
            let open = state == State::Open;
            let waits = matches!(state, State::Open | State::Forwarded { .. });
            let (by, at) = (ANNA, NOW);
            let to = |outcome: State| Ok(Request { applicant: APPLICANT, state: outcome });
            assert_eq!(request.accept(anna(), &LICENCE, &TAKER, NOW), if open { to(State::Accepted { by, at }) } else { decided(state) });
            assert_eq!(request.decline(anna(), NOW), if open { to(State::Declined { by, at }) } else { decided(state) });
            assert_eq!(request.forward(anna(), NOW), if open { to(State::Forwarded { by, at }) } else { decided(state) });
            assert_eq!(request.withdraw(APPLICANT, NOW), if waits { to(State::Withdrawn { at }) } else { decided(state) });
            assert_eq!(request.withdraw(ANNA, NOW), Err(Refusal::NotAllowed));
            assert_eq!(request.grant(NOW).map(|request| request.state), open.then_some(State::Granted { at }));
            assert_eq!(request.lapse(NOW).map(|request| request.state), waits.then_some(State::Lapsed { at }));
            let forwarded = matches!(state, State::Forwarded { .. });
            assert_eq!(request.conclude(ANNA, true, NOW), if forwarded { to(State::Accepted { by, at }) } else { decided(state) });
            assert_eq!(request.conclude(ANNA, false, NOW), if forwarded { to(State::Declined { by, at }) } else { decided(state) });
            assert_eq!(request.answer(ANNA, NOW).map(|request| request.state), open.then_some(State::Accepted { by, at }));
            let undone = matches!(state, State::Accepted { .. } | State::Declined { .. } | State::Forwarded { .. });
            assert_eq!(request.undo(anna(), UNDOING, NOW), if undone { to(State::Open) } else { Err(Refusal::NothingToUndo) });
            for nobody_asks in [
                Undoing { was_decided: false, ..UNDOING },
                Undoing { is_member: false, ..UNDOING },
                Undoing { has_it: true, ..UNDOING },
                Undoing { asks_anew: true, ..UNDOING },
            ] {
                assert_eq!(request.undo(anna(), nobody_asks, NOW), Err(Refusal::NothingToUndo), "{nobody_asks:?}");
            }
        }
    }

    #[test]
    fn ten_minutes_to_undo() {
        let request = Request { applicant: APPLICANT, state: State::Accepted { by: ANNA, at: NOW } };
        let end = NOW.plus_seconds(UNDO_SECONDS);
        assert!(request.undo(anna(), UNDOING, Time(end.0 - 1)).is_ok());
        assert_eq!(request.undo(anna(), UNDOING, end), Err(Refusal::UndoIsOver));
    }

    /// R4: every deed that decides × whether there is another administrator.
    #[test]
    fn nobody_decides_their_own_where_another_could() {
        for others in [0, 1, 5] {
            let own = Decider { account: APPLICANT, others };
            let expected = if others == 0 { Ok(()) } else { Err(Refusal::OwnRequest) };
            let request = Request { applicant: APPLICANT, state: State::Open };
            assert_eq!(request.accept(own, &LICENCE, &TAKER, NOW).map(|_| ()), expected);
            assert_eq!(request.decline(own, NOW).map(|_| ()), expected);
            assert_eq!(request.forward(own, NOW).map(|_| ()), expected);
            let declined = Request { state: State::Declined { by: ANNA, at: NOW }, ..request };
            assert_eq!(declined.undo(own, UNDOING, NOW).map(|_| ()), expected);
        }
    }

    #[test]
    fn accepting_asks_the_licence() {
        let request = Request { applicant: APPLICANT, state: State::Open };
        let later = Licence { from: Time(NOW.0 + 1), ..LICENCE };
        assert_eq!(request.accept(anna(), &later, &TAKER, NOW), Err(Refusal::LicenceNotYet));
        let full = Licence { used: 2, ..LICENCE };
        assert_eq!(request.accept(anna(), &full, &TAKER, NOW), Err(Refusal::NoSeat { seats: 2, used: 2 }));
        let blocked = Taker { blocked: true, ..TAKER };
        assert_eq!(request.accept(anna(), &LICENCE, &blocked, NOW), Err(Refusal::Blocked));
    }

    #[test]
    fn once_until_it_is_decided_and_seven_days_after_a_decline() {
        let asking = Asking::default();
        assert_eq!(asking.may_ask_for(&LICENCE, NOW), Ok(()));
        assert_eq!(Asking { has_open: true, ..asking }.may_ask(NOW), Err(Refusal::AlreadyAsked));
        assert_eq!(Asking { has_access: true, has_open: true, ..asking }.may_ask(NOW), Err(Refusal::HasAccess));
        let declined = Asking { last_declined: Some(NOW), ..asking };
        let end = NOW.plus_seconds(ASK_AGAIN_SECONDS);
        for (now, expected) in
            [(NOW, Err(Refusal::AskAgainLater { days: 7 })), (Time(end.0 - 1), Err(Refusal::AskAgainLater { days: 1 })), (end, Ok(()))]
        {
            assert_eq!(declined.may_ask(now), expected);
        }
        assert_eq!(asking.may_ask_for(&Licence { shown: false, ..LICENCE }, NOW), Err(Refusal::NotOnOffer));
    }

    #[test]
    fn an_answer_is_what_its_choice_sends() {
        let (licence, product) = (LicenceId(uuid::Uuid::from_u128(3)), ProductId(uuid::Uuid::from_u128(4)));
        let name = String::new;
        assert_eq!(Answer::parse(&Choice::Licence { id: licence, product: name() }.key()), Ok(Answer::Licence(licence)));
        assert_eq!(Answer::parse(&Choice::Collection { id: product, product: name() }.key()), Ok(Answer::Collection(product)));
        let refused = |problem| Err(Refusal::field(FieldName::Choice, problem));
        assert_eq!(Answer::parse(""), refused(Problem::Missing));
        for text in ["licence", "licence:", "collection:x", ":", "product:00000000-0000-0000-0000-000000000003"] {
            assert_eq!(Answer::parse(text), refused(Problem::NotAChoice), "{text}");
        }
    }

    /// What can happen to a request, in any order.
    #[derive(Clone, Copy, Debug)]
    enum Happens {
        Accept,
        Decline,
        Forward,
        Confirm(bool),
        Withdraw,
        Grant,
        Answer,
        Lapse,
        Undo,
    }

    fn happens() -> impl Strategy<Value = Vec<(Happens, i64)>> {
        let one = prop_oneof![
            Just(Happens::Accept),
            Just(Happens::Decline),
            Just(Happens::Forward),
            any::<bool>().prop_map(Happens::Confirm),
            Just(Happens::Withdraw),
            Just(Happens::Grant),
            Just(Happens::Answer),
            Just(Happens::Lapse),
            Just(Happens::Undo),
        ];
        proptest::collection::vec((one, 0_i64..UNDO_SECONDS), 0..20)
    }

    proptest! {
        #![proptest_config(crate::cases())]

        /// R5: whatever happens in whatever order, a request is concluded once, and after that only *Undo* within its ten minutes opens it.
        #[test]
        fn decided_once(all in happens()) {
            let mut request = Request { applicant: APPLICANT, state: State::Open };
            let mut now = NOW;
            for (what, later) in all {
                now = now.plus_seconds(later);
                let before = request;
                let after = match what {
                    Happens::Accept => request.accept(anna(), &LICENCE, &TAKER, now).ok(),
                    Happens::Decline => request.decline(anna(), now).ok(),
                    Happens::Forward => request.forward(anna(), now).ok(),
                    Happens::Confirm(yes) => request.conclude(ANNA, yes, now).ok(),
                    Happens::Withdraw => request.withdraw(APPLICANT, now).ok(),
                    Happens::Grant => request.grant(now),
                    Happens::Answer => request.answer(ANNA, now),
                    Happens::Lapse => request.lapse(now),
                    Happens::Undo => request.undo(anna(), UNDOING, now).ok(),
                };
                let Some(after) = after else { continue };
                let waited = matches!(before.state, State::Open | State::Forwarded { .. });
                prop_assert!(waited || matches!(what, Happens::Undo), "{before:?} became {after:?} by {what:?}");
                if let (State::Accepted { at, .. } | State::Declined { at, .. }, Happens::Undo) = (before.state, what) {
                    prop_assert!(now < at.plus_seconds(UNDO_SECONDS));
                }
                request = after;
            }
        }
    }
}
