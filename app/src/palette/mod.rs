//! The command palette: from the keyboard to every page, person and action. It needs JavaScript; without it everything it finds is where
//! it always is.

mod button;
mod dialog;
mod entries;
mod people;

pub(crate) use button::Palette;
