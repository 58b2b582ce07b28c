use leptos::prelude::*;

/// The signs, drawn for this product on a 20 × 20 grid with one round stroke of 1.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Bell,
    Building,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Clock,
    Cross,
    Dot,
    Download,
    External,
    Eye,
    EyeOff,
    File,
    Globe,
    History,
    Home,
    Inbox,
    Info,
    Key,
    Lock,
    Logout,
    Mail,
    Menu,
    Monitor,
    Moon,
    Pencil,
    Plus,
    Receipt,
    Search,
    SortDown,
    SortNone,
    SortUp,
    Sun,
    Trash,
    User,
    Users,
    Warning,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Bell => "M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1.25 1.25H4.25zM8.5 17h3",
            Self::Building => {
                "M4.5 16.75V4.25a.75.75 0 0 1 .75-.75h6.5a.75.75 0 0 1 .75.75v12.5M12.5 8h2.75a.75.75 0 0 1 .75.75v8M3 16.75h14M7 7h3M7 10h3M7 13h3"
            }
            Self::Check => "M4.5 10.5L8 14l7.5-8",
            Self::ChevronDown => "M5.5 8l4.5 4.5L14.5 8",
            Self::ChevronLeft => "M12 5.5L7.5 10l4.5 4.5",
            Self::ChevronRight => "M8 5.5l4.5 4.5L8 14.5",
            Self::Clock => "M10 3.25a6.75 6.75 0 1 0 0 13.5a6.75 6.75 0 1 0 0-13.5zM10 6.25V10l2.5 1.75",
            Self::Cross => "M5.5 5.5l9 9M14.5 5.5l-9 9",
            Self::Dot => "M10 8.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3z",
            Self::Download => "M10 3.75v8.5M6.5 9l3.5 3.5L13.5 9M4 15.75h12",
            Self::External => "M8.5 5H5v10h10v-3.5M11.5 4.5h4v4M15.25 4.75L9.5 10.5",
            Self::Eye => {
                "M2.5 10c1.6-3.2 4.3-5 7.5-5s5.9 1.8 7.5 5c-1.6 3.2-4.3 5-7.5 5s-5.9-1.8-7.5-5zM10 7.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z"
            }
            Self::EyeOff => {
                "M8 5.25A8 8 0 0 1 10 5c3.2 0 5.9 1.8 7.5 5a11 11 0 0 1-2 2.75M13 14.25A7.5 7.5 0 0 1 10 15c-3.2 0-5.9-1.8-7.5-5a10.5 10.5 0 0 1 3.25-3.75M8.25 8.25a2.5 2.5 0 0 0 3.5 3.5M3.5 3.5l13 13"
            }
            Self::File => "M5.5 3.25h6l3.5 3.5v10H5.5zM11.25 3.5V7H15",
            Self::Globe => {
                "M10 3.25a6.75 6.75 0 1 0 0 13.5a6.75 6.75 0 1 0 0-13.5zM3.25 10h13.5M10 3.25c2 2 2.75 4.25 2.75 6.75s-.75 4.75-2.75 6.75c-2-2-2.75-4.25-2.75-6.75S8 5.25 10 3.25z"
            }
            Self::History => "M3.75 10a6.25 6.25 0 1 0 2-4.6L3.75 7.25M3.75 3.75v3.5h3.5M10 6.75V10l2.25 1.5",
            Self::Home => "M3.5 9.25L10 3.75l6.5 5.5M5.25 8v8.25h9.5V8M8.25 16.25v-4.5h3.5v4.5",
            Self::Inbox => "M3.5 11.5l2.25-7h8.5l2.25 7v4.25h-13zM3.5 11.5h3.75l1 2h3.5l1-2h3.75",
            Self::Info => "M10 3.25a6.75 6.75 0 1 0 0 13.5a6.75 6.75 0 1 0 0-13.5zM10 9.25v4.25M10 6.6v.1",
            Self::Key => "M6.5 10.5a3 3 0 1 0 0 6a3 3 0 1 0 0-6zM8.75 11.25L16 4M12.75 7.25L15 9.5",
            Self::Lock => "M5 9h10v7.5H5zM7 9V6.75a3 3 0 0 1 6 0V9",
            Self::Logout => "M8.5 4h-4v12h4M8 10h8.5M13.25 6.75L16.5 10l-3.25 3.25",
            Self::Mail => "M3 5h14v10H3zM3.5 5.75L10 11l6.5-5.25",
            Self::Menu => "M3.5 6h13M3.5 10h13M3.5 14h13",
            Self::Monitor => "M3 4.5h14v9H3zM7.5 16.5h5M10 13.5v3",
            Self::Moon => "M16 11.75A6.5 6.5 0 0 1 8.25 4a6.5 6.5 0 1 0 7.75 7.75z",
            Self::Pencil => "M4 16l.75-3.25L13 4.5 15.5 7l-8.25 8.25zM11.25 6.25l2.5 2.5",
            Self::Plus => "M10 4.5v11M4.5 10h11",
            Self::Receipt => "M5 3.25v13.5l1.67-1.1 1.66 1.1 1.67-1.1 1.67 1.1 1.66-1.1 1.67 1.1V3.25zM8 7h4M8 10h4",
            Self::Search => "M9 3.75a5.25 5.25 0 1 0 0 10.5a5.25 5.25 0 1 0 0-10.5zM13 13l3.75 3.75",
            Self::SortDown => "M10 4.5v11M5.75 11.25L10 15.5l4.25-4.25",
            Self::SortNone => "M6.5 8L10 4.5 13.5 8M6.5 12l3.5 3.5 3.5-3.5",
            Self::SortUp => "M10 15.5v-11M5.75 8.75L10 4.5l4.25 4.25",
            Self::Sun => {
                "M10 7a3 3 0 1 0 0 6a3 3 0 1 0 0-6zM10 2.75v1.5M10 15.75v1.5M2.75 10h1.5M15.75 10h1.5M4.9 4.9l1 1M14.1 14.1l1 1M4.9 15.1l1-1M14.1 5.9l1-1"
            }
            Self::Trash => "M4 5.75h12M8 5.5V3.75h4V5.5M5.5 5.75l.75 10.5h7.5l.75-10.5M8.5 8.75v4.5M11.5 8.75v4.5",
            Self::User => "M10 3.75a3 3 0 1 0 0 6a3 3 0 1 0 0-6zM4 16.5c.6-2.9 3-4.5 6-4.5s5.4 1.6 6 4.5",
            Self::Users => {
                "M7.5 4.25a2.75 2.75 0 1 0 0 5.5a2.75 2.75 0 1 0 0-5.5zM2.25 16c.5-2.6 2.6-4 5.25-4s4.75 1.4 5.25 4M13 4.5a2.6 2.6 0 0 1 0 5M14.75 12.3c1.6.5 2.7 1.8 3 3.7"
            }
            Self::Warning => "M10 3.5l7.25 12.75H2.75zM10 8.25v3.5M10 13.9v.1",
        }
    }
}

/// A sign beside words. It is never the only bearer of a meaning, so it is hidden from assistive technology.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=glyph.path()></path>
        </svg>
    }
}
