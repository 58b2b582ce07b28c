//! A product's page: its documents from a file (O2).

use crate::{language::language, prelude::*, texts::catalogue as t, ui::*};
use shared::{FieldName, ProductId};

/// A plain form, which loads a page: files don't travel through server functions. The router leaves it alone.
#[component]
pub(super) fn UploadCard(id: ProductId) -> impl IntoView {
    let l = language();
    let columns = [
        ("number", t::column_number(l)),
        ("title", t::column_title(l)),
        ("language", t::column_language(l)),
        ("status", t::column_status(l)),
    ];
    let columns = columns.into_iter().map(|(name, what)| fact(name, what)).collect::<Vec<_>>();
    let file = FieldName::File.html();
    view! {
        <Card id="import" title=t::import_documents(l)>
            <form class="form" method="post" action=format!("/provider/products/{id}/upload") enctype="multipart/form-data">
                <p>{t::import_text(l)}</p>
                <Facts items=columns/>
                <p class="muted small">{t::import_before(l)}</p>
                <div class="field">
                    <label class="field-label" for=file>{t::file(l)}</label>
                    <input class="input" type="file" id=file name=file accept=".csv,text/csv" aria-required="true"/>
                </div>
                <div class="form-actions"><Button kind=Kind::Secondary>{t::look(l)}</Button></div>
            </form>
        </Card>
    }
}
