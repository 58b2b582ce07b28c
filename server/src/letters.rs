//! Letters: their kinds, and how they read. Bodies are askama templates in `server/letters`, in each language as subject, plain text and
//! HTML; askama escapes what stands in the HTML.

use crate::{
    error::{Error, Result},
    links::Purpose,
    newsletter::markdown,
};
use askama::Template;
use shared::{CompanyNumber, LocalTime, fields::Language, requests::Outcome};
use sqlx::FromRow;

/// The kinds of letter: of each its module below, which is also its word in the database; who gets it in the person's stead; and the link that it
/// carries, with where that leads.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident: $module:ident, $redirection:ident $(, $purpose:ident to $path:expr)?;)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Kind {
            $($(#[$doc])+ $kind,)*
        }

        impl Kind {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$kind),*];

            pub(crate) const fn key(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($module),)*
                }
            }

            pub(crate) const fn redirection(self) -> Redirection {
                match self {
                    $(Self::$kind => Redirection::$redirection,)*
                }
            }

            const fn link(self) -> Option<(Purpose, &'static str)> {
                match self {
                    $(Self::$kind => kinds!(@link $($purpose to $path)?),)*
                }
            }

            fn written(self, language: Language, words: &Words<'_>) -> Result<Written> {
                match self {
                    $(Self::$kind => $module::write(language, words),)*
                }
            }
        }
    };
    (@link $purpose:ident to $path:expr) => { Some((Purpose::$purpose, $path)) };
    (@link) => { None };
}
kinds! {
    /// U2.
    CompleteRegistration: complete_registration, Company, CompleteRegistration to "register/complete";
    /// A4.
    ResetPassword: reset_password, UnlessAnotherAsks, SetPassword to SET_PASSWORD;
    /// U1: to whoever has an account already.
    JoinCompany: join_company, Never, CompleteRegistration to "confirm";
    /// S1: continue, at an address that may register.
    ApplyRegistration: apply_registration, Never, ProveAddress to "register/complete";
    /// S1: there is an account with this address.
    HasAccount: has_account, OnlyCompany;
    /// S1: no company lets people with this address in.
    NoCompany: no_company, Never;
    /// S4.
    DomainAdded: domain_added, OnlyCompany;
    /// U5: to the address of now.
    AddressChangeTold: address_change_told, OnlyCompany;
    /// U5: to the new address.
    ConfirmAddress: confirm_address, Never, ConfirmAddress to "confirm";
    /// U5: to the address of now, of somebody with another membership.
    ApproveAddress: approve_address, Never, ApproveAddress to "confirm";
    /// G2.
    GeneralAccountCreated: general_account_created, Company, SetPassword to SET_PASSWORD;
    /// G2.
    GeneralPasswordChanged: general_password_changed, Company;
    /// R1: to whoever asked.
    RequestReceived: request_received, Company;
    /// R1, R8: to the administrators, about whoever asked.
    RequestMade: request_made, Administrators;
    /// R3, L3: to whoever asked, as are the next two.
    RequestAccepted: request_accepted, Company;
    /// R3.
    RequestDeclined: request_declined, Company;
    /// R3, *Undo*.
    RequestReopened: request_reopened, Company;
    /// R8: to everybody who asked for the document.
    DocumentAvailable: document_available, Company;
    /// U6: to the successor.
    SuccessionAsked: succession_asked, Never, Succeed to "confirm";
    /// U6: to the administrators, as is the next.
    SuccessionConfirmed: succession_confirmed, Administrators;
    /// U6.
    SuccessionRefused: succession_refused, Administrators;
    /// P4: to the administrators of the company that somebody left for another.
    MovedAway: moved_away, Administrators;
    /// P4: to those of the other.
    MovedHere: moved_here, Administrators;
    /// P4: to the administrators.
    CompanyLeft: company_left, Administrators;
    /// P4: to whoever moved.
    CompanyChanged: company_changed, OnlyCompany;
    /// P5.
    Newsletter: newsletter, OnlyCompany;
}

/// U3, A4: whose administrators get it in the person's stead, if the person's mail goes to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Redirection {
    /// The company's that it is about.
    Company,
    /// The only company's that the account belongs to.
    OnlyCompany,
    /// The same, unless another company asks the person to join with a password that may not be theirs alone.
    UnlessAnotherAsks,
    /// It proves something that only the person can.
    Never,
    /// R1: it is for the company's administrators, but whoever it is about.
    Administrators,
}

/// Letters of one turn go before all those of the next, however long those have waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Somebody sits and waits for it.
    AtOnce,
    Ordinary,
    /// To everybody: it would hold up what is for one.
    Last,
}

impl Turn {
    /// As the database has it; the lowest goes first.
    pub(crate) const fn key(self) -> i64 {
        match self {
            Self::AtOnce => 0,
            Self::Ordinary => 1,
            Self::Last => 2,
        }
    }
}

impl Kind {
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// Which letters go first.
    pub(crate) const fn turn(self) -> Turn {
        match self {
            Self::ResetPassword | Self::ApplyRegistration | Self::HasAccount | Self::NoCompany => Turn::AtOnce,
            Self::Newsletter => Turn::Last,
            _ => Turn::Ordinary,
        }
    }

    /// The link that it carries.
    pub(crate) fn purpose(self) -> Option<Purpose> {
        self.link().map(|(purpose, _)| purpose)
    }

    /// The link that it tells of, carried or not.
    pub(crate) fn about(self) -> Option<Purpose> {
        match self {
            Self::AddressChangeTold => Some(Purpose::ConfirmAddress),
            other => other.purpose(),
        }
    }

    /// The company of its link, where the letter is about this one: a password belongs to none.
    pub(crate) fn company_of_link(self, company: Option<CompanyNumber>) -> Option<CompanyNumber> {
        company.filter(|_| self.purpose() != Some(Purpose::SetPassword))
    }

    /// Where its link leads.
    pub(crate) fn path(self) -> &'static str {
        self.link().map_or("", |(_, path)| path)
    }

    /// The states of its request in which it still says what is so. A letter that waited for hours would only confuse after that.
    pub(crate) const fn holds_while(self) -> Option<&'static [Outcome]> {
        match self {
            Self::RequestMade => Some(&[Outcome::Open]),
            Self::RequestAccepted => Some(&[Outcome::Accepted, Outcome::Granted]),
            Self::RequestDeclined => Some(&[Outcome::Declined]),
            Self::RequestReopened => Some(&[Outcome::Open]),
            // What is true of a person or a company, or was done to a request whatever became of it.
            _ => None,
        }
    }

    /// U5: it goes to the address that its link is about, not to that of the account.
    pub(crate) const fn goes_to_new_address(self) -> bool {
        matches!(self, Self::ConfirmAddress)
    }
}

/// Where a link to set a password leads.
pub(crate) const SET_PASSWORD: &str = "reset-password";

/// What a letter is made of, read as it is sent.
#[derive(Clone, Debug, Default, FromRow)]
pub(crate) struct Facts {
    /// Whom it is about.
    pub name: String,
    pub username: String,
    pub company_name: Option<String>,
    /// Who gets it.
    pub recipient_name: String,
    pub recipient_address: String,
    pub language: String,
    pub expires_at: i64,
    /// U5: the address that its link is about.
    pub new_address: Option<String>,
    /// S4: whether whoever it is about is a member of that company.
    pub inside: bool,
    /// R1, R8: the product, or the document's number and title.
    #[sqlx(default)]
    pub what: Option<String>,
    /// R1: why it was asked.
    #[sqlx(default)]
    pub reason: Option<String>,
    /// R3: why it was declined.
    #[sqlx(default)]
    pub answer: Option<String>,
    /// R8: the collection that the document is in: of those that the company has a licence for, the one by which it came last.
    #[sqlx(default)]
    pub product: Option<String>,
    #[sqlx(default)]
    pub company_number: Option<i64>,
    /// Where a document was asked for.
    #[sqlx(default)]
    pub document: Option<i64>,
    /// P5: in the language of whoever gets it, as is the next: Markdown.
    #[sqlx(default)]
    pub news_subject: Option<String>,
    #[sqlx(default)]
    pub news_text: Option<String>,
    /// Who sends it.
    #[sqlx(default)]
    pub provider: String,
    /// S1: where the provider can be asked; may be empty.
    #[sqlx(default)]
    pub provider_contact: String,
}

/// A letter, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What the templates may use.
struct Words<'a> {
    name: &'a str,
    username: &'a str,
    company: &'a str,
    recipient: &'a str,
    /// U3: it goes to an administrator, about somebody else.
    redirected: bool,
    /// The link, where there is one.
    url: &'a str,
    until: String,
    /// The site's public address.
    home: &'a str,
    address: &'a str,
    inside: bool,
    what: &'a str,
    /// As it was typed, on a few lines; empty where none was given. So is `answer`.
    reason: &'a str,
    answer: &'a str,
    product: &'a str,
    /// The URL of the page where the reader goes on, where that is a company's.
    page: String,
    news_subject: &'a str,
    /// P5, as it was typed, and as HTML that needs no escaping any more.
    news_text: &'a str,
    news_html: String,
    provider: &'a str,
    contact: &'a str,
}

/// Of each letter its module, with the paths of its templates in both languages: subject, plain text, HTML.
macro_rules! letters {
    ($($module:ident: $en_subject:literal, $en_text:literal, $en_html:literal, $nl_subject:literal, $nl_text:literal, $nl_html:literal;)*) => {$(
        mod $module {
            use super::{Error, Language, Result, Template, Words, Written};

            letters!(@parts EnSubject $en_subject, EnText $en_text, EnHtml $en_html, NlSubject $nl_subject, NlText $nl_text, NlHtml $nl_html);

            pub(super) fn write(language: Language, w: &Words<'_>) -> Result<Written> {
                let (subject, text, html) = match language {
                    Language::English => (EnSubject { w }.render(), EnText { w }.render(), EnHtml { w }.render()),
                    Language::Dutch => (NlSubject { w }.render(), NlText { w }.render(), NlHtml { w }.render()),
                };
                Ok(Written {
                    subject: subject.map_err(Error::internal)?.trim().to_owned(),
                    text: text.map_err(Error::internal)?,
                    html: html.map_err(Error::internal)?,
                })
            }
        }
    )*};
    (@parts $($part:ident $path:literal),*) => {$(
        #[derive(Template)]
        #[template(path = $path)]
        struct $part<'a> {
            #[allow(dead_code, reason = "not every part says everything")]
            w: &'a Words<'a>,
        }
    )*};
}
letters! {
    complete_registration: "complete_registration/en.subject.txt", "complete_registration/en.txt", "complete_registration/en.html", "complete_registration/nl.subject.txt", "complete_registration/nl.txt", "complete_registration/nl.html";
    reset_password: "reset_password/en.subject.txt", "reset_password/en.txt", "reset_password/en.html", "reset_password/nl.subject.txt", "reset_password/nl.txt", "reset_password/nl.html";
    join_company: "join_company/en.subject.txt", "join_company/en.txt", "join_company/en.html", "join_company/nl.subject.txt", "join_company/nl.txt", "join_company/nl.html";
    apply_registration: "apply_registration/en.subject.txt", "apply_registration/en.txt", "apply_registration/en.html", "apply_registration/nl.subject.txt", "apply_registration/nl.txt", "apply_registration/nl.html";
    has_account: "has_account/en.subject.txt", "has_account/en.txt", "has_account/en.html", "has_account/nl.subject.txt", "has_account/nl.txt", "has_account/nl.html";
    no_company: "no_company/en.subject.txt", "no_company/en.txt", "no_company/en.html", "no_company/nl.subject.txt", "no_company/nl.txt", "no_company/nl.html";
    domain_added: "domain_added/en.subject.txt", "domain_added/en.txt", "domain_added/en.html", "domain_added/nl.subject.txt", "domain_added/nl.txt", "domain_added/nl.html";
    address_change_told: "address_change_told/en.subject.txt", "address_change_told/en.txt", "address_change_told/en.html", "address_change_told/nl.subject.txt", "address_change_told/nl.txt", "address_change_told/nl.html";
    confirm_address: "confirm_address/en.subject.txt", "confirm_address/en.txt", "confirm_address/en.html", "confirm_address/nl.subject.txt", "confirm_address/nl.txt", "confirm_address/nl.html";
    approve_address: "approve_address/en.subject.txt", "approve_address/en.txt", "approve_address/en.html", "approve_address/nl.subject.txt", "approve_address/nl.txt", "approve_address/nl.html";
    general_account_created: "general_account_created/en.subject.txt", "general_account_created/en.txt", "general_account_created/en.html", "general_account_created/nl.subject.txt", "general_account_created/nl.txt", "general_account_created/nl.html";
    general_password_changed: "general_password_changed/en.subject.txt", "general_password_changed/en.txt", "general_password_changed/en.html", "general_password_changed/nl.subject.txt", "general_password_changed/nl.txt", "general_password_changed/nl.html";
    request_received: "request_received/en.subject.txt", "request_received/en.txt", "request_received/en.html", "request_received/nl.subject.txt", "request_received/nl.txt", "request_received/nl.html";
    request_made: "request_made/en.subject.txt", "request_made/en.txt", "request_made/en.html", "request_made/nl.subject.txt", "request_made/nl.txt", "request_made/nl.html";
    request_accepted: "request_accepted/en.subject.txt", "request_accepted/en.txt", "request_accepted/en.html", "request_accepted/nl.subject.txt", "request_accepted/nl.txt", "request_accepted/nl.html";
    request_declined: "request_declined/en.subject.txt", "request_declined/en.txt", "request_declined/en.html", "request_declined/nl.subject.txt", "request_declined/nl.txt", "request_declined/nl.html";
    request_reopened: "request_reopened/en.subject.txt", "request_reopened/en.txt", "request_reopened/en.html", "request_reopened/nl.subject.txt", "request_reopened/nl.txt", "request_reopened/nl.html";
    document_available: "document_available/en.subject.txt", "document_available/en.txt", "document_available/en.html", "document_available/nl.subject.txt", "document_available/nl.txt", "document_available/nl.html";
    succession_asked: "succession_asked/en.subject.txt", "succession_asked/en.txt", "succession_asked/en.html", "succession_asked/nl.subject.txt", "succession_asked/nl.txt", "succession_asked/nl.html";
    succession_confirmed: "succession_confirmed/en.subject.txt", "succession_confirmed/en.txt", "succession_confirmed/en.html", "succession_confirmed/nl.subject.txt", "succession_confirmed/nl.txt", "succession_confirmed/nl.html";
    succession_refused: "succession_refused/en.subject.txt", "succession_refused/en.txt", "succession_refused/en.html", "succession_refused/nl.subject.txt", "succession_refused/nl.txt", "succession_refused/nl.html";
    moved_away: "moved_away/en.subject.txt", "moved_away/en.txt", "moved_away/en.html", "moved_away/nl.subject.txt", "moved_away/nl.txt", "moved_away/nl.html";
    moved_here: "moved_here/en.subject.txt", "moved_here/en.txt", "moved_here/en.html", "moved_here/nl.subject.txt", "moved_here/nl.txt", "moved_here/nl.html";
    company_left: "company_left/en.subject.txt", "company_left/en.txt", "company_left/en.html", "company_left/nl.subject.txt", "company_left/nl.txt", "company_left/nl.html";
    company_changed: "company_changed/en.subject.txt", "company_changed/en.txt", "company_changed/en.html", "company_changed/nl.subject.txt", "company_changed/nl.txt", "company_changed/nl.html";
    newsletter: "newsletter/en.subject.txt", "newsletter/en.txt", "newsletter/en.html", "newsletter/nl.subject.txt", "newsletter/nl.txt", "newsletter/nl.html";
}

/// Writes a letter in its reader's language.
pub(crate) fn write(kind: Kind, facts: &Facts, home: &str, url: &str, until: LocalTime) -> Result<Written> {
    let language = Language::from_code(&facts.language).unwrap_or_default();
    let words = Words {
        name: &facts.name,
        username: &facts.username,
        company: facts.company_name.as_deref().unwrap_or_default(),
        recipient: &facts.recipient_name,
        redirected: facts.username != facts.recipient_address,
        url,
        until: match kind.purpose() {
            Some(Purpose::CompleteRegistration) => until.date(language),
            _ => until.date_and_time(language),
        },
        home,
        address: facts.new_address.as_deref().unwrap_or_default(),
        inside: facts.inside,
        what: facts.what.as_deref().unwrap_or_default(),
        reason: facts.reason.as_deref().unwrap_or_default(),
        answer: facts.answer.as_deref().unwrap_or_default(),
        product: facts.product.as_deref().unwrap_or_default(),
        page: page(kind, facts).map(|page| format!("{home}{page}")).unwrap_or_default(),
        news_subject: facts.news_subject.as_deref().unwrap_or_default(),
        news_text: facts.news_text.as_deref().unwrap_or_default(),
        news_html: facts.news_text.as_deref().map(markdown::for_mail).unwrap_or_default(),
        provider: &facts.provider,
        contact: &facts.provider_contact,
    };
    kind.written(language, &words)
}

/// R1, R8: where the reader follows the request, or goes on after it.
fn page(kind: Kind, facts: &Facts) -> Option<String> {
    let company = facts.company_number?;
    let queue = if facts.document.is_some() { "requests/documents" } else { "requests/licences" };
    let room = match kind {
        Kind::SuccessionConfirmed | Kind::SuccessionRefused | Kind::MovedAway | Kind::MovedHere | Kind::CompanyLeft => "users".to_owned(),
        // S4: where one asks for licences, or joins.
        Kind::DomainAdded if facts.inside => "requests/licences".to_owned(),
        Kind::DomainAdded => return Some("/profile/company".to_owned()),
        Kind::CompanyChanged => return Some(format!("/company/{company}")),
        Kind::RequestReceived | Kind::RequestMade | Kind::RequestReopened => queue.to_owned(),
        // A document is asked for on its own page.
        Kind::RequestDeclined => facts.document.map_or(queue.to_owned(), |document| format!("documents/{document}")),
        Kind::RequestAccepted | Kind::DocumentAvailable => {
            facts.document.map_or("documents".to_owned(), |document| format!("documents/{document}"))
        }
        Kind::CompleteRegistration
        | Kind::ResetPassword
        | Kind::JoinCompany
        | Kind::ApplyRegistration
        | Kind::HasAccount
        | Kind::NoCompany
        | Kind::AddressChangeTold
        | Kind::ConfirmAddress
        | Kind::ApproveAddress
        | Kind::GeneralAccountCreated
        | Kind::GeneralPasswordChanged
        | Kind::SuccessionAsked
        | Kind::Newsletter => return None,
    };
    Some(format!("/company/{company}/{room}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(language: &str) -> Facts {
        Facts {
            name: "Carla <script>alert(1)</script>".into(),
            username: "carla@vandijk.example".into(),
            company_name: Some("Van Dijk & Zonen".into()),
            recipient_name: "Carla".into(),
            recipient_address: "carla@vandijk.example".into(),
            language: language.into(),
            expires_at: 0,
            new_address: Some("c.debruin@vandijk.example".into()),
            inside: false,
            what: Some("NEN 1010:2020 Laagspanning <script>alert(2)</script>".into()),
            reason: Some("For the tunnel <script>alert(3)</script>\nBcc: x@evil.example\n\n.".into()),
            answer: Some("Too dear & too much <script>alert(4)</script>\nBcc: x@evil.example".into()),
            product: Some("Bouw & Installatie".into()),
            company_number: Some(10001),
            document: Some(7),
            news_subject: Some("New norms & more <script>alert(5)</script>".into()),
            news_text: Some(NEWS.into()),
            provider: "Norms & Co".into(),
            provider_contact: String::new(),
        }
    }

    const NEWS: &str = "# New norms\n\nFor *bridges* & more:\n\n- [NEN 1](https://nen.example/1)\n- [evil](javascript:alert(6))\n\n<script>alert(7)</script>";
    const HOME: &str = "https://balie.example";
    const REQUESTS: [Kind; 6] = [
        Kind::RequestReceived,
        Kind::RequestMade,
        Kind::RequestAccepted,
        Kind::RequestDeclined,
        Kind::RequestReopened,
        Kind::DocumentAvailable,
    ];
    const UNTIL: LocalTime = LocalTime { year: 2026, month: 12, day: 21, hour: 14, minute: 5 };

    #[test]
    fn every_letter_in_both_languages() {
        for &kind in Kind::ALL {
            for language in ["en", "nl"] {
                let letter = write(kind, &facts(language), HOME, "https://balie.example/x/TOKEN", UNTIL).unwrap();
                assert!(!letter.html.contains("<script>"), "hostile text is escaped in HTML");
                assert!(!letter.subject.contains('\n') && !letter.subject.contains("Bcc"));
                assert!(!letter.text.lines().any(|line| line.starts_with("Bcc")), "each line of a reason is marked as somebody else's");
                insta::assert_snapshot!(
                    format!("{}_{language}", kind.key()),
                    format!("Subject: {}\n\n{}\n----\n{}", letter.subject, letter.text, letter.html)
                );
            }
        }
    }

    #[test]
    fn an_administrator_is_told_whom_a_redirected_letter_is_about() {
        let redirected = Facts { recipient_address: "anna@vandijk.example".into(), recipient_name: "Anna".into(), ..facts("en") };
        let letter = write(Kind::CompleteRegistration, &redirected, HOME, "https://balie.example/x/TOKEN", UNTIL).unwrap();
        assert!(letter.text.starts_with("Dear Anna,"), "{}", letter.text);
        assert!(letter.text.contains("carla@vandijk.example"));
    }

    /// U3: why they get it, and that it was not they who did not ask.
    #[test]
    fn an_administrator_is_told_why_a_reset_comes_to_them() {
        for (language, why, own) in [
            ("en", ["goes to the administrators", "If Carla <script>alert(1)</script> did not ask"], "If it was not you"),
            ("nl", ["gaat naar de beheerders", "Heeft Carla <script>alert(1)</script> hier niet om gevraagd?"], "Was u dat niet?"),
        ] {
            let redirected = Facts { recipient_address: "anna@vandijk.example".into(), recipient_name: "Anna".into(), ..facts(language) };
            let letter = write(Kind::ResetPassword, &redirected, HOME, "https://balie.example/x/TOKEN", UNTIL).unwrap();
            assert!(why.iter().all(|words| letter.text.contains(words)) && letter.html.contains(why[0]), "{}", letter.text);
            assert!(!letter.text.contains(own) && !letter.html.contains(own) && !letter.html.contains("<script>"), "{}", letter.html);
        }
    }

    /// U3: of every letter about a request, whom it is about; R1: that of the administrators names them in any case.
    #[test]
    fn an_administrator_is_told_whose_request_it_is() {
        for kind in REQUESTS {
            for language in ["en", "nl"] {
                let redirected =
                    Facts { recipient_address: "anna@vandijk.example".into(), recipient_name: "Anna".into(), ..facts(language) };
                let letter = write(kind, &redirected, HOME, "", UNTIL).unwrap();
                assert!(
                    letter.text.contains("(carla@vandijk.example)") && letter.html.contains("(carla@vandijk.example)"),
                    "{}",
                    letter.text
                );
                let why = ["goes to the administrators", "gaat naar de beheerders"];
                assert_eq!(why.iter().any(|words| letter.text.contains(words)), kind != Kind::RequestMade, "{}", letter.text);
                let said = format!("{} {}", letter.subject, letter.text).to_lowercase();
                let mut words = said.split(|c: char| !c.is_alphanumeric());
                assert!(!words.any(|word| ["you", "your", "u", "uw"].contains(&word)), "{said}");
            }
        }
    }

    /// P5, U3: an administrator is told whose it is, and everybody who sends it and where it ends.
    #[test]
    fn a_newsletter_says_why_it_comes() {
        let url = "https://balie.example/unsubscribe/TOKEN";
        for (language, whose, own) in [
            ("en", "goes to the administrators of the company", "because you subscribed"),
            ("nl", "gaat naar de beheerders van het bedrijf", "omdat u zich daarvoor hebt aangemeld"),
        ] {
            let letter = write(Kind::Newsletter, &facts(language), HOME, url, UNTIL).unwrap();
            let redirected = Facts { recipient_address: "anna@vandijk.example".into(), recipient_name: "Anna".into(), ..facts(language) };
            let told = write(Kind::Newsletter, &redirected, HOME, url, UNTIL).unwrap();
            for (letter, says, says_not) in [(&letter, own, whose), (&told, whose, own)] {
                assert!(letter.text.contains(NEWS) && letter.text.contains(says) && !letter.text.contains(says_not), "{}", letter.text);
                assert!(letter.html.contains(says) && !letter.html.contains(says_not), "{}", letter.html);
                assert!(
                    letter.text.ends_with(&format!(": {url}")) && letter.html.contains(&format!("<a href=\"{url}\"")),
                    "{}",
                    letter.html
                );
                assert!(letter.text.contains("Norms & Co") && letter.html.contains("Norms &#38; Co"), "{}", letter.html);
                assert!(letter.html.contains("<h2>New norms</h2>") && !letter.html.contains("javascript"), "{}", letter.html);
            }
            assert!(told.text.contains("(carla@vandijk.example)") && told.html.contains("(carla@vandijk.example)"), "{}", told.text);
        }
    }

    /// R1, R8: for a licence and for a document.
    #[test]
    fn a_letter_about_a_request_leads_to_its_page() {
        for (kind, licence, document) in [
            (Kind::RequestReceived, "requests/licences", "requests/documents"),
            (Kind::RequestMade, "requests/licences", "requests/documents"),
            (Kind::RequestAccepted, "documents", "documents/7"),
            (Kind::RequestDeclined, "requests/licences", "documents/7"),
            (Kind::RequestReopened, "requests/licences", "requests/documents"),
            (Kind::DocumentAvailable, "documents", "documents/7"),
        ] {
            for (facts, room) in [(Facts { document: None, ..facts("en") }, licence), (facts("en"), document)] {
                let letter = write(kind, &facts, HOME, "", UNTIL).unwrap();
                let url = format!("https://balie.example/company/10001/{room}");
                assert!(
                    letter.text.ends_with(&format!("\n\n{url}")) && letter.html.contains(&format!("href=\"{url}\"")),
                    "{}",
                    letter.text
                );
            }
        }
    }

    /// S4: those inside to this company, whichever they used last.
    #[test]
    fn a_new_domain_leads_to_asking_or_to_joining() {
        for (inside, path) in [(true, "/company/10001/requests/licences"), (false, "/profile/company")] {
            for language in ["en", "nl"] {
                let letter = write(Kind::DomainAdded, &Facts { inside, ..facts(language) }, HOME, "", UNTIL).unwrap();
                let url = format!("{HOME}{path}");
                assert!(letter.text.contains(&format!("\n{url}\n")), "{}", letter.text);
                assert!(letter.html.contains(&format!("href=\"{url}\"")), "{}", letter.html);
            }
        }
    }

    /// S1: whom somebody can ask whom no company lets in.
    #[test]
    fn who_is_let_in_nowhere_reads_where_to_ask() {
        for (language, without) in
            [("en", "your company's contact at the provider."), ("nl", "de contactpersoon van uw bedrijf bij de aanbieder.")]
        {
            let letter = write(Kind::NoCompany, &facts(language), HOME, "", UNTIL).unwrap();
            assert!(letter.text.contains(without) && letter.html.contains(without), "{}", letter.text);
            let known = Facts { provider_contact: "desk@norms.example <b>".into(), ..facts(language) };
            let letter = write(Kind::NoCompany, &known, HOME, "", UNTIL).unwrap();
            assert!(
                letter.text.contains(": desk@norms.example <b>.") && letter.html.contains(": desk@norms.example &#60;b&#62;."),
                "{}",
                letter.html
            );
        }
    }

    /// R1, R3: nothing that looks like a reason where none was given, and as it was typed where one was.
    #[test]
    fn a_reason_is_quoted_line_by_line() {
        for kind in [Kind::RequestMade, Kind::RequestDeclined] {
            let with = Facts { reason: Some("One <b>\nTwo".into()), answer: Some("One <b>\nTwo".into()), ..facts("en") };
            let letter = write(kind, &with, HOME, "", UNTIL).unwrap();
            assert!(letter.text.contains(" The reason:\n\n> One <b>\n> Two\n\n"), "{}", letter.text);
            assert!(letter.html.contains(">One &#60;b&#62;<br>Two</blockquote>"), "{}", letter.html);
            let without = Facts { reason: None, answer: None, ..facts("en") };
            let letter = write(kind, &without, HOME, "", UNTIL).unwrap();
            assert!(letter.text.contains(" No reason was given.\n\n") && !letter.html.contains("<blockquote"), "{}", letter.text);
        }
    }

    /// A document's title may be long; a subject is not.
    #[test]
    fn a_subject_stays_short() {
        let facts = Facts { what: Some("é".repeat(360)), ..facts("nl") };
        for kind in REQUESTS {
            assert!(write(kind, &facts, HOME, "", UNTIL).unwrap().subject.chars().count() < 140);
        }
    }
}
