//! What is in the dialog: a combobox, and the list that follows what is typed.

use super::{
    entries::{self, Deed, Entry},
    people::{self, Searched},
};
use crate::{language::language, navigation, prelude::*, session::Me, texts::palette as t, ui::*};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html,
    web_sys::Element,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::{CompanyNumber, Permit, fields::Language};
use std::{sync::Arc, time::Duration};

const LIST: &str = "palette-list";
const OPTION: &str = "palette-option-";

/// What somebody is looking for.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pub typed: String,
    /// What the server found.
    pub people: Vec<Entry>,
    pub companies: Vec<Entry>,
    /// Where the arrows went. Known by what it does, since people who are found later move the places; at first it is the first.
    chosen: Option<Deed>,
}

/// Everything that there is to find without asking the server.
struct Finds {
    l: Language,
    pages: Vec<Entry>,
    actions: Vec<Entry>,
}

/// What fits now, in groups with their names, and which entry is chosen.
struct Found {
    groups: [(&'static str, Vec<Entry>); 4],
    place: Option<usize>,
}

impl Finds {
    fn now(&self, search: &Search) -> Found {
        let fitting = |all: &[Entry]| all.iter().filter(|entry| entry.fits(&search.typed)).cloned().collect::<Vec<_>>();
        let l = self.l;
        let groups = [
            (t::pages(l), fitting(&self.pages)),
            (t::people(l), fitting(&search.people)),
            // By their domains too, which are not shown: what the server found for the words of a moment ago goes with its next answer.
            (t::companies(l), search.companies.clone()),
            (t::actions(l), fitting(&self.actions)),
        ];
        let mut found = Found { groups, place: None };
        let place = found.entries().position(|entry| Some(&entry.deed) == search.chosen.as_ref());
        found.place = place.or_else(|| found.entries().next().map(|_| 0));
        found
    }
}

impl Found {
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.groups.iter().flat_map(|(_, entries)| entries)
    }

    fn deed_at(&self, place: usize) -> Option<Deed> {
        self.entries().nth(place).map(|entry| entry.deed.clone())
    }

    /// The one above or below, around the ends.
    fn beside(&self, down: bool) -> Option<Deed> {
        let (place, count) = (self.place?, self.entries().count());
        self.deed_at((place + if down { 1 } else { count - 1 }) % count)
    }
}

/// What is in the dialog while it is open; it opens the dialog as soon as it is there.
#[component]
pub(super) fn PaletteContent(me: Me, company: Option<CompanyNumber>, open: RwSignal<bool>, dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let l = language();
    let node = NodeRef::<html::Input>::new();
    effect(move || {
        if let (Some(dialog), Some(_)) = (dialog.get(), node.get()) {
            // Modal: the browser itself keeps the focus within, and gives it back.
            let _ = dialog.show_modal();
        }
    });
    let searched = Searched {
        company: navigation::company_of(&me, company).filter(|number| me.standing.may(Permit::ReadUsers, Some(*number)).is_ok()),
        companies: me.standing.may(Permit::VisitProvider, None).is_ok(),
    };
    let prompt = match searched {
        Searched { company: Some(_), companies: true } => t::prompt_for_all(l),
        Searched { company: Some(_), companies: false } => t::prompt(l),
        Searched { company: None, companies: true } => t::prompt_for_staff(l),
        Searched { company: None, companies: false } => t::prompt_without_people(l),
    };
    let search = RwSignal::new(Search::default());
    let ask = people::asking(searched, search);
    let finds = Arc::new(Finds { l, pages: entries::pages(l, &me, company), actions: entries::actions(l, &me, company) });
    let act = acting(open);
    let (on_key, on_press) = (keys(finds.clone(), search, act.clone()), presses(finds.clone(), search, act));
    let chosen = {
        let finds = finds.clone();
        move || search.with(|search| finds.now(search)).place.map(option_id)
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
                aria-activedescendant=chosen
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                autofocus
                on:input=move |ev| {
                    search.update(|search| {
                        search.typed = event_target_value(&ev);
                        search.chosen = None;
                        if search.typed.trim().is_empty() {
                            search.companies.clear();
                        }
                    });
                    ask();
                }
                on:keydown=on_key
            />
            <button class="dialog-cross" type="button" aria-label=t::close(l) on:click=move |_| open.set(false)>
                <Icon glyph=Glyph::Cross/>
            </button>
        </div>
        // The focus stays in the field, whatever is pressed.
        <div class="palette-results" on:mousedown=|ev| ev.prevent_default() on:click=on_press>
            {move || search.with(|search| results(l, &finds.now(search), &search.typed))}
        </div>
        <Keys/>
    }
}

fn option_id(place: usize) -> String {
    format!("{OPTION}{place}")
}

/// Closes the dialog and does it.
fn acting(open: RwSignal<bool>) -> impl Fn(Deed) + Clone + 'static {
    let navigate = use_navigate();
    move |deed| {
        open.set(false);
        match deed {
            Deed::Press(id) => dom::press(&id),
            Deed::Go(href) => {
                let heading = document().query_selector("h1").ok().flatten();
                navigate(&href, NavigateOptions::default());
                focus_when_there(heading, Duration::ZERO);
            }
        }
    }
}

/// What had the focus before is perhaps not on the new page, which is there when the old one's heading isn't: its part of the client may have to
/// come first.
fn focus_when_there(old: Option<Element>, waited: Duration) {
    const STEP: Duration = Duration::from_millis(20);
    if old.as_ref().is_none_or(|heading| !heading.is_connected()) {
        request_animation_frame(|| dom::focus("main"));
    } else if waited < Duration::from_secs(10) {
        set_timeout(move || focus_when_there(old, waited + STEP), STEP);
    }
}

fn keys(finds: Arc<Finds>, search: RwSignal<Search>, act: impl Fn(Deed) + 'static) -> impl Fn(KeyboardEvent) + 'static {
    move |ev| {
        // While a character is being composed the keys belong to the keyboard.
        if ev.is_composing() {
            return;
        }
        let found = search.with_untracked(|search| finds.now(search));
        match ev.key().as_str() {
            "Enter" => found.place.and_then(|place| found.deed_at(place)).into_iter().for_each(&act),
            key @ ("ArrowDown" | "ArrowUp") => {
                search.update(|search| search.chosen = found.beside(key == "ArrowDown"));
                request_animation_frame(|| dom::reveal_chosen(LIST));
            }
            _ => return,
        }
        ev.prevent_default();
    }
}

fn presses(finds: Arc<Finds>, search: RwSignal<Search>, act: impl Fn(Deed) + 'static) -> impl Fn(MouseEvent) + 'static {
    move |ev| {
        let place = dom::pressed_option(&ev).and_then(|id| id.strip_prefix(OPTION)?.parse().ok());
        let deed = place.and_then(|place| search.with_untracked(|search| finds.now(search)).deed_at(place));
        deed.into_iter().for_each(&act);
    }
}

fn results(l: Language, found: &Found, typed: &str) -> AnyView {
    let (typed, count) = (typed.trim(), found.entries().count());
    let said = if count == 0 { t::nothing(l, typed) } else { t::found(l, count) };
    let mut first = 0;
    let groups = found.groups.iter().filter(|(_, entries)| !entries.is_empty());
    let groups = groups.map(|(name, entries)| {
        let from = first;
        first += entries.len();
        let options = entries.iter().zip(from..).map(|(entry, place)| option(entry, place, found.place == Some(place)));
        let options = options.collect_view();
        view! {
            <div role="group" aria-label=*name>
                <p class="palette-group" aria-hidden="true">{*name}</p>
                {options}
            </div>
        }
    });
    let groups = groups.collect_view();
    view! {
        <p class:visually-hidden=count != 0 class="palette-said" role="status">{(!typed.is_empty()).then_some(said)}</p>
        <div class="palette-list" id=LIST role="listbox" aria-label=t::results(l)>{groups}</div>
    }
    .into_any()
}

fn option(entry: &Entry, place: usize, is_chosen: bool) -> impl IntoView + use<> {
    let Entry { label, note, glyph, .. } = entry.clone();
    view! {
        <div class="palette-option" id=option_id(place) role="option" aria-selected=if is_chosen { "true" } else { "false" }>
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
