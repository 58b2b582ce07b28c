//! How many requests wait, beside *Requests* in the main navigation (R1).

use super::api;
use crate::{live, prelude::*, session::Me};
use shared::{CompanyNumber, Permit, live::Room};

/// For the administrators of this company; it follows what happens. Known only where scripts run: elsewhere Home says it.
pub(crate) fn open_count(me: &Me, company: Option<CompanyNumber>) -> Signal<Option<u32>> {
    let count = RwSignal::new(None);
    let decides = me.standing.may(Permit::DecideRequests, company).is_ok();
    if let Some(company) = company.filter(|_| decides) {
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
