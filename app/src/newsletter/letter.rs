//! A newsletter as its readers get it.

use crate::{language::language, prelude::*, texts::newsletter as t, ui::*};
use shared::{
    fields::Language,
    newsletter::{Preview, Rendered},
};

/// In both languages, side by side where there is room.
#[component]
pub(super) fn Letters(letter: Memo<Preview>) -> impl IntoView {
    let l = language();
    move || {
        let Preview { en, nl } = letter.get();
        view! {
            <div class="columns">
                {one(t::english(l), Language::English, en)} {one(t::dutch(l), Language::Dutch, nl)}
            </div>
        }
    }
}

fn one(name: &'static str, language: Language, letter: Rendered) -> impl IntoView {
    let Rendered { subject, html, .. } = letter;
    let code = language.code();
    view! {
        <article class="stack">
            <p class="muted small">{name}</p>
            // Its own headings are of this level or below.
            <h2 lang=code>{subject}</h2>
            // The server made it of Markdown, without any HTML that somebody wrote.
            <div class="letter" lang=code inner_html=html></div>
        </article>
    }
}

/// The draft's, below its form.
#[component]
pub(super) fn PreviewCard(id: &'static str, letter: Memo<Preview>) -> impl IntoView {
    let l = language();
    view! {
        <Card id title=t::preview(l) attr:tabindex="-1">
            <p class="muted small">{t::preview_text(l)}</p>
            <Letters letter/>
        </Card>
    }
}
