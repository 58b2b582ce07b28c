//! One of several companies, by name.

use crate::{
    forms::FormState,
    prelude::*,
    texts::{self, profile as t, sign_in},
    ui::*,
};
use shared::{FieldName, Refusal, fields::Language, moving::Department, registration::Joinable};

impl From<Joinable> for RadioOption {
    fn from(company: Joinable) -> Self {
        Self { value: company.number.to_string(), label: company.name, description: None }
    }
}

/// P4: each with what it offers at once.
pub(super) fn with_offers(l: Language, departments: Vec<Department>) -> Vec<RadioOption> {
    let option = |department: Department| {
        let Department { number, name, offers } = department;
        let offers = if offers.is_empty() { t::offers_nothing(l).to_owned() } else { t::offers(l, &offers.join(", ")) };
        RadioOption { value: number.to_string(), label: name, description: Some(offers) }
    };
    departments.into_iter().map(option).collect()
}

/// Where there is only one it is chosen already.
#[component]
pub(crate) fn CompanyChoice<C>(
    form: FormState,
    companies: Vec<C>,
    legend: &'static str,
    #[prop(into, optional)] hint: MaybeProp<String>,
) -> impl IntoView
where
    C: Into<RadioOption> + 'static,
{
    let options: Vec<RadioOption> = companies.into_iter().map(Into::into).collect();
    let only = match options.as_slice() {
        [only] => Some(only.value.clone()),
        _ => None,
    };
    view! {
        <RadioGroup
            name=FieldName::Company.html()
            legend
            hint
            options
            selected=form.kept(FieldName::Company).or(only)
            error=form.error(FieldName::Company)
            required=true
        />
    }
}

/// S6: nobody goes anywhere with a password that administrators may have set.
pub(super) fn prove_first(l: Language) -> AnyView {
    view! {
        <p>{texts::of_refusal(l, &Refusal::AddressNotProven)}</p>
        <div class="form-actions"><LinkButton href="/forgot-password">{sign_in::forgot_password(l)}</LinkButton></div>
    }
    .into_any()
}
