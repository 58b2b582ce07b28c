//! The newsletter (P5): staff write and send it; people subscribe to it, and unsubscribe with the link in each.

mod api;
mod deeds;
mod fields;
mod letter;
mod list;
mod new;
mod page;
mod progress;
mod readers;
mod send;
mod subscription;
mod unsubscribe;

pub use api::{
    CreateNewsletter, DeleteNewsletter, ListNewsletters, LookAtUnsubscribe, ReadNewsletter, ReadSubscription, SaveNewsletter,
    SendNewsletter, Subscribe, Unsubscribe, UnsubscribeByLink,
};
pub(crate) use list::NewslettersPage;
pub(crate) use new::NewNewsletterPage;
pub(crate) use page::NewsletterPage;
pub(crate) use subscription::SubscriptionPage;
pub(crate) use unsubscribe::UnsubscribePage;
