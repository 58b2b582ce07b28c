//! Which page stands where.

use crate::{
    catalogue::{ImportPage, NewProductPage, ProductPage, ProductsPage, ReportPage, SuppliersPage},
    companies::GeneralPage,
    confirm::ConfirmPage,
    documents::{DocumentPage, DocumentsPage, ReadPage},
    forms,
    history::{CompanyHistoryPage, ProviderHistoryPage},
    home::{CompanyFrame, HomePage, WayHome},
    language,
    licences::{GivePage, GrantPage, GrantedPage, LicencePage, LicencesPage},
    load::NotFound,
    newsletter::{NewNewsletterPage, NewsletterPage, NewslettersPage, SubscriptionPage, UnsubscribePage},
    parts::pages,
    profile::{CompanyPage as OwnCompanyPage, DeletePage, DetailsPage, PasswordPage, ProfileFrame, SessionsPage},
    provider::{CompaniesListPage, CompanyPage, NewCompanyPage, ProviderFrame, ProviderHome},
    registration::{ApplyPage, CompletePage},
    requests::{DocumentRequestsPage, LicenceRequestsPage, RequestsHome, StandardsPage},
    reset::{ForgotPage, SetPage},
    shell,
    sign_in::SignInPage,
    ui::LastPage,
    users::{AddUserPage, UserPage, UsersListPage},
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

// For whom it is, the page, the part of the client that it is in, and its component. A part `inside_users` stands on the part `inside`.
pages! {
    Visitors {
        SIGN_IN: outside SignInPage;
        FORGOT: outside ForgotPage;
        SET: outside_links SetPage;
        COMPLETE: outside_links CompletePage;
        CONFIRM: outside_links ConfirmPage;
        APPLY: outside_links ApplyPage;
        UNSUBSCRIBE: outside_links UnsubscribePage;
    }
    Everybody {
        WAY_HOME: inside WayHome;
        PROFILE_FRAME: inside ProfileFrame;
        COMPANY_FRAME: inside CompanyFrame;
        HOME: inside_home HomePage;
        REQUESTS_HOME: inside_requests RequestsHome;
        LICENCE_REQUESTS: inside_requests LicenceRequestsPage;
        DOCUMENT_REQUESTS: inside_requests DocumentRequestsPage;
        DOCUMENTS: inside_documents DocumentsPage;
        DOCUMENT: inside_documents DocumentPage;
        READ: inside_documents ReadPage;
        DETAILS: inside_profile DetailsPage;
        PASSWORD: inside_profile PasswordPage;
        OWN_COMPANY: inside_profile OwnCompanyPage;
        SUBSCRIPTION: inside_profile SubscriptionPage;
        SESSIONS: inside_profile SessionsPage;
        DELETE: inside_profile DeletePage;
    }
    Administrators {
        GENERAL: inside_general GeneralPage;
        USERS_LIST: inside_users UsersListPage;
        ADD_USER: inside_person AddUserPage;
        USER: inside_person UserPage;
        LICENCES: inside_licences LicencesPage;
        LICENCE: inside_licences LicencePage;
        GIVE: inside_licences GivePage;
        COMPANY_HISTORY: inside_history CompanyHistoryPage;
    }
    Staff {
        PROVIDER_FRAME: inside ProviderFrame;
        PROVIDER_HOME: inside ProviderHome;
        COMPANIES: inside_provider CompaniesListPage;
        NEW_COMPANY: inside_provider NewCompanyPage;
        COMPANY: inside_provider CompanyPage;
        GRANT: inside_provider GrantPage;
        GRANTED: inside_provider GrantedPage;
        PRODUCTS: inside_catalogue ProductsPage;
        NEW_PRODUCT: inside_catalogue NewProductPage;
        PRODUCT: inside_catalogue ProductPage;
        IMPORT: inside_catalogue ImportPage;
        STANDARDS: inside_catalogue StandardsPage;
        SUPPLIERS: inside_catalogue SuppliersPage;
        REPORT: inside_catalogue ReportPage;
        NEWSLETTERS: inside_newsletter NewslettersPage;
        NEW_NEWSLETTER: inside_newsletter NewNewsletterPage;
        NEWSLETTER: inside_newsletter NewsletterPage;
        PROVIDER_HISTORY: inside_history ProviderHistoryPage;
    }
}

/// All pages. They wait for their data on the server (`SsrMode::Async`), so that they are whole without JavaScript and their status is right.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    language::provide_language();
    shell::provide_provider_name();
    forms::provide_returned();
    provide_context(LastPage::new());
    let name = shell::provider_name();
    view! {
        <Title formatter=move |title: String| if title.is_empty() { name.clone() } else { format!("{title} · {name}") }/>
        <Router>
            <Routes fallback=|| view! { <NotFound/> }>
                <Route path=path!("/") view=WAY_HOME ssr=SsrMode::Async/>
                <Route path=path!("/login") view=SIGN_IN ssr=SsrMode::Async/>
                <Route path=path!("/forgot-password") view=FORGOT ssr=SsrMode::Async/>
                <Route path=path!("/reset-password/:token") view=SET ssr=SsrMode::Async/>
                <Route path=path!("/register/complete/:token") view=COMPLETE ssr=SsrMode::Async/>
                <ParentRoute path=path!("/profile") view=PROFILE_FRAME ssr=SsrMode::Async>
                    <Route path=path!("") view=DETAILS/>
                    <Route path=path!("password") view=PASSWORD/>
                    <Route path=path!("company") view=OWN_COMPANY/>
                    <Route path=path!("newsletter") view=SUBSCRIPTION/>
                    <Route path=path!("sessions") view=SESSIONS/>
                    <Route path=path!("delete") view=DELETE/>
                </ParentRoute>
                <Route path=path!("/register/apply") view=APPLY ssr=SsrMode::Async/>
                <Route path=path!("/confirm/:token") view=CONFIRM ssr=SsrMode::Async/>
                <Route path=path!("/unsubscribe/:token") view=UNSUBSCRIBE ssr=SsrMode::Async/>
                <ParentRoute path=path!("/provider") view=PROVIDER_FRAME ssr=SsrMode::Async>
                    <Route path=path!("") view=PROVIDER_HOME/>
                    <Route path=path!("companies") view=COMPANIES/>
                    <Route path=path!("companies/new") view=NEW_COMPANY/>
                    <Route path=path!("companies/:number") view=COMPANY/>
                    <Route path=path!("companies/:number/licences/new") view=GRANT/>
                    <Route path=path!("companies/:number/licences/:id") view=GRANTED/>
                    <Route path=path!("products") view=PRODUCTS/>
                    <Route path=path!("products/new") view=NEW_PRODUCT/>
                    <Route path=path!("products/:id") view=PRODUCT/>
                    <Route path=path!("products/:id/imports/:import") view=IMPORT/>
                    <Route path=path!("requests") view=STANDARDS/>
                    <Route path=path!("suppliers") view=SUPPLIERS/>
                    <Route path=path!("suppliers/report") view=REPORT/>
                    <Route path=path!("newsletter") view=NEWSLETTERS/>
                    <Route path=path!("newsletter/new") view=NEW_NEWSLETTER/>
                    <Route path=path!("newsletter/:id") view=NEWSLETTER/>
                    <Route path=path!("history") view=PROVIDER_HISTORY/>
                </ParentRoute>
                <ParentRoute path=path!("/company/:number") view=COMPANY_FRAME ssr=SsrMode::Async>
                    <Route path=path!("") view=HOME/>
                    <Route path=path!("requests") view=REQUESTS_HOME/>
                    <Route path=path!("requests/licences") view=LICENCE_REQUESTS/>
                    <Route path=path!("requests/documents") view=DOCUMENT_REQUESTS/>
                    <Route path=path!("documents") view=DOCUMENTS/>
                    <Route path=path!("documents/:id") view=DOCUMENT/>
                    <Route path=path!("documents/:id/read") view=READ/>
                    <Route path=path!("licences") view=LICENCES/>
                    <Route path=path!("licences/:id") view=LICENCE/>
                    <Route path=path!("licences/:id/give") view=GIVE/>
                    <Route path=path!("general") view=GENERAL/>
                    <Route path=path!("users") view=USERS_LIST/>
                    <Route path=path!("users/new") view=ADD_USER/>
                    <Route path=path!("users/:id") view=USER/>
                    <Route path=path!("history") view=COMPANY_HISTORY/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

#[cfg(feature = "ssr")]
pub use on_the_server::pages;

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::App;
    use crate::{catalogue, exports, forms, language, session, shell, turned};
    use axum::{
        Router,
        body::Body,
        extract::Request,
        http::StatusCode,
        middleware,
        response::IntoResponse,
        routing::{get, post},
    };
    use leptos::config::LeptosOptions;
    use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
    use server::{
        Desk,
        http::{Client, Pages},
    };
    use tower::ServiceExt;
    use tower_http::services::ServeDir;

    /// The pages, their server functions and their files, as routes for [`server::http`].
    pub fn pages(desk: &Desk, client: Client) -> Pages {
        let options = LeptosOptions::builder().output_name("balie").build();
        let (folder, words) = (client.folder.clone(), turned::words(client.css.clone()));
        let document = move || shell::document(&client);
        let context = {
            let desk = desk.clone();
            move || session::provide(&desk)
        };
        let not_a_page = render_app_async_with_context(context.clone(), document.clone());
        let files = ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
        let fallback = move |request: Request<Body>| {
            let (files, not_a_page) = (files.clone(), not_a_page.clone());
            async move {
                let (parts, body) = request.into_parts();
                let asked = Request::from_parts(parts.clone(), Body::empty());
                match files.oneshot(asked).await {
                    Ok(found) if found.status() != StatusCode::NOT_FOUND && found.status() != StatusCode::METHOD_NOT_ALLOWED => {
                        found.into_response()
                    }
                    _ => not_a_page(Request::from_parts(parts, body)).await.into_response(),
                }
            }
        };
        let not_pages = Router::new()
            .route("/look", post(language::on_the_server::choose))
            .route("/company/{number}/users.csv", get(exports::company_users))
            .route("/company/{number}/history.csv", get(exports::company_history))
            .route("/profile/data.json", get(exports::my_data))
            .route("/provider/history.csv", get(exports::all_history))
            .route("/provider/suppliers/report.csv", get(exports::to_report))
            .with_state(desk.clone());
        let uploads = Router::new().route("/provider/products/{id}/upload", post(catalogue::upload::take)).with_state(desk.clone());
        let pages = Router::new()
            .leptos_routes_with_context(&options, generate_route_list(App), context, document)
            .merge(not_pages)
            .fallback(fallback)
            .layer(middleware::from_fn_with_state(desk.clone(), forms::on_the_server::server_functions))
            .layer(middleware::from_fn_with_state(desk.clone(), session::recognise))
            .with_state(options);
        Pages { pages, uploads, words }
    }
}
