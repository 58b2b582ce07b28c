//! How many requests wait, beside *Requests* in the main navigation (R1).

use super::api;
use crate::{live, prelude::*, session::Me};
use shared::{CompanyNumber, Permit, live::Room};

/// For the administrators of this company: known with the page, and then it follows what happens.
pub(crate) fn open_count(me: &Me, company: Option<CompanyNumber>) -> Signal<Option<u32>> {
    let known = |company: CompanyNumber| me.open_requests.iter().find(|(number, _)| *number == company).map_or(0, |(_, open)| *open);
    let decides = me.standing.may(Permit::DecideRequests, company).is_ok();
    let company = company.filter(|_| decides);
    let count = RwSignal::new(company.map(known));
    if let Some(company) = company {
        let changes = live::changes(Signal::stored(company), Room::Requests);
        let asked = StoredValue::new(0_u32);
        effect(move || {
            changes.track();
            asked.update_value(|asked| *asked += 1);
            let turn = asked.get_value();
            leptos::task::spawn_local(async move {
                let answer = api::count_requests(company).await;
                // The newest question's answer counts; and the frame may be gone.
                if let (Ok(open), true) = (answer, asked.try_get_value() == Some(turn)) {
                    count.set(Some(open));
                }
            });
        });
    }
    count.into()
}
