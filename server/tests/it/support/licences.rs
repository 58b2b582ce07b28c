//! What the provider licenses, what companies have of it, and who asks: through the real doors.

use super::{ANNA, COMPANY, TestDesk};
use server::{
    Result,
    callers::{Administrator, Member, Staff},
    documents, licences, products, requests, sql,
};
use shared::{
    AccountId, CompanyNumber, DocumentId, LicenceId, ProductId, RequestId,
    documents::Next,
    licences::{Chosen, LicenceForm},
    products::ProductForm,
    requests::{Chosen as ChosenRequests, Decision, Queue},
};

pub const BRAM: &str = "bram@vandijk.example";
pub const CARLA: &str = "carla@vandijk.example";

const DAY: i64 = 24 * 3600;

/// What most tests of licences and requests begin with: two administrators and a user of 10001, and a collection.
pub struct Scene {
    pub staff: Staff,
    pub anna: Administrator,
    pub bram: Administrator,
    pub carla: Member,
    pub carlas: AccountId,
    /// *Eurocodes*, with `NEN 1` and `NEN 2`.
    pub product: ProductId,
}

pub fn accept() -> Decision {
    Decision::Accept
}

pub fn decline(reason: &str) -> Decision {
    Decision::Decline { reason: (!reason.is_empty()).then(|| reason.to_owned()) }
}

/// Everything in a queue, however new.
pub fn all_open(queue: Queue) -> ChosenRequests {
    ChosenRequests::AllOpen { queue, newest: RequestId(uuid::Uuid::max()), expected: None }
}

impl TestDesk {
    /// The collection that an administrator chose for a document; where there is none, one that is not there.
    pub async fn collection_of(&self, request: RequestId) -> ProductId {
        let chosen = sql!("SELECT product FROM request WHERE id = $1 AND product IS NOT NULL", request);
        let chosen: Option<(uuid::Uuid,)> = self.db.maybe(chosen).await.unwrap();
        ProductId(chosen.map_or(request.0, |(id,)| id))
    }

    pub async fn scene(&self) -> Scene {
        let anna = self.office().await;
        let staff = self.staff().await;
        let bram = self.administrator(COMPANY, BRAM, "Bram Janssen").await;
        let carla = self.colleague(CARLA, "Carla de Bruin").await;
        let product = self.product(&staff, "Eurocodes", &["NEN 1", "NEN 2"]).await;
        self.new_deeds().await;
        Scene { carlas: self.id_of(CARLA).await, staff, anna, bram, carla, product }
    }

    /// Somebody of 10001 with role User, whom nobody added, signed in.
    pub async fn colleague(&self, username: &str, name: &str) -> Member {
        let account = self.account(username, name).await;
        self.membership(COMPANY, account, "user").await;
        self.member(COMPANY, username).await
    }

    /// The same of [`TestDesk::crowd`].
    pub async fn one_of_the_crowd(&self, number: usize) -> Member {
        let username = format!("crowd{number}@vandijk.example");
        self.visitor_of(self.id_of(&username).await, &username).await.member(COMPANY).unwrap()
    }

    pub async fn member(&self, company: CompanyNumber, username: &str) -> Member {
        self.visit(username).await.member(company).unwrap()
    }

    /// A collection with these documents, whom no supplier stands behind.
    pub async fn product(&self, staff: &Staff, name: &str, numbers: &[&str]) -> ProductId {
        let form = ProductForm { product_name: name.into(), about: format!("All of {name}."), ..ProductForm::default() };
        let product = products::create(self, staff, &form).await.unwrap();
        self.import(staff, product, numbers).await;
        product
    }

    /// Documents from a file.
    pub async fn import(&self, staff: &Staff, product: ProductId, numbers: &[&str]) {
        if numbers.is_empty() {
            return;
        }
        let lines: String = numbers.iter().map(|number| format!("{number};What {number} says;nl;current\n")).collect();
        let file = products::stage(self, staff, product, "file.csv", format!("number;title;language;status\n{lines}")).await.unwrap();
        products::apply(self, staff, product, file).await.unwrap();
    }

    pub async fn document(&self, number: &str) -> DocumentId {
        let (id,): (i64,) = self.db.one(sql!("SELECT id FROM document WHERE number = $1", number)).await.unwrap();
        DocumentId(id)
    }

    /// A day as date fields send it, so many from today.
    pub fn day(&self, days: i64) -> String {
        self.local(self.now().plus_seconds(days * DAY)).machine_date()
    }

    /// L1, filled in: from a month ago, for most of a year, without a limit.
    pub fn terms(&self, product: ProductId) -> LicenceForm {
        LicenceForm { product: product.to_string(), valid_from: self.day(-30), valid_until: self.day(300), ..LicenceForm::default() }
    }

    /// Granted by staff.
    pub async fn licence(
        &self,
        staff: &Staff,
        company: CompanyNumber,
        product: ProductId,
        change: impl FnOnce(&mut LicenceForm),
    ) -> LicenceId {
        let mut form = self.terms(product);
        change(&mut form);
        licences::by_staff::grant(self, staff, company, &form).await.unwrap()
    }

    /// Asked for, without a reason; the letters are still to be expected.
    pub async fn ask(&self, member: &Member, licence: LicenceId) -> RequestId {
        requests::ask_licence(self, member, licence, "").await.unwrap()
    }

    /// The same for a document.
    pub async fn ask_standard(&self, member: &Member, number: &str) -> RequestId {
        requests::ask_standard(self, member, self.document(number).await, "").await.unwrap()
    }

    pub async fn decide(&self, by: &Administrator, decision: &Decision, request: RequestId) -> Result<u32> {
        requests::decide(self, by, decision, &ChosenRequests::These(vec![request])).await
    }

    pub async fn give(&self, by: &Administrator, licence: LicenceId, account: AccountId) -> Result<u32> {
        licences::give(self, by, licence, &Chosen::These(vec![account])).await
    }

    pub async fn take_away(&self, by: &Administrator, licence: LicenceId, account: AccountId) -> Result<u32> {
        licences::remove(self, by, licence, &Chosen::These(vec![account])).await
    }

    /// R8: what a document's page says.
    pub async fn next_step(&self, member: &Member, number: &str) -> Next {
        documents::page(self, member, self.document(number).await).await.unwrap().next
    }

    pub async fn opens(&self, member: &Member, number: &str) -> bool {
        matches!(self.next_step(member, number).await, Next::Open { .. })
    }

    /// Rows of individual access: seats.
    pub async fn used(&self, licence: LicenceId) -> i64 {
        self.count(sql!("SELECT COUNT(*) FROM access WHERE licence = $1", licence)).await
    }

    /// In what state a request is.
    pub async fn state_of(&self, request: RequestId) -> String {
        let (state,): (String,) = self.db.one(sql!("SELECT state FROM request WHERE id = $1", request)).await.unwrap();
        state
    }

    /// The kinds of what was done since, sorted.
    pub async fn new_kinds(&self) -> Vec<String> {
        let mut kinds: Vec<String> = self.new_deeds().await.into_iter().map(|deed| deed.kind).collect();
        kinds.sort();
        kinds
    }

    /// The letters of somebody's asking, where Anna and Bram administer.
    pub async fn expect_asked(&self, username: &str) {
        self.expect_mail(&[("request_received", username), ("request_made", ANNA), ("request_made", BRAM)]).await;
    }

    /// Turns the clock to a moment that is still to come: `2031-10-26T23:59:57+01:00`.
    pub fn turn_to(&self, moment: &str) {
        let moment: jiff::Timestamp = moment.parse().unwrap();
        let seconds = (moment.as_millisecond() - self.now().0).div_euclid(1000);
        assert!(seconds > 0, "it was before");
        self.clock.advance_seconds(seconds);
    }
}
