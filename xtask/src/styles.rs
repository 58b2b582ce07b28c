//! One sheet out of `style/main.css` and all it imports.
use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};
use std::path::Path;

pub fn bundle(main: &Path) -> Result<String> {
    // The oldest browsers still in wide use: newer syntax is rewritten for them.
    let targets =
        Targets::from(Browsers { chrome: Some(109 << 16), firefox: Some(115 << 16), safari: Some(16 << 16), ..Browsers::default() });
    let files = FileProvider::new();
    // The errors borrow the sources, so they are put into words here.
    let mut sheet = Bundler::new(&files, None, ParserOptions::default()).bundle(main).map_err(|error| anyhow!("{error}"))?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| anyhow!("{error}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })?;
    Ok(printed.code)
}
