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

/// S2: companies of one name are told apart by their customer numbers.
fn told_apart(options: &mut [RadioOption]) {
    let names: Vec<String> = options.iter().map(|option| option.label.clone()).collect();
    for option in options {
        if names.iter().filter(|name| **name == option.label).count() > 1 {
            option.label = format!("{} ({})", option.label, option.value);
        }
    }
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
    let mut options: Vec<RadioOption> = companies.into_iter().map(Into::into).collect();
    told_apart(&mut options);
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

#[cfg(test)]
mod tests {
    use super::*;
    use shared::CompanyNumber;

    #[test]
    fn where_names_repeat_the_number_stands_beside_them() {
        let company = |number, name: &str| RadioOption::from(Joinable { number: CompanyNumber(number), name: name.into() });
        let mut options = [company(10001, "Van Dijk"), company(10002, "Offshore"), company(10007, "Van Dijk")];
        told_apart(&mut options);
        let labels: Vec<_> = options.iter().map(|option| (option.value.as_str(), option.label.as_str())).collect();
        assert_eq!(labels, [("10001", "Van Dijk (10001)"), ("10002", "Offshore"), ("10007", "Van Dijk (10007)")]);
    }
}
