//! Forms that have the server do something.

use super::BoxedFuture;
use crate::{fault::Fault, forms::Returned, prelude::effect};
use leptos::{ev::SubmitEvent, form::form_data_from_event, prelude::*, server_fn::ServerFn, web_sys::UrlSearchParams};
use std::{marker::PhantomData, ops::Deref};

/// Leptos' action, which sends a form as it was filled in: the server reads it, whether or not scripts ran.
pub struct ServerAction<S> {
    sending: Sending,
    sent: RwSignal<String>,
    deed: PhantomData<fn() -> S>,
}

/// Any form on its way to the server.
pub(crate) type Sending = Action<String, Result<(), Fault>>;

impl<S> Clone for ServerAction<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for ServerAction<S> {}

impl<S> Deref for ServerAction<S> {
    type Target = Sending;

    fn deref(&self) -> &Sending {
        &self.sending
    }
}

impl<S: ServerFn<Output = (), Error = Fault>> ServerAction<S> {
    #[must_use]
    pub fn new() -> Self {
        let sent = RwSignal::new(String::new());
        Self { sending: sending(S::PATH, sent), sent, deed: PhantomData }
    }
}

impl<S: ServerFn<Output = (), Error = Fault>> Default for ServerAction<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> ServerAction<S> {
    /// Whether a form with this field and value is on its way. The value is one that needs no encoding.
    pub(crate) fn is_sending(self, name: &str, value: &str) -> bool {
        let field = format!("{name}={value}");
        self.sending.input().with(|form| form.as_ref().is_some_and(|form| form.split('&').any(|sent| sent == field)))
    }

    /// The form that was answered last, as it was filled in.
    pub(crate) const fn sent(self) -> RwSignal<String> {
        self.sent
    }
}

fn sending(path: &'static str, sent: RwSignal<String>) -> Sending {
    let refused = use_context::<Returned>().and_then(|returned| returned.fault_of(path)).map(Err);
    Action::new_with_value(refused, move |form: &String| {
        let (form, answer) = (form.clone(), send(path, form.clone()));
        async move {
            let answer = answer.await;
            // The page may be gone.
            sent.try_set(form);
            answer
        }
    })
}

#[cfg(not(feature = "ssr"))]
fn send(path: &'static str, form: String) -> BoxedFuture<Result<(), Fault>> {
    Box::pin(async move { super::browser::post(path.to_owned(), form).await.map(drop) })
}

/// Forms are sent by browsers.
#[cfg(feature = "ssr")]
fn send(_path: &'static str, _form: String) -> BoxedFuture<Result<(), Fault>> {
    Box::pin(std::future::ready(Err(Fault::Offline)))
}

/// What one form was refused must not stand beside what another has done since.
pub(crate) fn forget_earlier_answers(forms: Vec<Sending>) {
    for (place, form) in forms.clone().into_iter().enumerate() {
        let mut others = forms.clone();
        others.remove(place);
        effect(move || {
            if form.version().get() > 0 {
                others.iter().for_each(|other| other.clear());
            }
        });
    }
}

/// A form that is sent by its action, and without JavaScript by the browser.
#[component]
pub fn ActionForm<S>(action: ServerAction<S>, children: Children) -> impl IntoView
where
    S: ServerFn<Output = (), Error = Fault> + 'static,
{
    form(S::PATH, action.sending, children)
}

fn form(path: &'static str, sending: Sending, children: Children) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        if !event.default_prevented() {
            event.prevent_default();
            sending.dispatch(filled_in(&event));
        }
    };
    view! { <form action=path method="post" on:submit=submit>{children()}</form> }
}

/// The fields as a browser would send them, and the button that was pressed.
pub(crate) fn filled_in(event: &SubmitEvent) -> String {
    let fields = form_data_from_event(event).ok();
    let fields = fields.and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields).ok());
    fields.map(|fields| String::from(fields.to_string())).unwrap_or_default()
}
