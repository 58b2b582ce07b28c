//! Forms that work with and without JavaScript: what a form shows of its action's fault, and what it keeps of what was filled in.
//!
//! Without JavaScript a refused form comes back by redirect. What it says and holds then travels in a cookie that lives for one page (`returned.rs`),
//! not in the address: addresses end up in logs and histories, and anybody can make one up. The middleware writes it; the page reads it once.

#[cfg(feature = "ssr")]
pub(crate) mod on_the_server;
#[cfg(feature = "ssr")]
mod returned;

use crate::{ask::read, fault::Fault, language::language, prelude::*, texts};
use leptos::server_fn::ServerFn;
use serde::{Deserialize, Serialize};
use shared::{FieldName, Refusal};

/// A refused form on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The server function that refused.
    path: String,
    /// Its fault, as JSON.
    fault: String,
    /// What was filled in, but for passwords; a field that is there many times has its name once, since cookies are short.
    kept: Vec<(String, Vec<String>)>,
}

/// Reads what came back and gives it to the forms of this page. Sent along with the page, so that hydration finds the same.
pub(crate) fn provide_returned() {
    let returned = SharedValue::new(read_returned).into_inner();
    if let Some(returned) = returned {
        provide_context(returned);
    }
}

impl Returned {
    /// What the server function of this path refused.
    pub(crate) fn fault_of(&self, path: &str) -> Option<Fault> {
        (self.path == path).then(|| read(&self.fault).unwrap_or_else(|unreadable| unreadable))
    }
}

#[cfg(feature = "ssr")]
fn read_returned() -> Option<Returned> {
    use_context::<http::request::Parts>()?.extensions.get::<Returned>().cloned()
}

#[cfg(not(feature = "ssr"))]
fn read_returned() -> Option<Returned> {
    None
}

/// What a form shows of its action.
#[derive(Clone, Copy)]
pub(crate) struct FormState {
    pub pending: Signal<bool>,
    fault: Signal<Option<Fault>>,
    kept: StoredValue<Vec<(String, String)>>,
    sent: RwSignal<String>,
}

impl FormState {
    pub(crate) fn of<S>(action: ServerAction<S>) -> Self
    where
        S: ServerFn<Output = (), Error = Fault> + 'static,
    {
        Self::of_sending(S::PATH, *action, action.sent())
    }

    fn of_sending(path: &str, action: Action<String, Result<(), Fault>>, sent: RwSignal<String>) -> Self {
        let value = action.value();
        let kept = use_context::<Returned>().filter(|returned| returned.path == path).map(|returned| returned.kept);
        let each = |(name, values): (String, Vec<String>)| values.into_iter().map(move |value| (name.clone(), value));
        Self {
            pending: action.pending().into(),
            // An action answers after it led to another page: then nobody looks any more, here and below.
            fault: Signal::derive(move || value.try_with(|value| value.as_ref()?.as_ref().err().cloned()).flatten()),
            kept: StoredValue::new(kept.into_iter().flatten().flat_map(each).collect()),
            sent,
        }
    }

    /// What was filled in before the form came back.
    pub(crate) fn kept(self, name: FieldName) -> Option<String> {
        self.kept_named(name.html())
    }

    pub(crate) fn kept_named(self, name: &str) -> Option<String> {
        self.kept.try_with_value(|kept| kept.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())).flatten()
    }

    /// Where somebody else was first, what was filled in stood on what is so no longer: the form then shows what is so now.
    pub(crate) fn newest(self) -> Self {
        if untrack(|| self.refusal()) == Some(Refusal::Changed) {
            self.forget_kept();
        }
        self
    }

    /// For a form that is drawn anew from what is so now.
    pub(crate) fn forget_kept(self) {
        self.kept.try_update_value(Vec::clear);
    }

    /// All values of a field that was there several times.
    pub(crate) fn kept_all(self, name: &str) -> Vec<String> {
        let values = |kept: &Vec<(String, String)>| kept.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect();
        self.kept.try_with_value(values).unwrap_or_default()
    }

    /// What a field of the refused form held, with and without JavaScript; for names and values that need no encoding.
    pub(crate) fn sent(self, name: &str) -> Option<String> {
        let value = |form: &String| form.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('=').map(str::to_owned));
        let since = self.sent.try_with(|form| (!form.is_empty()).then(|| value(form))).flatten();
        since.unwrap_or_else(|| self.kept_named(name))
    }

    /// Whether it came back at all: then a checkbox that is not among the kept was not ticked.
    pub(crate) fn came_back(self) -> bool {
        self.kept.try_with_value(|kept| !kept.is_empty()).unwrap_or_default()
    }

    pub(crate) fn error(self, name: FieldName) -> Signal<Option<String>> {
        let l = language();
        Signal::derive(move || {
            self.look(|fault| match fault {
                Fault::Refused(Refusal::Fields(fields)) => {
                    fields.iter().find(|(field, _)| *field == name).map(|(_, problem)| texts::of_problem(l, name, problem))
                }
                _ => None,
            })
        })
    }

    /// For the summary: each field's id with its message, or the one thing that belongs to no field.
    pub(crate) fn errors(self) -> Signal<Vec<(String, String)>> {
        let l = language();
        Signal::derive(move || {
            let errors = self.look(|fault| match fault {
                Fault::Refused(Refusal::Fields(fields)) => {
                    Some(fields.iter().map(|(name, problem)| (name.html().to_owned(), texts::of_problem(l, *name, problem))).collect())
                }
                Fault::Refused(Refusal::Some(not_all)) => {
                    Some(texts::of_not_all(l, not_all).into_iter().map(|line| (String::new(), line)).collect())
                }
                other => Some(vec![(String::new(), other.text(l))]),
            });
            errors.unwrap_or_default()
        })
    }

    /// The page's title, which says when something is wrong.
    pub(crate) fn title(self, title: &'static str) -> impl Fn() -> String + Clone + Send + Sync + 'static {
        self.title_of(title.to_owned())
    }

    pub(crate) fn title_of(self, title: String) -> impl Fn() -> String + Clone + Send + Sync + 'static {
        let l = language();
        move || if self.is_refused() { texts::error_prefix(l, &title) } else { title.clone() }
    }

    /// The refusal, where a page does more with it than say it.
    pub(crate) fn refusal(self) -> Option<Refusal> {
        self.look(|fault| match fault {
            Fault::Refused(refusal) => Some(refusal.clone()),
            _ => None,
        })
    }

    fn is_refused(self) -> bool {
        self.fault.try_with(Option::is_some).unwrap_or_default()
    }

    fn look<T>(self, at: impl FnOnce(&Fault) -> Option<T>) -> Option<T> {
        self.fault.try_with(|fault| fault.as_ref().and_then(at)).flatten()
    }
}

/// A form that stands on the page many times, in a question each, with one action for all: what was refused belongs to the one whose field `key`
/// holds `value`.
#[derive(Clone)]
pub(crate) struct Question {
    form: FormState,
    key: &'static str,
    value: String,
}

impl Question {
    pub(crate) fn of(form: FormState, key: &'static str, value: impl Into<String>) -> Self {
        Self { form, key, value: value.into() }
    }

    pub(crate) fn value(&self) -> &str {
        &self.value
    }

    /// What was filled in before it came back.
    pub(crate) fn kept(&self, name: FieldName) -> Option<String> {
        self.form.kept_named(self.key).filter(|kept| *kept == self.value).and_then(|_| self.form.kept(name))
    }

    pub(crate) fn error(&self, name: FieldName) -> Signal<Option<String>> {
        let (question, error) = (self.clone(), self.form.error(name));
        Signal::derive(move || error.get().filter(|_| question.form.sent(question.key).as_ref() == Some(&question.value)))
    }

    /// Whether this came back without JavaScript because of that field: then the question is open again, since nothing else could open it.
    pub(crate) fn is_open(&self, name: FieldName) -> bool {
        self.form.came_back() && untrack(|| self.error(name).get()).is_some()
    }
}

/// Empties password fields when their form was refused.
pub(crate) fn forget_when_refused(state: FormState, passwords: Vec<RwSignal<String>>) {
    effect(move || {
        if state.is_refused() {
            for password in &passwords {
                password.set(String::new());
            }
        }
    });
}
