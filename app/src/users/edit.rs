//! A person's page: the form of what they are (U5, U7). What somebody has typed stays when a colleague changes the person meanwhile.

use super::{
    api::SaveUser,
    fields::{BlockedField, DetailFields, MembershipFields, RoleField, Start},
    person::Target,
};
use crate::{
    fault::Fault,
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, users as t},
    ui::*,
};
use shared::{
    AccountId, CompanyNumber, Refusal,
    users::{Ends, UserDetails},
};

/// What the form stands on, and whether it is still so.
#[derive(Clone, Copy)]
struct Draft {
    now: Memo<Start>,
    /// With how often it was drawn: each time anew, so that nothing of the time before stays in a field.
    drawn: RwSignal<(u32, Start)>,
    /// Whether somebody has been in it since it was drawn.
    touched: RwSignal<bool>,
}

impl Draft {
    fn new(person: Signal<UserDetails>, action: ServerAction<SaveUser>, form: FormState) -> Self {
        let now = Memo::new(move |_| Start::of(&person.read()));
        let draft = Self { now, drawn: RwSignal::new((0, now.get_untracked())), touched: RwSignal::new(form.came_back()) };
        effect(move || {
            let now = draft.now.get();
            let (turn, differs) = draft.drawn.with_untracked(|(turn, drawn)| (*turn, *drawn != now));
            if !draft.touched.get() && differs {
                form.forget_kept();
                draft.drawn.set((turn + 1, now));
            }
        });
        // What is saved is no draft any more; what was refused because somebody else was first begins anew from what is so now.
        effect(move || {
            action.version().track();
            let over = |answer: &Option<_>| matches!(answer, Some(Ok(()) | Err(Fault::Refused(Refusal::Changed))));
            if action.value().with(over) {
                draft.touched.set(false);
            }
        });
        draft
    }

    /// Whether saving would take back what somebody else has changed.
    fn is_behind(self) -> bool {
        self.drawn.with(|(_, drawn)| self.now.with(|now| drawn.seen != now.seen))
    }
}

#[component]
pub(super) fn EditCard(company: CompanyNumber, person: Signal<UserDetails>, action: ServerAction<SaveUser>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action).newest();
    let draft = Draft::new(person, action, form);
    let id = person.read_untracked().id;
    let username = Memo::new(move |_| person.read().username.clone());
    let ends = Memo::new(move |_| person.read().ends);
    let password = Memo::new(move |_| person.with(FirstPassword::of));
    let changed = move || {
        (draft.touched.get() && !form.pending.get() && draft.is_behind()).then(|| {
            let show = move || {
                view! {
                    <Button kind=Kind::Secondary small=true button_type="button" on:click=move |_| draft.touched.set(false)>
                        {t::show_as_it_is(l)}
                    </Button>
                }
            };
            view! { <Notice tone=Tone::Warning actions=show>{texts::of_refusal(l, &Refusal::Changed)}</Notice> }
        })
    };
    view! {
        <Card id="details" title=t::details(l)>
            <div class="stack">
                <Facts items=vec![fact(t::username(l), move || username.get())]/>
                {changed}
                <For
                    each=move || [draft.drawn.get()]
                    key=|(turn, _)| *turn
                    children=move |(_, start)| view! { <EditForm company id form start password ends touched=draft.touched action/> }
                />
            </div>
        </Card>
    }
}

#[component]
fn EditForm(
    company: CompanyNumber,
    id: AccountId,
    form: FormState,
    start: Start,
    password: Memo<FirstPassword>,
    ends: Memo<Ends>,
    touched: RwSignal<bool>,
    action: ServerAction<SaveUser>,
) -> impl IntoView {
    let l = language();
    let seen = start.seen.clone();
    let (touch, touch_too) = (move |_| touched.set(true), move |_| touched.set(true));
    view! {
        <ActionForm action attr:novalidate=true attr:class="form" on:focusin=touch on:input=touch_too>
            <Target company id/>
            <input type="hidden" name="seen" value=seen/>
            {if start.general {
                view! { <GeneralFields form start password ends/> }.into_any()
            } else {
                view! {
                    <RoleField form start=start.clone()/>
                    <DetailFields form start=start.clone()/>
                    <MembershipFields form start ends/>
                }.into_any()
            }}
            <div class="form-actions"><Button pending=form.pending>{t::save(l)}</Button></div>
        </ActionForm>
    }
}

/// G2: the password of a general account.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FirstPassword {
    Set,
    /// Nobody has set it yet. Whether the mail with its link can be sent again.
    Awaited {
        may_resend: bool,
    },
}

impl FirstPassword {
    fn of(person: &UserDetails) -> Self {
        if person.awaits_password() { Self::Awaited { may_resend: person.may_resend.is_ok() } } else { Self::Set }
    }
}

/// G2: what everybody uses is blocked or not; nothing else of it is an administrator's to change here.
#[component]
fn GeneralFields(form: FormState, start: Start, password: Memo<FirstPassword>, ends: Memo<Ends>) -> impl IntoView {
    let l = language();
    let password = move || match password.get() {
        FirstPassword::Set => view! { <a href="/profile/password">{t::general_account_password(l)}</a> }.into_any(),
        FirstPassword::Awaited { may_resend: true } => view! { {t::general_first_password(l)} " " {t::general_first_again(l)} }.into_any(),
        FirstPassword::Awaited { may_resend: false } => t::general_first_password(l).into_any(),
    };
    view! {
        <p class="muted">{t::general_account_text(l)} " " {password}</p>
        <input type="hidden" name="role" value=start.role.key()/>
        <input type="hidden" name="mail_to_administrators" value="on"/>
        <BlockedField form start ends=Some(ends)/>
    }
}
