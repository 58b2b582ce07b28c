//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    NewsletterId,
    newsletter::{NewsletterForm, NewsletterPage, NewslettersPage, Preview, Subscription},
};

#[server(prefix = "/api", endpoint = "list_newsletters", protocol = AsForm)]
pub async fn list_newsletters() -> Result<NewslettersPage, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::newsletter::list(&session::desk(), &staff).await?)
}

/// A newsletter, and the letter as its readers get it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsletterShown {
    pub newsletter: NewsletterPage,
    pub letter: Preview,
}

/// `page` is that of the people who get it.
#[server(prefix = "/api", endpoint = "read_newsletter", protocol = AsForm)]
pub async fn read_newsletter(id: NewsletterId, #[server(default)] page: u32) -> Result<NewsletterShown, Fault> {
    use crate::session;
    let (desk, staff) = (session::desk(), session::staff().await?);
    let newsletter = server::newsletter::read(&desk, &staff, id, page).await?;
    let letter = server::newsletter::preview(&staff, &newsletter.form)?;
    Ok(NewsletterShown { newsletter, letter })
}

/// P5. `preview` is anything where the letter shall be shown.
#[server(prefix = "/api", endpoint = "create_newsletter", protocol = AsForm)]
pub async fn create_newsletter(
    #[server(flatten)]
    #[server(default)]
    form: NewsletterForm,
    #[server(default)] preview: String,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    let id = server::newsletter::create(&session::desk(), &staff, &form).await?;
    leptos_axum::redirect(&written(id, "created", 1, &preview));
    Ok(())
}

/// P5. `version` is the one that the form began with, `preview` anything where the letter shall be shown.
#[server(prefix = "/api", endpoint = "save_newsletter", protocol = AsForm)]
pub async fn save_newsletter(
    id: NewsletterId,
    #[server(default)] version: u32,
    #[server(flatten)]
    #[server(default)]
    form: NewsletterForm,
    #[server(default)] preview: String,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    let version = server::newsletter::save(&session::desk(), &staff, id, version, &form).await?;
    leptos_axum::redirect(&written(id, "saved", version, &preview));
    Ok(())
}

/// Where writing leads: to the form again, or to the letter below it. The form goes on from the version that it made.
#[cfg(feature = "ssr")]
fn written(id: NewsletterId, notice: &str, version: u32, preview: &str) -> String {
    let rest =
        if preview.is_empty() { format!("?notice={notice}&version={version}") } else { format!("?preview=1&version={version}#preview") };
    address(id, &rest)
}

#[cfg(feature = "ssr")]
fn address(id: NewsletterId, rest: &str) -> String {
    format!("/provider/newsletter/{id}{rest}")
}

/// P5. `version` is the one that the page shows.
#[server(prefix = "/api", endpoint = "delete_newsletter", protocol = AsForm)]
pub async fn delete_newsletter(id: NewsletterId, #[server(default)] version: u32) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::newsletter::delete(&session::desk(), &staff, id, version).await?;
    leptos_axum::redirect("/provider/newsletter?notice=deleted");
    Ok(())
}

/// P5. `version` is the one that the page shows.
#[server(prefix = "/api", endpoint = "send_newsletter", protocol = AsForm)]
pub async fn send_newsletter(id: NewsletterId, #[server(default)] version: u32) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::newsletter::send(&session::desk(), &staff, id, version).await?;
    leptos_axum::redirect(&address(id, "?notice=sent"));
    Ok(())
}

#[server(prefix = "/api", endpoint = "read_subscription", protocol = AsForm)]
pub async fn read_subscription() -> Result<Subscription, Fault> {
    use crate::session;
    let person = session::person().await?;
    Ok(server::newsletter::subscription(&session::desk(), &person).await?)
}

/// P5.
#[server(prefix = "/api", endpoint = "subscribe", protocol = AsForm)]
pub async fn subscribe() -> Result<(), Fault> {
    use crate::session;
    let person = session::person().await?;
    server::newsletter::subscribe(&session::desk(), &person).await?;
    leptos_axum::redirect("/profile/newsletter?notice=subscribed");
    Ok(())
}

/// P5.
#[server(prefix = "/api", endpoint = "unsubscribe", protocol = AsForm)]
pub async fn unsubscribe() -> Result<(), Fault> {
    use crate::session;
    let person = session::person().await?;
    server::newsletter::unsubscribe(&session::desk(), &person).await?;
    leptos_axum::redirect("/profile/newsletter?notice=unsubscribed");
    Ok(())
}

/// Whether there is still something to unsubscribe from. Changes nothing: mail scanners open links.
#[server(prefix = "/api", endpoint = "look_at_unsubscribe", protocol = AsForm)]
pub async fn look_at_unsubscribe(token: String) -> Result<bool, Fault> {
    use crate::session;
    Ok(server::newsletter::look_at_link(&session::desk(), &token).await?)
}

/// P5: the link proves enough, whoever is signed in.
#[server(prefix = "/api", endpoint = "unsubscribe_by_link", protocol = AsForm)]
pub async fn unsubscribe_by_link(token: String) -> Result<(), Fault> {
    use crate::{registration::api::only_token, session};
    server::newsletter::unsubscribe_by_link(&session::desk(), &session::anyone()?, &token).await?;
    leptos_axum::redirect(&format!("/unsubscribe/{}?notice=done", only_token(&token)));
    Ok(())
}
