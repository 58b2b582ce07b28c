//! Lists as CSV files, and one's own data as JSON: plain routes beside the pages that link to them.

use crate::{
    catalogue::country,
    csv::{self, File},
    history, session, sign_in,
    texts::{self, catalogue as c, exports as t, history as h, users as u},
    users,
};
use axum::{
    Extension,
    extract::{FromRequestParts, Path},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use http::{StatusCode, header, request::Parts};
use leptos_router::params::ParamsMap;
use server::{
    Desk, Error, Result,
    callers::{Administrator, Anyone, Staff},
    http::Turned,
    sessions::Visitor,
    users::Exported,
};
use shared::{
    CompanyNumber, LocalTime,
    fields::Language,
    history::{HistoryRow, Person},
    licences::ToReport,
};

/// `/company/{number}/users.csv` (U4).
pub(crate) async fn company_users(asked: Asked, Path(number): Path<String>) -> Response {
    asked.answer(asked.company_users(&number).await)
}

/// `/company/{number}/history.csv` (H1).
pub(crate) async fn company_history(asked: Asked, Path(number): Path<String>) -> Response {
    asked.answer(asked.company_history(&number).await)
}

/// `/provider/history.csv` (H1).
pub(crate) async fn all_history(asked: Asked) -> Response {
    asked.answer(asked.all_history().await)
}

/// `/provider/suppliers/report.csv` (L5).
pub(crate) async fn to_report(asked: Asked) -> Response {
    asked.answer(asked.to_report().await)
}

/// `/profile/data.json` (P7).
pub(crate) async fn my_data(asked: Asked) -> Response {
    asked.answer(asked.my_data().await)
}

/// A request for a file, or with one, by somebody who is signed in.
pub(crate) struct Asked {
    desk: Desk,
    visitor: Visitor,
    query: ParamsMap,
    language: Language,
}

impl FromRequestParts<Desk> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Response> {
        let Extension(from) = Extension::<Anyone>::from_request_parts(parts, desk).await.map_err(IntoResponse::into_response)?;
        let language = from.language;
        match session::visitor_of(desk, &CookieJar::from_headers(&parts.headers), from).await {
            Ok(Some(visitor)) => Ok(Self { desk: desk.clone(), visitor, query: query(parts), language }),
            Ok(None) => Err(to_sign_in(parts)),
            Err(error) => Err(broken(desk, &error)),
        }
    }
}

fn query(parts: &Parts) -> ParamsMap {
    let query = parts.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value)).collect()
}

/// And from there to the page that has the link or the form: a file leads nowhere.
fn to_sign_in(parts: &Parts) -> Response {
    let page = parts.uri.path().trim_end_matches(".csv").trim_end_matches("/upload").trim_end_matches("/data.json");
    let query = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::to(&sign_in::path_with_next(&format!("{page}{query}"))).into_response()
}

fn broken(desk: &Desk, error: &Error) -> Response {
    Turned::by_incident(desk, error).into_response()
}

impl Asked {
    /// To whoever may not have it, there is no file.
    fn answer(&self, file: Result<impl IntoResponse>) -> Response {
        match file {
            Ok(file) => file.into_response(),
            Err(error) => self.refused(&error),
        }
    }

    pub(crate) fn refused(&self, error: &Error) -> Response {
        match error {
            Error::Refused(_) | Error::NotFound => (StatusCode::NOT_FOUND, texts::not_found_text(self.language)).into_response(),
            error => broken(&self.desk, error),
        }
    }

    pub(crate) const fn desk(&self) -> &Desk {
        &self.desk
    }

    pub(crate) fn staff(&self) -> Result<Staff> {
        Ok(self.visitor.staff()?)
    }

    fn administrator(&self, number: &str) -> Result<Administrator> {
        let number: CompanyNumber = number.parse().map_err(|_| Error::NotFound)?;
        Ok(self.visitor.administrator(number)?)
    }

    fn now(&self) -> LocalTime {
        self.desk.local(self.desk.now())
    }

    async fn company_users(&self, number: &str) -> Result<File> {
        let l = self.language;
        let administrator = self.administrator(number)?;
        let people = server::users::export(&self.desk, &administrator, &users::read_query(&self.query)).await?;
        let header = [
            u::status(l),
            t::until_or_since(l),
            u::username(l),
            u::name(l),
            u::role(l),
            u::phone(l),
            u::country(l),
            u::added(l),
            u::registered(l),
            u::licences(l),
        ];
        let mut file = File::new(&format!("{}-{number}", t::users_file(l)), self.now(), header);
        for person in people {
            file.line(user_line(l, person));
        }
        Ok(file)
    }

    async fn company_history(&self, number: &str) -> Result<File> {
        let administrator = self.administrator(number)?;
        let rows = server::history::export_of_company(&self.desk, &administrator, &history::read_query(&self.query)).await?;
        Ok(self.history(&format!("{}-{number}", t::history_file(self.language)), rows))
    }

    async fn all_history(&self) -> Result<File> {
        let rows = server::history::export_of_all(&self.desk, &self.staff()?, &history::read_query(&self.query)).await?;
        Ok(self.history(t::history_file(self.language), rows))
    }

    async fn to_report(&self) -> Result<File> {
        let l = self.language;
        let supplier = self.query.get("supplier").and_then(|id| id.parse().ok());
        let people = server::licences::by_staff::to_report(&self.desk, &self.staff()?, supplier).await?;
        let header = [
            c::supplier(l),
            c::product(l),
            c::company_number(l),
            texts::company(l),
            c::name(l),
            c::username(l),
            c::country(l),
            c::since(l),
        ];
        let mut file = File::new(c::report_file(l), self.now(), header);
        for person in people {
            file.line(report_line(l, person));
        }
        Ok(file)
    }

    async fn my_data(&self) -> Result<impl IntoResponse> {
        let text = server::my_data::download(&self.desk, &self.visitor.person()?).await?;
        let disposition = "attachment; filename=\"balie-my-data.json\"";
        Ok(([(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, disposition)], text))
    }

    fn history(&self, name: &str, rows: Vec<HistoryRow>) -> File {
        let l = self.language;
        let header =
            [h::when(l), h::who(l), t::who_username(l), h::kind(l), h::whom(l), t::whom_username(l), h::address(l), texts::company(l)];
        let mut file = File::new(name, self.now(), header);
        for row in rows {
            file.line(history_line(l, row));
        }
        file
    }
}

fn user_line(l: Language, person: Exported) -> [String; 10] {
    [
        u::status_kind(l, person.status.kind).to_owned(),
        person.status.moment.map(csv::moment).unwrap_or_default(),
        person.username,
        person.name,
        texts::role(l, person.role).to_owned(),
        person.phone.unwrap_or_default(),
        country(l, person.country.as_deref()).to_owned(),
        csv::moment(person.added),
        person.registered.map(csv::moment).unwrap_or_default(),
        person.licences.join("; "),
    ]
}

fn report_line(l: Language, person: ToReport) -> [String; 8] {
    [
        person.supplier.unwrap_or_else(|| c::no_supplier(l).to_owned()),
        person.product,
        person.company.to_string(),
        person.company_name,
        person.name,
        person.username,
        country(l, person.country.as_deref()).to_owned(),
        csv::moment(person.since),
    ]
}

fn named(l: Language, person: Person) -> (String, String) {
    (h::named(l, &person), person.username)
}

fn history_line(l: Language, row: HistoryRow) -> [String; 8] {
    let (who, who_username) = match row.actor {
        Some(actor) => named(l, actor),
        None => (h::nobody(l, row.event.as_ref()).to_owned(), String::new()),
    };
    let what = h::what(l, row.event.as_ref());
    let (whom, whom_username) = row.subject.map(|subject| named(l, subject)).unwrap_or_default();
    let company = row.company.map(|company| company.to_string()).unwrap_or_default();
    [csv::moment(row.at), who, who_username, what, whom, whom_username, row.address.unwrap_or_default(), company]
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::AccountId;
    use uuid::Uuid;

    /// H1, P6.
    #[test]
    fn whoever_deleted_their_account_is_a_former_colleague_in_the_file_too() {
        let gone = Person { id: AccountId(Uuid::nil()), name: String::new(), username: String::new(), general: false };
        let at = LocalTime { year: 2026, month: 12, day: 21, hour: 14, minute: 5 };
        let row = HistoryRow { at, actor: Some(gone.clone()), subject: Some(gone), company: None, event: None, address: None };
        for (l, name) in [(Language::English, "Former colleague"), (Language::Dutch, "Voormalige collega")] {
            let [_, who, who_username, _, whom, whom_username, ..] = history_line(l, row.clone());
            assert_eq!([who.as_str(), &who_username, &whom, &whom_username], [name, "", name, ""]);
        }
    }

    /// H1: what was done with an account that many share is nobody's in particular, in the file and on the page.
    #[test]
    fn a_general_account_is_said_to_be_one() {
        let general = Person { id: AccountId(Uuid::nil()), name: "Van Dijk".into(), username: "vandijk".into(), general: true };
        let at = LocalTime { year: 2026, month: 12, day: 21, hour: 14, minute: 5 };
        let row = HistoryRow { at, actor: Some(general), subject: None, company: None, event: None, address: None };
        for (l, name) in [(Language::English, "Van Dijk (general account)"), (Language::Dutch, "Van Dijk (algemeen account)")] {
            let [_, who, who_username, ..] = history_line(l, row.clone());
            assert_eq!([who.as_str(), &who_username], [name, "vandijk"]);
        }
    }
}
