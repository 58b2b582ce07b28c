//! L1–L6: a company's right to a product, and who uses it.

use crate::{
    AccountId, CompanyNumber, FieldName, LicenceId, LocalTime, Problem, ProductId, Refusal, Time, refusal::Problems, time::Date,
    users::StatusShown,
};
use serde::{Deserialize, Serialize};

/// What decides what may be done with a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    pub from: Time,
    /// The first moment in which it gives no access any more.
    pub until: Time,
    /// `None`: no limit.
    pub seats: Option<u32>,
    /// Individual accesses: company-wide access takes no seat (L6).
    pub used: u32,
    pub company_wide_permitted: bool,
    /// L3.
    pub company_wide: bool,
    /// L4: *Show in licence selection*.
    pub shown: bool,
    /// L5: the product's outside supplier must know who uses it.
    pub external: bool,
}

/// Whether a licence gives access at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    NotYet,
    Valid,
    Expired,
}

impl Validity {
    /// Of what gives access from the one moment on, and from the other no more.
    #[must_use]
    pub fn between(from: Time, until: Time, now: Time) -> Self {
        match now {
            now if now < from => Self::NotYet,
            now if now < until => Self::Valid,
            _ => Self::Expired,
        }
    }
}

/// What the rules ask about somebody who would use a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taker {
    pub blocked: bool,
    pub awaits_approval: bool,
    /// An individual access, whatever the licence says.
    pub has_access: bool,
    pub has_country: bool,
    /// G2: the company's general account.
    pub is_general: bool,
}

impl Taker {
    /// Somebody of whom nothing keeps them from access.
    pub const ANYBODY: Self = Self { blocked: false, awaits_approval: false, has_access: false, has_country: true, is_general: false };

    /// L5: whether a supplier can be told who it is.
    ///
    /// # Errors
    /// [`Refusal::NotForGeneralAccount`], [`Refusal::NoCountry`].
    pub fn may_be_reported(&self) -> Result<(), Refusal> {
        match self {
            // A supplier is told of persons.
            Self { is_general: true, .. } => Err(Refusal::NotForGeneralAccount),
            Self { has_country: false, .. } => Err(Refusal::NoCountry),
            _ => Ok(()),
        }
    }
}

impl Licence {
    #[must_use]
    pub fn validity(&self, now: Time) -> Validity {
        Validity::between(self.from, self.until, now)
    }

    /// L6: none, where more is used than there is.
    #[must_use]
    pub fn free(&self) -> Option<u32> {
        self.seats.map(|seats| seats.saturating_sub(self.used))
    }

    /// L6.
    ///
    /// # Errors
    /// [`Refusal::NoSeat`].
    pub fn has_room(&self) -> Result<(), Refusal> {
        match self.seats {
            Some(seats) if self.used >= seats => Err(Refusal::NoSeat { seats, used: self.used }),
            _ => Ok(()),
        }
    }

    /// L6: before it begins access can be prepared; afterwards there is nothing to give.
    fn is_not_over(&self, now: Time) -> Result<(), Refusal> {
        if self.validity(now) == Validity::Expired { Err(Refusal::LicenceExpired) } else { Ok(()) }
    }

    /// L4, L5: whether somebody may ask for it at all.
    ///
    /// # Errors
    /// [`Refusal::NotOnOffer`], [`Refusal::LicenceExpired`], [`Refusal::HasAccess`].
    pub fn is_on_offer(&self, now: Time) -> Result<(), Refusal> {
        match self.validity(now) {
            Validity::Expired => Err(Refusal::LicenceExpired),
            Validity::NotYet => Err(Refusal::NotOnOffer),
            Validity::Valid if self.external || !self.shown => Err(Refusal::NotOnOffer),
            Validity::Valid if self.company_wide => Err(Refusal::HasAccess),
            Validity::Valid => Ok(()),
        }
    }

    /// Whether this person may have access of their own, by an administrator's hand or by a request that is accepted.
    ///
    /// # Errors
    /// [`Refusal::LicenceExpired`], [`Refusal::Blocked`], [`Refusal::AwaitsApproval`] (I5), [`Refusal::HasAccess`], [`Refusal::GeneralAccount`] and
    /// [`Refusal::NoCountry`] (L5), [`Refusal::NoSeat`] (L6).
    pub fn may_be_given(&self, to: &Taker, now: Time) -> Result<(), Refusal> {
        self.is_not_over(now)?;
        match to {
            Taker { blocked: true, .. } => Err(Refusal::Blocked),
            Taker { awaits_approval: true, .. } => Err(Refusal::AwaitsApproval),
            Taker { has_access: true, .. } => Err(Refusal::HasAccess),
            _ if self.company_wide => Err(Refusal::HasAccess),
            _ => {
                if self.external {
                    to.may_be_reported()?;
                }
                self.has_room()
            }
        }
    }

    /// [`Licence::may_be_given`], of access at once: beforehand it is given, not accepted (R3).
    ///
    /// # Errors
    /// The same, and [`Refusal::LicenceNotYet`].
    pub fn may_be_accepted(&self, to: &Taker, now: Time) -> Result<(), Refusal> {
        if self.validity(now) == Validity::NotYet {
            return Err(Refusal::LicenceNotYet);
        }
        self.may_be_given(to, now)
    }

    /// L3: whether *Company-wide licence* may be switched on. Off it always may be.
    ///
    /// # Errors
    /// [`Refusal::NotCompanyWide`], [`Refusal::LicenceExpired`].
    pub fn may_be_company_wide(&self, now: Time) -> Result<(), Refusal> {
        if !self.company_wide_permitted {
            return Err(Refusal::NotCompanyWide);
        }
        self.is_not_over(now)
    }
}

/// How somebody got their access (L2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The licence is company-wide, or was when the person was inside (L3).
    CompanyWide,
    Given,
    Requested,
}
words_of!(Way { CompanyWide: "company_wide", Given: "given", Requested: "requested" });

/// A licence as staff filled it in (L1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LicenceForm {
    /// Only where a licence is new: it is for one product for good.
    pub product: String,
    /// `2026-01-31`; the first day.
    pub valid_from: String,
    /// The last day.
    pub valid_until: String,
    /// A number, or nothing for no limit.
    pub seats: String,
    /// Checkboxes: `on`, or absent.
    pub company_wide_permitted: Option<String>,
    pub external: Option<String>,
}

/// L1, parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub from: Date,
    /// The last day in which it gives access.
    pub until: Date,
    pub seats: Option<u32>,
    pub company_wide_permitted: bool,
    pub external: bool,
}

/// More seats than anybody has people.
const MOST_SEATS: u32 = 1_000_000;

impl LicenceForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<Terms, Refusal> {
        let mut problems = Problems::default();
        let from = problems.of(FieldName::ValidFrom, Date::parse(&self.valid_from));
        let until = problems.of(FieldName::ValidUntil, Date::parse(&self.valid_until));
        let until = problems.of(FieldName::ValidUntil, in_order(from, until)).flatten();
        let seats = problems.of(FieldName::Seats, seats(&self.seats));
        let (company_wide_permitted, external) = (self.company_wide_permitted.is_some(), self.external.is_some());
        // A supplier must know each person, and company-wide is whoever comes.
        let kind = problems.of(
            FieldName::CompanyWidePermitted,
            if company_wide_permitted && external { Err(Problem::ExternalCompanyWide) } else { Ok(()) },
        );
        match (from, until, seats, kind) {
            (Some(from), Some(until), Some(seats), Some(())) => Ok(Terms { from, until, seats, company_wide_permitted, external }),
            _ => Err(problems.refusal()),
        }
    }

    /// The product of a new licence.
    ///
    /// # Errors
    /// [`Refusal::Fields`].
    pub fn parse_product(&self) -> Result<ProductId, Refusal> {
        let problem = if self.product.is_empty() { Problem::Missing } else { Problem::NotAChoice };
        self.product.parse().map_err(|_| Refusal::field(FieldName::Product, problem))
    }
}

fn in_order(from: Option<Date>, until: Option<Date>) -> Result<Option<Date>, Problem> {
    match (from, until) {
        (Some(from), Some(until)) if until < from => Err(Problem::EndsBeforeItBegins),
        (_, until) => Ok(until),
    }
}

fn seats(text: &str) -> Result<Option<u32>, Problem> {
    match text.trim() {
        "" => Ok(None),
        number => match number.parse() {
            Ok(seats) if (1..=MOST_SEATS).contains(&seats) => Ok(Some(seats)),
            _ => Err(Problem::NotANumber(MOST_SEATS)),
        },
    }
}

/// My company › Licences (L2): a line for each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LicenceRow {
    pub id: LicenceId,
    pub product: String,
    pub terms: TermsShown,
    pub used: u32,
    /// L3.
    pub company_wide: bool,
    /// L4.
    pub shown: bool,
    /// Requests that wait for a decision.
    pub open: u32,
}

/// What staff agreed, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TermsShown {
    pub from: LocalTime,
    /// The last day.
    pub until: LocalTime,
    pub validity: Validity,
    pub seats: Option<u32>,
    pub company_wide_permitted: bool,
    /// L5.
    pub external: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicencesPage {
    pub company: CompanyNumber,
    pub rows: Vec<LicenceRow>,
}

/// Which people of a licence are shown: kept in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleQuery {
    pub search: String,
    /// Those who have no access of their own, to give it to them.
    pub without: bool,
    /// From 1.
    pub page: u32,
}

/// People on a page.
pub const PAGE_SIZE: u32 = 50;

/// Somebody of the company, and their access.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UsesRow {
    pub id: AccountId,
    pub name: String,
    pub username: String,
    pub status: StatusShown,
    /// How and since when; `None`: no access of their own.
    pub access: Option<(Way, LocalTime)>,
}

/// One licence's page (L2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicencePage {
    pub company: CompanyNumber,
    pub licence: LicenceRow,
    pub effect: Effect,
    pub may_be_company_wide: Result<(), Refusal>,
    /// L6, as the deed will decide it.
    pub has_room: Result<(), Refusal>,
    pub people: Vec<UsesRow>,
    pub found: u32,
    /// The page shown, from 1.
    pub page: u32,
    pub pages: u32,
}

/// L3, in numbers: what switching *Company-wide licence* would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Everybody in the company who is registered.
    pub members: u32,
    /// Of those, who has no access of their own: on gives it to them, off makes it theirs.
    pub without: u32,
    /// On grants so many requests.
    pub open: u32,
    /// Off leaves so many seats used.
    pub used_afterwards: u32,
}

/// Somebody's own access, on Home and in My profile (R1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAccess {
    pub licence: LicenceId,
    pub product: String,
    pub way: Way,
    /// What is only company-wide can't be taken from one person.
    pub may_remove: Result<(), Refusal>,
    pub validity: Validity,
    /// The last day.
    pub until: LocalTime,
}

/// A licence that somebody may ask for (R1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnOffer {
    pub licence: LicenceId,
    pub product: String,
    /// What the product is.
    pub about: String,
    /// R4, as the deed will decide it.
    pub may_ask: Result<(), Refusal>,
    /// L6: an administrator can't accept it now.
    pub is_full: bool,
}

/// A licence that an administrator may give to one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Givable {
    pub licence: LicenceId,
    pub product: String,
    /// L5, L6, as the deed will decide it.
    pub may_be_given: Result<(), Refusal>,
}

/// Whom access is given to, or taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    These(Vec<AccountId>),
    /// Everybody whom the filter finds, on all pages.
    Found(PeopleQuery),
}

/// A licence at the provider's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantedRow {
    pub id: LicenceId,
    pub product: String,
    pub product_id: ProductId,
    pub terms: TermsShown,
    pub used: u32,
    pub company_wide: bool,
}

/// L5: somebody whom a supplier must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToReport {
    pub supplier: Option<String>,
    pub product: String,
    pub company: CompanyNumber,
    pub company_name: String,
    pub name: String,
    pub username: String,
    /// Two letters.
    pub country: Option<String>,
    pub since: LocalTime,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Time = Time(1_000_000);
    const LATER: Time = Time(2_000_000);
    const BEFORE: Time = Time(500_000);

    fn licence() -> Licence {
        Licence {
            from: BEFORE,
            until: LATER,
            seats: Some(3),
            used: 2,
            company_wide_permitted: true,
            company_wide: false,
            shown: true,
            external: false,
        }
    }

    const PERSON: Taker = Taker { blocked: false, awaits_approval: false, has_access: false, has_country: true, is_general: false };

    #[test]
    fn a_licence_is_valid_from_its_first_to_its_last_moment() {
        for (now, expected) in [
            (Time(BEFORE.0 - 1), Validity::NotYet),
            (BEFORE, Validity::Valid),
            (Time(LATER.0 - 1), Validity::Valid),
            (LATER, Validity::Expired),
        ] {
            assert_eq!(licence().validity(now), expected, "{now:?}");
        }
    }

    /// L4, L5: shown × external × company-wide × validity.
    #[test]
    fn what_can_be_asked_for() {
        for shown in [false, true] {
            for external in [false, true] {
                for company_wide in [false, true] {
                    let one = Licence { shown, external, company_wide, ..licence() };
                    let expected = match (shown && !external, company_wide) {
                        (false, _) => Err(Refusal::NotOnOffer),
                        (true, true) => Err(Refusal::HasAccess),
                        (true, false) => Ok(()),
                    };
                    assert_eq!(one.is_on_offer(NOW), expected);
                    assert_eq!(one.is_on_offer(LATER), Err(Refusal::LicenceExpired));
                    assert_eq!(one.is_on_offer(Time(0)), Err(Refusal::NotOnOffer));
                }
            }
        }
    }

    #[test]
    fn whom_access_can_be_given_to() {
        let full = Err(Refusal::NoSeat { seats: 2, used: 2 });
        for (one, to, expected) in [
            (licence(), PERSON, Ok(())),
            (Licence { from: LATER, until: Time(3_000_000), ..licence() }, PERSON, Ok(())),
            (Licence { until: NOW, ..licence() }, PERSON, Err(Refusal::LicenceExpired)),
            (Licence { seats: Some(2), ..licence() }, PERSON, full.clone()),
            (Licence { seats: None, used: 900, ..licence() }, PERSON, Ok(())),
            (Licence { company_wide: true, ..licence() }, PERSON, Err(Refusal::HasAccess)),
            (licence(), Taker { blocked: true, ..PERSON }, Err(Refusal::Blocked)),
            (licence(), Taker { awaits_approval: true, ..PERSON }, Err(Refusal::AwaitsApproval)),
            (licence(), Taker { has_access: true, ..PERSON }, Err(Refusal::HasAccess)),
            (licence(), Taker { has_country: false, ..PERSON }, Ok(())),
            (licence(), Taker { is_general: true, ..PERSON }, Ok(())),
            (Licence { external: true, ..licence() }, PERSON, Ok(())),
            (Licence { external: true, ..licence() }, Taker { has_country: false, ..PERSON }, Err(Refusal::NoCountry)),
            (Licence { external: true, ..licence() }, Taker { is_general: true, ..PERSON }, Err(Refusal::NotForGeneralAccount)),
            (Licence { external: true, seats: Some(2), ..licence() }, PERSON, full),
        ] {
            assert_eq!(one.may_be_given(&to, NOW), expected, "{one:?} {to:?}");
        }
    }

    #[test]
    fn company_wide_only_where_it_is_permitted() {
        assert_eq!(licence().may_be_company_wide(NOW), Ok(()));
        assert_eq!(licence().may_be_company_wide(LATER), Err(Refusal::LicenceExpired));
        assert_eq!(Licence { company_wide_permitted: false, ..licence() }.may_be_company_wide(NOW), Err(Refusal::NotCompanyWide));
    }

    proptest! {
        #![proptest_config(crate::cases())]

        /// L6: whoever gets in found a seat, and nobody new gets in while more is used than there is.
        #[test]
        fn nobody_sits_without_a_seat(seats in proptest::option::of(0_u32..50), used in 0_u32..100) {
            let one = Licence { seats, used, ..licence() };
            prop_assert_eq!(one.may_be_given(&PERSON, NOW).is_ok(), one.free().is_none_or(|free| free > 0));
            prop_assert_eq!(one.free().map(|free| free > 0), seats.map(|seats| used < seats));
        }
    }

    #[test]
    fn every_wrong_term_is_named_in_the_order_of_the_form() {
        let form = LicenceForm {
            valid_from: "2026-01-01".into(),
            valid_until: "2025-12-31".into(),
            seats: "0".into(),
            company_wide_permitted: Some("on".into()),
            external: Some("on".into()),
            ..LicenceForm::default()
        };
        assert_eq!(
            form.parse(),
            Err(Refusal::Fields(vec![
                (FieldName::ValidUntil, Problem::EndsBeforeItBegins),
                (FieldName::Seats, Problem::NotANumber(MOST_SEATS)),
                (FieldName::CompanyWidePermitted, Problem::ExternalCompanyWide),
            ]))
        );
        let one_day = LicenceForm { valid_until: "2026-01-01".into(), seats: " ".into(), external: None, ..form };
        assert_eq!(one_day.parse().map(|terms| (terms.seats, terms.until)), Ok((None, Date::parse("2026-01-01").unwrap())));
    }
}
