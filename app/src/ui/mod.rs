//! The parts every page is made of. They know no domain words and hold no texts: whatever a person can see or hear is a prop, so
//! that both languages work. All of them work as plain HTML; hydration only adds to them.
//!
//! - layout: [`Frame`], [`Plain`], [`Brand`], [`PageHeader`], [`SideNav`], [`Tabs`], [`Card`], [`Panel`], [`Facts`]
//! - actions: [`Button`], [`LinkButton`], [`Menu`], [`Segments`], [`Dialog`]
//! - fields: [`TextField`], [`PasswordField`], [`TextArea`], [`Select`], [`Checkbox`], [`RadioGroup`], [`SearchField`],
//!   [`Toolbar`], [`ErrorSummary`]
//! - telling: [`Notice`], [`Done`], [`Banner`], [`Badge`], [`Checklist`], [`Progress`], [`Meter`], [`EmptyState`], [`Skeleton`], [`Icon`]
//! - tables: [`DataTable`], [`Header`], [`SortHeader`], [`Cell`], [`mail_address`], [`Pager`]; [`Selection`] with [`SelectHeader`], [`SelectCell`],
//!   [`SelectionBar`]
//!
//! Styles are in `style/`, one sheet per part; the policy forbids inline ones.

mod badge;
mod banner;
mod brand;
mod button;
mod card;
mod checkbox;
mod checklist;
mod dialog;
pub(crate) mod dom;
mod done;
mod empty_state;
mod error_summary;
mod facts;
mod field;
mod frame;
mod icon;
mod menu;
mod nav;
mod notice;
mod page_header;
mod pager;
mod password_field;
mod plain;
mod progress;
mod radio_group;
mod segments;
mod select;
mod selection;
mod selection_parts;
mod skeleton;
mod table;
mod text_area;
mod text_field;
mod toolbar;

pub use badge::*;
pub use banner::*;
pub use brand::*;
pub use button::*;
pub use card::*;
pub use checkbox::*;
pub use checklist::*;
pub use dialog::*;
pub use done::*;
pub use empty_state::*;
pub use error_summary::*;
pub use facts::*;
pub use frame::*;
pub use icon::*;
pub use menu::*;
pub use nav::*;
pub use notice::*;
pub use page_header::*;
pub use pager::*;
pub use password_field::*;
pub use plain::*;
pub use progress::*;
pub use radio_group::*;
pub use segments::*;
pub use select::*;
pub use selection::{Selection, Shown};
pub use selection_parts::*;
pub use skeleton::*;
pub use table::*;
pub use text_area::*;
pub use text_field::*;
pub use toolbar::*;

/// A text that does not change while its part is on the screen: a literal or a `String`, without copying the literal.
pub type Text = leptos::oco::Oco<'static, str>;

/// What a colour says. Never alone: a tone always comes with words, and mostly with a sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Accent,
    Info,
    Success,
    Warning,
    Danger,
}

impl Tone {
    /// The word the style sheets know it by (`data-tone`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}
