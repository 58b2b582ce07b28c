//! `/company/{number}/history` and `/provider/history`: filter and page stand in the address.

use super::api;
use crate::{
    home::company_number,
    language::language,
    live,
    load::{follow, load},
    prelude::*,
    texts::{self, history as t, provider, users},
    ui::*,
};
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use shared::{
    AccountId, CompanyNumber,
    event::Event,
    fields::Language,
    history::{EXPORT_LIMIT, HistoryPage, HistoryQuery, HistoryRow, PAGE_SIZE, Period, Person},
    live::Room,
};

#[component]
pub(crate) fn CompanyHistoryPage() -> impl IntoView {
    let number = company_number();
    let query = query_of_page();
    // Whatever the address says of a company: this one's page shows no other.
    let query = Memo::new(move |_| HistoryQuery { company: None, ..query.get() });
    let changes = [Room::Users, Room::Company, Room::Licences, Room::Requests].map(|room| live::changes(number, room));
    follow(
        move || (number.get(), query.get()),
        move || changes.iter().for_each(|changes| changes.track()),
        |(number, query)| api::list_history(number, query),
        move |page| {
            let href = format!("/company/{}/history", number.get_untracked());
            let place = Place { lead: t::lead(language()), href, many: false };
            view! { <HistoryContent page query=query.get_untracked() place/> }.into_any()
        },
    )
}

#[component]
pub(crate) fn ProviderHistoryPage() -> impl IntoView {
    let query = query_of_page();
    let page = Resource::new(move || query.get(), api::list_all_history);
    load(page, move |page| {
        let place = Place { lead: t::lead_all(language()), href: "/provider/history".to_owned(), many: true };
        view! { <HistoryContent page=Signal::stored(page) query=query.get_untracked() place/> }.into_any()
    })
}

/// What differs between the two pages.
struct Place {
    lead: &'static str,
    /// The page's path; with `.csv` the file's.
    href: String,
    /// It shows more companies than one, and so says which.
    many: bool,
}

fn query_of_page() -> Memo<HistoryQuery> {
    let params = use_query_map();
    Memo::new(move |_| read_query(&params.read()))
}

/// What can't be read counts as not said.
pub(crate) fn read_query(params: &ParamsMap) -> HistoryQuery {
    let kind = params.get("kind").unwrap_or_default();
    HistoryQuery {
        person: params.get("person").unwrap_or_default(),
        account: params.get("account").and_then(|id| id.parse().ok()).map(AccountId),
        company: params.get("company").and_then(|number| number.parse().ok()),
        kind: if Event::KINDS.contains(&kind.as_str()) { kind } else { String::new() },
        period: params.get("period").and_then(|key| Period::from_key(&key)).unwrap_or_default(),
        page: params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
    }
}

/// The query of the same list, on another page of it.
fn address(query: &HistoryQuery, page: u32) -> String {
    let page = page.to_string();
    let account = query.account.map(|account| account.to_string()).unwrap_or_default();
    let company = query.company.map(|company| company.to_string()).unwrap_or_default();
    let usual = Period::default().key();
    [
        ("person", query.person.as_str(), ""),
        ("account", &account, ""),
        ("company", &company, ""),
        ("kind", &query.kind, ""),
        ("period", query.period.key(), usual),
        ("page", &page, "1"),
    ]
    .into_iter()
    .filter(|(_, value, usual)| value != usual)
    .map(|(name, value, _)| (name, value.to_owned()))
    .collect::<ParamsMap>()
    .to_query_string()
}

#[component]
fn HistoryContent(page: Signal<HistoryPage>, query: HistoryQuery, place: Place) -> impl IntoView {
    let l = language();
    let Place { lead, href, many } = place;
    let file = format!("{href}.csv{}", address(&query, 1));
    let of_everybody = format!("{href}{}", address(&HistoryQuery { account: None, ..query.clone() }, 1));
    let alone = query.account.map(|account| view! { <OfOne page account of_everybody/> });
    let of_all = format!("{href}{}", address(&HistoryQuery { company: None, ..query.clone() }, 1));
    let in_one = query.company.map(|company| view! { <InOne company of_all/> });
    let everything = format!("{href}?period={}", Period::All.key());
    let some = Memo::new(move |_| page.with(|page| !page.rows.is_empty()));
    // `rel`: the router would look for a page there.
    let export = move || some.get().then(|| view! { <LinkButton href=file.clone() attr:rel="external">{t::export(l)}</LinkButton> });
    let too_many = move || page.with(|page| page.found > EXPORT_LIMIT).then(|| t::export_limit(l, EXPORT_LIMIT));
    let list = {
        let query = query.clone();
        move || {
            if some.get() {
                return view! { <HistoryTable page=page.get() query=query.clone() many/> }.into_any();
            }
            let everything = everything.clone();
            view! {
                <EmptyState title=t::none_title(l) text=t::none_text(l) glyph=Glyph::History
                    actions=move || view! { <LinkButton href=everything>{t::show_all(l)}</LinkButton> }/>
            }
            .into_any()
        }
    };
    view! {
        <Title text=t::title(l)/>
        <PageHeader title=t::title(l) lead actions=move || export/>
        {move || too_many().map(|text| view! { <p class="muted small">{text}</p> })}
        {in_one}
        {alone}
        <Filter query/>
        {list}
    }
}

/// Whose history it is, and the way back to everybody's.
#[component]
fn OfOne(page: Signal<HistoryPage>, account: AccountId, of_everybody: String) -> impl IntoView {
    let l = language();
    let whose = move || page.with(|page| name_in(page, account)).map_or_else(|| t::of_one(l).to_owned(), |name| t::of(l, &name));
    view! { <p>{whose} " " <a href=of_everybody>{t::of_everybody(l)}</a></p> }
}

/// Which company's history it is, and the way back to all.
#[component]
fn InOne(company: CompanyNumber, of_all: String) -> impl IntoView {
    let l = language();
    view! { <p>{provider::only_company(l, &company.to_string())} " " <a href=of_all>{provider::show_all(l)}</a></p> }
}

/// Somebody is named in each of their rows; without rows nobody says who it is, and of a former colleague none does (P6).
fn name_in(page: &HistoryPage, account: AccountId) -> Option<String> {
    let mut people = page.rows.iter().flat_map(|row| row.actor.iter().chain(&row.subject));
    people.find(|person| person.id == account && !person.name.is_empty()).map(|person| person.name.clone())
}

#[component]
fn Filter(query: HistoryQuery) -> impl IntoView {
    let l = language();
    let mut kinds = vec![(String::new(), t::all_kinds(l).to_owned())];
    kinds.extend(Event::KINDS.iter().map(|&kind| (kind.to_owned(), t::kind_name(l, kind).to_owned())));
    let periods = Period::ALL.map(|period| (period.key().to_owned(), t::period_name(l, period).to_owned())).to_vec();
    view! {
        <Toolbar label=t::filter(l)>
            {match query.account {
                Some(account) => view! { <input type="hidden" name="account" value=account.to_string()/> }.into_any(),
                None => view! { <SearchField name="person" label=t::person(l) value=query.person/> }.into_any(),
            }}
            {query.company.map(|company| view! { <input type="hidden" name="company" value=company.0/> })}
            <Select name="kind" label=t::kind(l) options=kinds selected=query.kind short=true/>
            <Select name="period" label=t::period(l) options=periods selected=query.period.key().to_owned() short=true/>
            <Button kind=Kind::Secondary>{t::show(l)}</Button>
        </Toolbar>
    }
}

#[component]
fn HistoryTable(page: HistoryPage, query: HistoryQuery, many: bool) -> impl IntoView {
    let l = language();
    let from = (page.page - 1) * PAGE_SIZE + 1;
    let to = from + u32::try_from(page.rows.len()).unwrap_or_default() - 1;
    let info = if page.found > EXPORT_LIMIT { t::more_than(l, from, to, EXPORT_LIMIT) } else { users::found(l, from, to, page.found) };
    let to_page = |number: u32| {
        let query = address(&query, number);
        if query.is_empty() { "?".to_owned() } else { query }
    };
    let previous = (page.page > 1).then(|| to_page(page.page - 1));
    let next = (page.page < page.pages).then(|| to_page(page.page + 1));
    let head = move || {
        view! {
            <Header label=t::when(l)/>
            <Header label=t::who(l)/>
            <Header label=t::kind(l)/>
            <Header label=t::whom(l)/>
            {many.then(|| view! { <Header label=texts::company(l)/> })}
            <Header label=t::address(l)/>
        }
    };
    view! {
        <Card flush=true>
            <DataTable label=t::title(l) head>{page.rows.into_iter().map(|row| history_row(l, row, many)).collect_view()}</DataTable>
        </Card>
        {if page.pages > 1 {
            view! { <Pager label=users::pages(l) info previous previous_text=users::previous(l) next next_text=users::next(l)/> }.into_any()
        } else {
            view! { <p class="muted small">{info}</p> }.into_any()
        }}
    }
}

fn history_row(l: Language, row: HistoryRow, many: bool) -> impl IntoView + use<> {
    let what = t::what(l, row.event.as_ref());
    let actor = row.actor.as_ref().map(|actor| actor.id);
    let who = match row.actor {
        Some(actor) => person(l, actor),
        None => t::nobody(l, row.event.as_ref()).into_any(),
    };
    // Not twice the same person.
    let whom = row.subject.filter(|subject| Some(subject.id) != actor).map_or_else(nothing, |subject| person(l, subject));
    let company = many.then(|| view! { <Cell label=texts::company(l)>{row.company.map_or_else(nothing, company)}</Cell> });
    view! {
        <tr>
            <th scope="row"><time datetime=row.at.machine()>{row.at.date_and_time(l)}</time></th>
            <Cell label=t::who(l) breaks=true>{who}</Cell>
            <Cell label=t::kind(l)>{what}</Cell>
            <Cell label=t::whom(l) breaks=true>{whom}</Cell>
            {company}
            <Cell label=t::address(l) breaks=true>{row.address.map_or_else(nothing, IntoAny::into_any)}</Cell>
        </tr>
    }
}

fn company(number: CompanyNumber) -> AnyView {
    let href = format!("/provider/companies/{number}");
    view! { <a href=href>{number.0}</a> }.into_any()
}

fn nothing() -> AnyView {
    view! { <span class="muted">"–"</span> }.into_any()
}

fn person(l: Language, person: Person) -> AnyView {
    view! {
        <div>
            {t::named(l, &person)}
            <div class="small muted">{mail_address(person.username)}</div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &str) -> ParamsMap {
        query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn the_address_says_only_what_is_not_usual() {
        assert_eq!(address(&read_query(&params("")), 1), "");
        let all = read_query(&params("person=anna&kind=signed_in&period=all&page=3"));
        assert_eq!((all.page, all.period), (3, Period::All));
        let asked = address(&all, 2);
        for part in ["person=anna", "kind=signed%5Fin", "period=all", "page=2"] {
            assert!(asked.contains(part), "{asked}");
        }
        let one = read_query(&params("account=0198c0de-0000-7000-8000-000000000001"));
        assert!(one.account.is_some());
        let written = address(&one, 1).replace("%2D", "-");
        assert_eq!(read_query(&params(written.trim_start_matches('?'))).account, one.account);
        let in_company = read_query(&params("company=10001"));
        assert_eq!((in_company.company, address(&in_company, 1).as_str()), (Some(CompanyNumber(10001)), "?company=10001"));
    }

    #[test]
    fn what_cannot_be_read_counts_as_not_said() {
        let query = read_query(&params("kind=x&period=x&page=-1&account=x&company=x"));
        assert_eq!((query.kind.as_str(), query.period, query.page), ("", Period::Month, 1));
        assert_eq!((query.account, query.company), (None, None));
    }
}
