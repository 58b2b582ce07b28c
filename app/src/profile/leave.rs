//! *Leave company* (P4): the first half of a move alone.

use super::api::LeaveCompany;
use crate::{
    language::language,
    prelude::*,
    texts::{self, profile as t},
    ui::*,
};
use leptos::server_fn::ServerFn;
use shared::{CompanyNumber, moving::Losses};

const QUESTION: &str = "leave-dialog";

/// What will be lost is said before the button, and again in the question.
#[component]
pub(super) fn Leaving(
    company: CompanyNumber,
    name: String,
    losses: Memo<Losses>,
    /// Whether there are other companies, which stay.
    several: Memo<bool>,
) -> impl IntoView {
    let l = language();
    let text = move || if several.get() { t::leave_one_text(l) } else { t::leave_text(l) };
    let (question, button) = (t::leave_question(l, &name), t::leave_named(l, &name));
    view! {
        <Card id="leave" title=t::leave_company(l)>
            <p class="muted small">{text}</p>
            <div><DialogButton dialog=QUESTION kind=Kind::Danger>{t::leave_company(l)}</DialogButton></div>
            <Dialog id=QUESTION title=question close=texts::close(l)>
                // A plain form, as for changing.
                <form method="post" action=LeaveCompany::PATH class="stack">
                    <input type="hidden" name="company" value=company.0/>
                    <p class="strong">{move || t::in_numbers(l, &losses.read())}</p>
                    <p>{text}</p>
                    <div class="form-actions">
                        <Button kind=Kind::Danger>{button}</Button>
                        <DialogClose dialog=QUESTION>{t::cancel(l)}</DialogClose>
                    </div>
                </form>
            </Dialog>
        </Card>
    }
}
