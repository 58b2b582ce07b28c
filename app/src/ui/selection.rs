use crate::prelude::*;

use super::dom;

/// The class of the boxes that select a row: what was ticked before WebAssembly arrived is read from them.
pub(super) const BOX: &str = "select-box";

/// What a list shows at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// What the list was asked for. Another filter is another list, of which nothing is selected yet.
    pub filter: String,
    /// Which part of it, in which order: its page and its sorting.
    pub part: String,
    /// The rows, from the top.
    pub ids: Vec<String>,
    /// How many the filter finds, on all pages.
    pub found: u32,
}

/// Which rows of a list are selected: some, the page, or all that the filter finds on every page.
///
/// Make it outside of what is loaded again and again, and tell it what is shown whenever that is loaded. Then a live list keeps what
/// was selected, turning the page adds to it, and whoever is no longer there drops out.
///
/// The boxes are real ones: without JavaScript they are sent as they are, and the bar's buttons are always there.
///
/// ```ignore
/// #[component]
/// fn ListPage() -> impl IntoView {
///     let selection = Selection::new();
///     load(page, move |page| view! { <List page selection/> }.into_any())
/// }
///
/// #[component]
/// fn List(page: Page, selection: Selection) -> impl IntoView {
///     selection.show(Shown { filter: "status=blocked".into(), part: "sort=name&page=2".into(), ids, found: page.found });
///     let row = move |row: Row| view! {
///         <tr>
///             <SelectCell selection id=row.id.to_string() label=t::select(l, &row.name)/>
///             <th scope="row">{row.name}</th>
///         </tr>
///     };
///     view! {
///         <ActionForm action attr:class="stack">
///             <Card flush=true>
///                 <DataTable label head=move || view! { <SelectHeader selection label=t::select_page(l)/> <Header label=t::name(l)/> }>
///                     {page.rows.into_iter().map(row).collect_view()}
///                 </DataTable>
///             </Card>
///             <SelectionBar selection label=t::selection(l) info=move |count| t::selected(l, count) none=t::select_none(l)
///                 whole_page=t::page_selected(l, 50) all=t::select_all(l, page.found)>
///                 <Button kind=Kind::Secondary name="deed" value="block">{t::block(l)}</Button>
///             </SelectionBar>
///         </ActionForm>
///     }
/// }
/// ```
///
/// The form sends `id` once for each row, also for those on other pages, and `all=on` when everything is meant. Forms don't nest: a
/// button in a row belongs to another form by its `form` attribute.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    ticks: RwSignal<Ticks>,
    /// Whether there is JavaScript.
    alive: RwSignal<bool>,
    /// What it began with.
    kept: StoredValue<Vec<String>>,
}

impl Selection {
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it reads the page")]
    pub fn new() -> Self {
        Self::beginning_with(Vec::new())
    }

    /// With these ticked: what came back with a form that was refused.
    #[must_use]
    pub fn beginning_with(ids: Vec<String>) -> Self {
        let before = dom::ticked_before_hydration(BOX);
        let before: Vec<String> = before.into_iter().filter(|id| !ids.contains(id)).collect();
        let kept = StoredValue::new(ids.clone());
        let (ticks, alive) = (RwSignal::new(Ticks { ids, ..Ticks::default() }), RwSignal::new(false));
        // Not at once: what hydrates must be what the server rendered.
        effect(move || {
            ticks.update(|ticks| ticks.ids.extend(before.iter().cloned()));
            alive.set(true);
        });
        Self { ticks, alive, kept }
    }

    /// Tells what the list shows now.
    pub fn show(self, shown: Shown) {
        self.ticks.maybe_update(|ticks| ticks.show(shown));
    }

    #[must_use]
    pub fn has(self, id: &str) -> bool {
        self.ticks.with(|ticks| ticks.has(id))
    }

    /// Whether the selection began with it.
    pub(super) fn began_with(self, id: &str) -> bool {
        self.kept.with_value(|kept| kept.iter().any(|one| one == id))
    }

    #[must_use]
    pub fn count(self) -> u32 {
        self.ticks.with(Ticks::count)
    }

    /// Whether all that the filter finds is meant.
    #[must_use]
    pub fn is_all(self) -> bool {
        self.ticks.with(|ticks| ticks.all)
    }

    /// Lets go of all but these.
    pub fn keep(self, ids: &[String]) {
        self.ticks.update(|ticks| {
            ticks.clear();
            ticks.ids = ids.to_vec();
        });
    }

    pub fn clear(self) {
        self.ticks.update(Ticks::clear);
    }

    /// Those that are ticked one by one, here and on other pages.
    #[must_use]
    pub fn ids(self) -> Vec<String> {
        self.ticks.with_untracked(|ticks| ticks.ids.clone())
    }

    /// Whether scripts run.
    #[must_use]
    pub fn is_alive(self) -> bool {
        self.alive.get()
    }

    pub(super) fn look<T>(self, at: impl FnOnce(&Ticks) -> T) -> T {
        self.ticks.with(at)
    }

    pub(super) fn change(self, how: impl FnOnce(&mut Ticks)) {
        self.ticks.update(how);
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ticks {
    /// In the order in which they were ticked; a set would cost the client a tree.
    ids: Vec<String>,
    all: bool,
    shown: Shown,
    /// The row that was last ticked or unticked by itself: a range begins there.
    last: Option<String>,
}

impl Ticks {
    /// Whether this changed anything.
    fn show(&mut self, shown: Shown) -> bool {
        let before = self.ids.len();
        let is_first = self.shown == Shown::default();
        if !is_first && self.shown.filter != shown.filter {
            self.clear();
        }
        if shown.found as usize <= shown.ids.len() {
            self.ids.retain(|id| shown.ids.contains(id));
        } else if self.shown.filter == shown.filter && self.shown.part == shown.part {
            // The same part, asked again. Somebody who only moved on to the next page is let go as well: better lose a tick than act
            // upon a row that was never seen in its place.
            let gone = |id: &String| self.shown.ids.contains(id) && !shown.ids.contains(id);
            self.ids.retain(|id| !gone(id));
        }
        let changed = self.shown != shown || self.ids.len() != before;
        self.shown = shown;
        changed
    }

    fn clear(&mut self) {
        self.ids.clear();
        self.all = false;
        self.last = None;
    }

    fn has(&self, id: &str) -> bool {
        self.all || self.ids.iter().any(|chosen| chosen == id)
    }

    fn count(&self) -> u32 {
        if self.all { self.shown.found } else { u32::try_from(self.ids.len()).unwrap_or(u32::MAX) }
    }

    /// Unticking one of all leaves those of the page: of the others nobody knows which they are.
    pub fn tick(&mut self, id: &str, on: bool) {
        if self.all {
            self.clear();
            self.ids.clone_from(&self.shown.ids);
        }
        self.set(id, on);
        self.last = Some(id.to_owned());
    }

    /// From the row that was ticked last to this one.
    pub fn tick_up_to(&mut self, id: &str, on: bool) {
        let place = |id: &str| self.shown.ids.iter().position(|shown| shown == id);
        if let (Some(from), Some(to)) = (self.last.as_deref().and_then(place), place(id)) {
            let between: Vec<String> = self.shown.ids.iter().take(from.max(to) + 1).skip(from.min(to)).cloned().collect();
            between.iter().for_each(|id| self.tick(id, on));
        }
        self.tick(id, on);
    }

    pub fn tick_page(&mut self, on: bool) {
        if self.all {
            self.clear();
        }
        for id in self.shown.ids.clone() {
            self.set(&id, on);
        }
    }

    pub fn tick_all(&mut self) {
        self.clear();
        self.all = true;
    }

    fn set(&mut self, id: &str, on: bool) {
        self.ids.retain(|chosen| chosen != id);
        if on {
            self.ids.push(id.to_owned());
        }
    }

    pub fn has_page(&self) -> bool {
        !self.shown.ids.is_empty() && self.shown.ids.iter().all(|id| self.has(id))
    }

    pub fn has_part_of_page(&self) -> bool {
        !self.has_page() && self.shown.ids.iter().any(|id| self.has(id))
    }

    /// Whether the page is selected and there are more.
    pub fn could_be_all(&self) -> bool {
        !self.all && self.has_page() && self.shown.found as usize > self.shown.ids.len()
    }

    /// Those on other pages, which have no box here.
    pub fn elsewhere(&self) -> Vec<String> {
        self.ids.iter().filter(|id| !self.shown.ids.contains(id)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(filter: &str, part: &str, ids: &[&str], found: u32) -> Shown {
        Shown { filter: filter.into(), part: part.into(), ids: ids.iter().map(|id| (*id).to_owned()).collect(), found }
    }

    fn on_page_one() -> Ticks {
        let mut ticks = Ticks::default();
        ticks.show(shown("", "1", &["a", "b", "c"], 5));
        ticks
    }

    fn chosen(ticks: &Ticks) -> Vec<&str> {
        let mut chosen: Vec<_> = ticks.ids.iter().map(String::as_str).collect();
        chosen.sort_unstable();
        chosen
    }

    #[test]
    fn turning_the_page_adds() {
        let mut ticks = on_page_one();
        ticks.tick("b", true);
        ticks.show(shown("", "2", &["d", "e"], 5));
        ticks.tick("d", true);
        assert_eq!((chosen(&ticks), ticks.count()), (vec!["b", "d"], 2));
        assert_eq!(ticks.elsewhere(), ["b"]);
    }

    #[test]
    fn another_filter_begins_anew() {
        let mut ticks = on_page_one();
        ticks.tick_all();
        ticks.show(shown("blocked", "1", &["a", "b"], 2));
        assert_eq!(ticks.count(), 0);
    }

    #[test]
    fn who_is_gone_drops_out_and_the_others_stay() {
        let mut ticks = on_page_one();
        ticks.tick_page(true);
        ticks.show(shown("", "1", &["a", "c", "d"], 4));
        assert_eq!(chosen(&ticks), ["a", "c"]);
        ticks.show(shown("", "1", &["c", "d"], 2));
        assert_eq!(chosen(&ticks), ["c"]);
    }

    #[test]
    fn what_was_ticked_before_the_list_was_known_stays() {
        let mut ticks = Ticks { ids: vec!["b".to_owned()], ..Ticks::default() };
        ticks.show(shown("blocked", "1", &["a", "b", "c"], 5));
        assert_eq!(chosen(&ticks), ["b"]);
    }

    #[test]
    fn the_page_then_all_then_all_but_one() {
        let mut ticks = on_page_one();
        ticks.tick("a", true);
        assert!(ticks.has_part_of_page() && !ticks.could_be_all());
        ticks.tick_page(true);
        assert!(ticks.has_page() && ticks.could_be_all() && !ticks.has_part_of_page());
        ticks.tick_all();
        assert_eq!((ticks.count(), ticks.could_be_all(), ticks.elsewhere().len()), (5, false, 0));
        ticks.show(shown("", "2", &["d", "e"], 5));
        assert!(ticks.has("d"));
        ticks.tick("e", false);
        assert_eq!((chosen(&ticks), ticks.count()), (vec!["d"], 1));
    }

    #[test]
    fn a_page_that_is_everything_offers_no_more() {
        let mut ticks = Ticks::default();
        ticks.show(shown("", "1", &["a", "b"], 2));
        ticks.tick_page(true);
        assert!(!ticks.could_be_all());
        ticks.tick_page(false);
        assert_eq!(ticks.count(), 0);
    }

    #[test]
    fn a_range_runs_either_way() {
        let mut ticks = on_page_one();
        ticks.tick("c", true);
        ticks.tick_up_to("a", true);
        assert_eq!(chosen(&ticks), ["a", "b", "c"]);
        ticks.tick_up_to("b", false);
        assert_eq!(chosen(&ticks), ["c"]);
        ticks.tick("c", true);
        ticks.tick_up_to("a", false);
        assert_eq!(ticks.count(), 0);
    }

    #[test]
    fn a_range_that_begins_nowhere_is_one_row() {
        let mut ticks = on_page_one();
        ticks.tick_up_to("b", true);
        assert_eq!(chosen(&ticks), ["b"]);
    }
}
