//! What somebody has and can get in one company (R1, S3): on Home and in My profile.

use super::{ask::OnOfferList, deeds::Deeds, row};
use crate::{forms::FormState, language::language, prelude::*, texts::requests as t, ui::*};
use shared::{
    CompanyNumber,
    fields::Language,
    licences::{OwnAccess, Validity},
    requests::{Mine, RequestRow},
};

#[component]
pub(crate) fn MineCard(
    #[prop(into)] title: String,
    company: CompanyNumber,
    mine: Signal<Mine>,
    /// The word for the page that it stands on.
    back: &'static str,
    deeds: Deeds,
) -> impl IntoView {
    let l = language();
    let access = Memo::new(move |_| mine.read().access.clone());
    let open = Memo::new(move |_| mine.read().open.clone());
    let on_offer = Memo::new(move |_| mine.read().on_offer.clone());
    let pending = FormState::of(deeds.withdraw).pending;
    view! {
        <Card id=format!("mine-{company}") title>
            <h3>{t::my_licences(l)}</h3>
            {move || access_list(l, access.get())}
            {move || open_list(l, company, open.get(), back, deeds, pending)}
            <h3>{t::on_offer(l)}</h3>
            <OnOfferList company on_offer back deeds/>
        </Card>
    }
}

fn access_list(l: Language, access: Vec<OwnAccess>) -> AnyView {
    if access.is_empty() {
        return view! { <p class="muted">{t::no_licences(l)}</p> }.into_any();
    }
    let head = move || view! { <Header label=t::product(l)/> <Header label=t::way(l)/> <Header label=t::valid_until(l)/> };
    view! {
        <DataTable label=t::my_licences(l) head>{access.into_iter().map(|one| access_row(l, one)).collect_view()}</DataTable>
    }
    .into_any()
}

/// L6: an expired licence gives no access, and says so.
fn access_row(l: Language, access: OwnAccess) -> AnyView {
    let validity = match access.validity {
        Validity::Valid => None,
        Validity::NotYet => Some(view! { <Badge label=t::not_yet(l) tone=Tone::Info/> " " }),
        Validity::Expired => Some(view! { <Badge label=t::expired(l) tone=Tone::Warning/> " " }),
    };
    view! {
        <tr>
            <th scope="row">{access.product}</th>
            <Cell label=t::way(l)>{t::way_name(l, access.way)}</Cell>
            <Cell label=t::valid_until(l)>
                <span>{validity} <time datetime=access.until.machine_date()>{access.until.date(l)}</time></span>
            </Cell>
        </tr>
    }
    .into_any()
}

/// Nothing at all, where nothing is open.
fn open_list(
    l: Language,
    company: CompanyNumber,
    open: Vec<RequestRow>,
    back: &'static str,
    deeds: Deeds,
    pending: Signal<bool>,
) -> Option<AnyView> {
    let head = move || {
        view! {
            <Header label=t::what(l)/>
            <Header label=t::reason(l)/>
            <Header label=t::when(l)/>
            <Header label=t::withdraw(l) hidden=true/>
        }
    };
    let place = row::Place { company, administers: false, back: back.to_owned() };
    let line = move |row: RequestRow| {
        let withdraw = row.may_withdraw.then(|| {
            view! {
                <ActionForm action=deeds.withdraw>
                    <input type="hidden" name="company" value=company.0/>
                    <input type="hidden" name="id" value=row.id.to_string()/>
                    <input type="hidden" name="back" value=back/>
                    <Button kind=Kind::Secondary small=true pending>{t::withdraw(l)}</Button>
                </ActionForm>
            }
        });
        view! {
            <tr>
                <th scope="row">{row::subject(&place, row.subject)}</th>
                <Cell label=t::reason(l)>{row::reason(l, row.reason.as_deref())}</Cell>
                <Cell label=t::when(l)>{row::moment(l, row.asked)} {row::waits(l, row.outcome)}</Cell>
                <Cell label=t::withdraw(l) actions=true>{withdraw}</Cell>
            </tr>
        }
    };
    (!open.is_empty()).then(|| {
        view! {
            <h3>{t::my_requests(l)}</h3>
            <DataTable label=t::my_requests(l) head>{open.into_iter().map(line).collect_view()}</DataTable>
        }
        .into_any()
    })
}
