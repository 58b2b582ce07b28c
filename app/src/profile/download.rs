//! *Download my data* (P7).

use crate::{language::language, prelude::*, texts::profile as t, ui::*};
use shared::fields::Language;

/// A text in both languages.
type Text = fn(Language) -> &'static str;

/// The file's keys, in their order, and what each of them holds.
const KEYS: [(&str, Text); 17] = [
    ("format", t::key_format),
    ("about", t::key_about),
    ("account", t::key_account),
    ("memberships", t::key_memberships),
    ("known_as", t::key_known_as),
    ("contact_of", t::key_contact_of),
    ("applications", t::key_applications),
    ("access", t::key_access),
    ("requests", t::key_requests),
    ("documents_opened", t::key_documents_opened),
    ("newsletters", t::key_newsletters),
    ("sessions", t::key_sessions),
    ("links", t::key_links),
    ("successions_asked", t::key_successions_asked),
    ("mail", t::key_mail),
    ("mail_about_me", t::key_mail_about_me),
    ("history", t::key_history),
];

#[component]
pub(super) fn DownloadCard() -> impl IntoView {
    let l = language();
    let keys = KEYS.into_iter().map(|(key, holds)| fact(key, holds(l))).collect::<Vec<_>>();
    view! {
        <Card id="download" title=t::download(l)>
            <p>{t::download_text(l)}</p>
            <form method="get" action="/profile/data.json">
                <Button kind=Kind::Secondary glyph=Glyph::Download>{t::download(l)}</Button>
            </form>
            <details class="more">
                <summary>{t::in_the_file(l)}</summary>
                <Facts items=keys/>
            </details>
        </Card>
    }
}
