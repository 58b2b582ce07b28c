//! What is in the dialog: a combobox, and the list that follows what is typed.

use super::{
    entries::{self, Deed, Entry},
    people,
};
use crate::{language::language, navigation, session::Me, texts::palette as t, ui::*};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::{CompanyNumber, Permit, fields::Language};

const LIST: &str = "palette-list";

/// A group's name and what was found in it.
type Group = (&'static str, Vec<Entry>);

/// What is in the dialog while it is open, and opens it as soon as it is there.
#[component]
pub(super) fn PaletteContent(me: Me, company: Option<CompanyNumber>, open: RwSignal<bool>, dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let l = language();
    let node = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let searched = navigation::company_of(&me, company).filter(|number| me.standing.may(Permit::ReadUsers, Some(*number)).is_ok());
    let groups = groups(l, &me, company, people::search(searched, typed), typed);
    let chosen = RwSignal::new(None::<Deed>);
    let place = Memo::new(move |_| place_of(&groups.get(), chosen.get().as_ref()));
    let act = act(open);
    Effect::new(move |_| {
        if let (Some(dialog), Some(_)) = (dialog.get(), node.get()) {
            // Modal: the browser itself keeps the focus within, and gives it back.
            let _ = dialog.show_modal();
        }
    });
    let prompt = if searched.is_some() { t::prompt(l) } else { t::prompt_without_people(l) };
    let heard = move || {
        let typed = typed.get();
        (!typed.trim().is_empty()).then(|| heard(l, &groups.get(), &typed))
    };
    view! {
        <div class="palette-head">
            <Icon glyph=Glyph::Search/>
            <input
                class="palette-input"
                node_ref=node
                type="text"
                role="combobox"
                aria-label=prompt
                placeholder=prompt
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=LIST
                aria-activedescendant=move || place.get().map(option_id)
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                autofocus
                on:input=move |ev| {
                    typed.set(event_target_value(&ev));
                    chosen.set(None);
                }
                on:keydown=move |ev| on_key(&ev, &flat(&groups.get_untracked()), place.get_untracked(), chosen, act)
            />
            <button class="dialog-cross" type="button" aria-label=t::close(l) on:click=move |_| open.set(false)>
                <Icon glyph=Glyph::Cross/>
            </button>
        </div>
        <p class="visually-hidden" role="status">{heard}</p>
        <Results groups place act typed/>
        <Keys/>
    }
}

/// Everything that fits, in groups; a group without any is left out.
fn groups(l: Language, me: &Me, company: Option<CompanyNumber>, people: Memo<Vec<Entry>>, typed: RwSignal<String>) -> Memo<Vec<Group>> {
    let (pages, actions) = (entries::pages(l, me, company), entries::actions(l, me, company));
    Memo::new(move |_| {
        let typed = typed.get();
        let fitting = |all: &[Entry]| all.iter().filter(|entry| entry.fits(&typed)).cloned().collect::<Vec<_>>();
        let groups = [(t::pages(l), fitting(&pages)), (t::people(l), people.get()), (t::actions(l), fitting(&actions))];
        groups.into_iter().filter(|(_, entries)| !entries.is_empty()).collect()
    })
}

fn flat(groups: &[Group]) -> Vec<Entry> {
    groups.iter().flat_map(|(_, entries)| entries.clone()).collect()
}

/// Where the choice stands. It is known by what it does, since people who are found later move the places; at first it is the first.
fn place_of(groups: &[Group], chosen: Option<&Deed>) -> Option<usize> {
    let entries = flat(groups);
    let place = chosen.and_then(|deed| entries.iter().position(|entry| entry.deed == *deed));
    place.or_else(|| (!entries.is_empty()).then_some(0))
}

fn heard(l: Language, groups: &[Group], typed: &str) -> String {
    match flat(groups).len() {
        0 => t::nothing(l, typed.trim()),
        count => t::found(l, count),
    }
}

fn option_id(place: usize) -> String {
    format!("palette-{place}")
}

fn on_key(ev: &KeyboardEvent, entries: &[Entry], place: Option<usize>, chosen: RwSignal<Option<Deed>>, act: Callback<Deed>) {
    // While a character is being composed the keys belong to the keyboard.
    let Some(place) = place.filter(|_| !ev.is_composing()) else { return };
    let next = match ev.key().as_str() {
        "ArrowDown" => (place + 1) % entries.len(),
        "ArrowUp" => (place + entries.len() - 1) % entries.len(),
        "Enter" => {
            ev.prevent_default();
            act.run(entries[place].deed.clone());
            return;
        }
        _ => return,
    };
    ev.prevent_default();
    chosen.set(Some(entries[next].deed.clone()));
}

/// Closes the dialog and does it.
fn act(open: RwSignal<bool>) -> Callback<Deed> {
    let navigate = use_navigate();
    Callback::new(move |deed| {
        open.set(false);
        match deed {
            Deed::Press(id) => dom::press(&id),
            Deed::Go(href) => {
                navigate(&href, NavigateOptions::default());
                // What had the focus before is perhaps not on the new page.
                request_animation_frame(|| dom::focus("main"));
            }
        }
    })
}

#[component]
fn Results(groups: Memo<Vec<Group>>, place: Memo<Option<usize>>, act: Callback<Deed>, typed: RwSignal<String>) -> impl IntoView {
    let l = language();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let (Some(list), Some(place)) = (node.get(), place.get()) {
            dom::reveal_within(&list, &option_id(place));
        }
    });
    let group = move |first: &mut usize, (name, entries): Group| {
        let from = *first;
        *first += entries.len();
        let options = entries.into_iter().enumerate().map(|(count, entry)| option(entry, from + count, place, act)).collect_view();
        view! {
            <div role="group" aria-label=name>
                <p class="palette-group" aria-hidden="true">{name}</p>
                {options}
            </div>
        }
    };
    let list = move || {
        let mut first = 0;
        groups.get().into_iter().map(|found| group(&mut first, found)).collect_view()
    };
    let none = move || groups.read().is_empty().then(|| view! { <p class="palette-none">{t::nothing(l, typed.get().trim())}</p> });
    view! {
        <div class="palette-list" id=LIST role="listbox" aria-label=t::results(l) node_ref=node>{list}</div>
        {none}
    }
}

fn option(entry: Entry, own: usize, place: Memo<Option<usize>>, act: Callback<Deed>) -> impl IntoView {
    let Entry { label, note, glyph, deed } = entry;
    view! {
        <div
            class="palette-option"
            id=option_id(own)
            role="option"
            aria-selected=move || if place.get() == Some(own) { "true" } else { "false" }
            // The focus stays in the field.
            on:mousedown=|ev| ev.prevent_default()
            on:click=move |_| act.run(deed.clone())
        >
            <Icon glyph/>
            <span class="palette-label">{label}</span>
            <span class="palette-note">{note}</span>
        </div>
    }
}

/// Which keys do what, for who can see them; a screen reader says it by itself.
#[component]
fn Keys() -> impl IntoView {
    let l = language();
    view! {
        <p class="palette-keys" aria-hidden="true">
            <span><kbd>"↑"</kbd> <kbd>"↓"</kbd> " " {t::to_move(l)}</span>
            <span><kbd>"↵"</kbd> " " {t::to_open(l)}</span>
            <span><kbd>"Esc"</kbd> " " {t::to_close(l)}</span>
        </p>
    }
}
