//! My company › Users (U1–U7).

mod add;
mod api;
mod chosen;
mod fields;
mod list;
mod person;
mod status;

pub(crate) use add::AddUserPage;
pub(crate) use api::list_users;
pub use api::{AddUser, ChangeChosen, ListUsers, ReadAddForm, ReadUser, RemoveUser, ResendRegistration, SaveUser, UnlockUser};
pub(crate) use list::UsersListPage;
#[cfg(feature = "ssr")]
pub(crate) use list::read_query;
pub(crate) use person::UserPage;
