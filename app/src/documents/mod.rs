//! Documents (R8): found, opened, asked for.

mod api;
mod ask;
mod list;
mod page;
mod read;
mod request_text;
mod searching;

pub use api::{OpenDocument, ReadDocument, ReadOpenDocument, SaveRequestText, SearchDocuments};
pub(crate) use list::DocumentsPage;
pub(crate) use page::DocumentPage;
pub(crate) use read::ReadPage;
