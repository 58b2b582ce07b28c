//! What was just done with a product.

use crate::{
    language::language,
    prelude::*,
    texts::{self, catalogue as t},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{Refusal, fields::Language};

/// Only the names of what can be done are read from the address. A file is sent by a plain form, so its refusal comes that way, too.
#[component]
pub(super) fn DoneNotice(errors: Signal<Vec<(String, String)>>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    move || {
        let notice = query.read().get("notice").filter(|_| errors.read().is_empty())?;
        if notice == "not-a-table" {
            let why = texts::of_refusal(l, &Refusal::NotATable);
            return Some(view! { <Notice tone=Tone::Danger title=t::import_documents(l)>{why}</Notice> }.into_any());
        }
        let text = done(l, &notice)?;
        Some(view! { <Notice tone=Tone::Success>{text}</Notice> }.into_any())
    }
}

fn done(l: Language, deed: &str) -> Option<&'static str> {
    match deed {
        "created" => Some(t::created(l)),
        "saved" => Some(t::saved(l)),
        "imported" => Some(t::imported(l)),
        _ => None,
    }
}
