//! The demo's catalogue, licences in every setting, and requests in every state.

use super::{BRUGGENBOUW, COLLEAGUES, NOORDZEE, OFFSHORE, Way, account, ago, somewhere, staff};
use crate::{
    Desk,
    callers::{Administrator, Member, Staff},
    error::Result,
    licences, products, requests, sql,
};
use shared::{
    AccountId, CompanyNumber, DocumentId, LicenceId, ProductId, RequestId,
    licences::{Chosen, LicenceForm},
    products::{ProductForm, SupplierForm},
    requests::{Chosen as ChosenRequests, Decision},
};
use uuid::Uuid;

struct DemoProduct {
    name: &'static str,
    about: &'static str,
    supplied: bool,
    /// A file as staff import it.
    documents: &'static str,
}

const EUROCODES: &str = "Eurocodes";
const INSTALLATION: &str = "Installation standards";
const WELDING: &str = "Welding";
const MARINE: &str = "Marine plus range";
const SAFETY: &str = "Safety at work";
const ARCHIVE: &str = "Archive";
const MANAGEMENT: &str = "Management systems";

const PRODUCTS: [DemoProduct; 7] = [
    DemoProduct {
        name: EUROCODES,
        about: "How buildings and bridges are calculated: the European standards with their national annexes.",
        supplied: false,
        documents: include_str!("catalogue/eurocodes.csv"),
    },
    DemoProduct {
        name: INSTALLATION,
        about: "Electricity, gas, water and ventilation in buildings.",
        supplied: false,
        documents: include_str!("catalogue/installation.csv"),
    },
    DemoProduct {
        name: WELDING,
        about: "Qualifying welders and procedures, and testing what was welded.",
        supplied: false,
        documents: include_str!("catalogue/welding.csv"),
    },
    DemoProduct {
        name: MARINE,
        about: "Rules for ships and structures at sea, by another publisher.",
        supplied: true,
        documents: include_str!("catalogue/marine.csv"),
    },
    DemoProduct {
        name: SAFETY,
        about: "Machines, ladders, harnesses and what else people rely on.",
        supplied: false,
        documents: include_str!("catalogue/safety.csv"),
    },
    DemoProduct { name: ARCHIVE, about: "What was in force before.", supplied: false, documents: include_str!("catalogue/archive.csv") },
    DemoProduct {
        name: MANAGEMENT,
        about: "Quality, environment and information security.",
        supplied: false,
        documents: include_str!("catalogue/management.csv"),
    },
];

/// What a company has agreed: product, days from today until it ends, seats, company-wide permitted, external.
struct DemoLicence {
    company: CompanyNumber,
    product: &'static str,
    days_left: i64,
    seats: &'static str,
    company_wide_permitted: bool,
    external: bool,
}

const fn agreed(company: CompanyNumber, product: &'static str, days_left: i64, seats: &'static str) -> DemoLicence {
    DemoLicence { company, product, days_left, seats, company_wide_permitted: false, external: false }
}

const LICENCES: [DemoLicence; 11] = [
    DemoLicence { company_wide_permitted: true, ..agreed(BRUGGENBOUW, EUROCODES, 300, "40") },
    agreed(BRUGGENBOUW, INSTALLATION, 200, ""),
    agreed(BRUGGENBOUW, WELDING, 250, "10"),
    DemoLicence { external: true, ..agreed(BRUGGENBOUW, MARINE, 120, "5") },
    agreed(BRUGGENBOUW, SAFETY, 90, "3"),
    agreed(BRUGGENBOUW, ARCHIVE, -20, "10"),
    DemoLicence { company_wide_permitted: true, ..agreed(OFFSHORE, EUROCODES, 300, "10") },
    DemoLicence { external: true, ..agreed(OFFSHORE, MARINE, 300, "") },
    DemoLicence { company_wide_permitted: true, ..agreed(OFFSHORE, SAFETY, 300, "") },
    DemoLicence { company_wide_permitted: true, ..agreed(NOORDZEE, INSTALLATION, 300, "") },
    agreed(NOORDZEE, MANAGEMENT, 300, "2"),
];

pub(super) async fn make(desk: &Desk) -> Result<()> {
    let staff = staff(desk).await?;
    make_catalogue(desk, &staff).await?;
    for licence in &LICENCES {
        grant(desk, &staff, licence).await?;
    }
    // The last of them began after they were granted.
    ago(desk, 64, licences::begin_due(desk)).await?;
    let anna = administrator(desk, BRUGGENBOUW, "anna").await?;
    let (dirk, eva) = (administrator(desk, OFFSHORE, "dirk").await?, administrator(desk, NOORDZEE, "eva").await?);
    // L4: hidden; a document in it can still be asked for.
    licences::save_settings(desk, &anna, of(desk, BRUGGENBOUW, WELDING).await?, false, false).await?;
    // L3.
    licences::save_settings(desk, &dirk, of(desk, OFFSHORE, SAFETY).await?, true, true).await?;
    licences::save_settings(desk, &eva, of(desk, NOORDZEE, INSTALLATION).await?, true, true).await?;
    give_access(desk, &anna).await?;
    make_requests(desk, &anna).await
}

async fn make_catalogue(desk: &Desk, staff: &Staff) -> Result<()> {
    let form = SupplierForm { supplier_name: "Zilt Uitgeverij".into(), email: "licences@zilt.example".into() };
    let supplier = ago(desk, 390, products::create_supplier(desk, staff, &form)).await?;
    for product in &PRODUCTS {
        let form = ProductForm {
            product_name: product.name.into(),
            about: product.about.into(),
            supplier: if product.supplied { supplier.to_string() } else { String::new() },
        };
        ago(desk, 390, async {
            let id = products::create(desk, staff, &form).await?;
            let file = format!("{}.csv", product.name.to_lowercase());
            let import = products::stage(desk, staff, id, &file, product.documents.to_owned()).await?;
            products::apply(desk, staff, id, import).await
        })
        .await?;
    }
    Ok(())
}

async fn grant(desk: &Desk, staff: &Staff, licence: &DemoLicence) -> Result<()> {
    let day = |days: i64| desk.local(desk.now().plus_seconds(days * super::DAY)).machine_date();
    let (product,): (Uuid,) = desk.db.one(sql!("SELECT id FROM product WHERE name = $1", licence.product)).await?;
    let form = LicenceForm {
        product: ProductId(product).to_string(),
        valid_from: day(licence.days_left - 365),
        valid_until: day(licence.days_left),
        seats: licence.seats.into(),
        company_wide_permitted: licence.company_wide_permitted.then(|| "on".into()),
        external: licence.external.then(|| "on".into()),
    };
    ago(desk, 88, licences::by_staff::grant(desk, staff, licence.company, &form)).await?;
    Ok(())
}

/// Of the colleagues who are registered, some have what they need, and *Safety at work* is full.
async fn give_access(desk: &Desk, anna: &Administrator) -> Result<()> {
    let mut registered = Vec::new();
    for (first, _, way) in COLLEAGUES {
        if way == Way::Registered {
            registered.push(account(desk, first).await?);
        }
    }
    // Carla, who comes first, asks for hers.
    for (product, people) in
        [(EUROCODES, &registered[1..13]), (INSTALLATION, &registered[10..16]), (WELDING, &registered[3..5]), (MARINE, &registered[5..8])]
    {
        give(desk, anna, product, people, 30).await?;
    }
    give(desk, anna, SAFETY, &registered[8..11], 12).await
}

async fn give(desk: &Desk, by: &Administrator, product: &str, people: &[AccountId], days_ago: i64) -> Result<()> {
    let licence = of(desk, BRUGGENBOUW, product).await?;
    ago(desk, days_ago, licences::give(desk, by, licence, &Chosen::These(people.to_vec()))).await?;
    Ok(())
}

async fn make_requests(desk: &Desk, anna: &Administrator) -> Result<()> {
    let eurocodes = of(desk, BRUGGENBOUW, EUROCODES).await?;
    let installation = of(desk, BRUGGENBOUW, INSTALLATION).await?;
    let safety = of(desk, BRUGGENBOUW, SAFETY).await?;
    let accepted = ask(desk, "sem", installation, 9, "For the pumping station in Dordrecht.").await?;
    decide(desk, anna, accepted, 8, &Decision::Accept).await?;
    let declined = ask(desk, "wouter", eurocodes, 15, "").await?;
    let reason = Some("Your team uses the seat of the design office. Ask Ruben for a print.".to_owned());
    decide(desk, anna, declined, 14, &Decision::Decline { reason }).await?;
    let withdrawn = ask(desk, "vera", eurocodes, 6, "Perhaps for the tender of March.").await?;
    ago(desk, 5, requests::withdraw(desk, &member(desk, BRUGGENBOUW, "vera").await?, withdrawn)).await?;
    ask(desk, "thijs", safety, 4, "I inspect ladders since this month.").await?;
    ask(desk, "sanne", installation, 3, "").await?;
    ask(desk, "ruben", eurocodes, 2, "I calculate the bridge at Zwijndrecht:\nNEN-EN 1991-2 and 1993-2.").await?;
    ask_standard(desk, "quinten", "NEN-EN-ISO 15614-1:2017", 2, "We weld the railings ourselves from May on.").await?;
    ask_standard(desk, "pieter", "NEN-EN-ISO 9001:2015", 1, "The client asks for it.").await
}

async fn ask(desk: &Desk, first: &str, licence: LicenceId, days_ago: i64, reason: &str) -> Result<RequestId> {
    let member = member(desk, BRUGGENBOUW, first).await?;
    ago(desk, days_ago, requests::ask_licence(desk, &member, licence, reason)).await
}

async fn ask_standard(desk: &Desk, first: &str, number: &str, days_ago: i64, reason: &str) -> Result<()> {
    let (document,): (i64,) = desk.db.one(sql!("SELECT id FROM document WHERE number = $1", number)).await?;
    let member = member(desk, BRUGGENBOUW, first).await?;
    ago(desk, days_ago, requests::ask_standard(desk, &member, DocumentId(document), reason)).await?;
    Ok(())
}

async fn decide(desk: &Desk, by: &Administrator, request: RequestId, days_ago: i64, decision: &Decision) -> Result<()> {
    ago(desk, days_ago, requests::decide(desk, by, decision, &ChosenRequests::These(vec![request]))).await?;
    Ok(())
}

/// The company's licence for a product.
async fn of(desk: &Desk, company: CompanyNumber, product: &str) -> Result<LicenceId> {
    let (licence,): (Uuid,) = desk
        .db
        .one(sql!("SELECT l.id FROM licence l JOIN product p ON p.id = l.product WHERE l.company = $1 AND p.name = $2", company, product))
        .await?;
    Ok(LicenceId(licence))
}

async fn member(desk: &Desk, company: CompanyNumber, first: &str) -> Result<Member> {
    Ok(Member { account: account(desk, first).await?, company, from: somewhere() })
}

async fn administrator(desk: &Desk, company: CompanyNumber, first: &str) -> Result<Administrator> {
    Ok(Administrator(member(desk, company, first).await?))
}
