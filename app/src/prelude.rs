//! What a page begins with: Leptos, with our own way of asking the server, and title, in the place of its own.

pub(crate) use crate::{
    ask::{ActionForm, AsForm, Resource, ServerAction},
    title::Title,
};
pub(crate) use leptos::prelude::*;

/// Runs in browsers, and again when what it read changes. Boxed here, once: Leptos would generate its effect anew for every one.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(move |_: Option<()>| run());
}
