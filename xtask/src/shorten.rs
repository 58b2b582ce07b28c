//! What wasm-bindgen wrote, in fewer bytes: short names for what the module imports, and a script without indentation and comments.
use crate::prune::prune;
use anyhow::{Result, ensure};
use std::collections::HashMap;

/// Its names end in hashes, which don't compress, and stand in the script and in the module.
const LONG: [&str; 2] = ["__wbg_", "__wbindgen_"];

pub fn shorten(js: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut config = walrus::ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(wasm)?;
    ensure!(
        !prune(&mut module).contains(&0),
        "some function is not called as those that never run are: does Rust name functions in another way now?"
    );
    walrus::passes::gc::run(&mut module);
    let mut short = HashMap::new();
    for import in module.imports.iter_mut().filter(|import| LONG.iter().any(|prefix| import.name.starts_with(prefix))) {
        let next = format!("_{}", short.len());
        import.name = short.entry(import.name.clone()).or_insert(next).clone();
    }
    Ok((without_layout(&renamed(js, &short))?, module.emit_wasm()))
}

fn renamed(js: &str, names: &HashMap<String, String>) -> String {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut renamed = String::with_capacity(js.len());
    let mut rest = js;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        renamed.push_str(names.get(name).map_or(name, String::as_str));
        let next = after.find(is_of_name).unwrap_or(after.len());
        renamed.push_str(&after[..next]);
        rest = &after[next..];
    }
    renamed
}

fn without_layout(js: &str) -> Result<String> {
    let mut bare = String::with_capacity(js.len());
    for line in js.lines().map(str::trim) {
        // Within a text over several lines blanks would count.
        ensure!(line.matches('`').count() % 2 == 0, "a text over several lines: {line}");
        if !line.is_empty() && !["//", "/*", "*"].iter().any(|comment| line.starts_with(comment)) {
            bare.push_str(line);
            bare.push('\n');
        }
    }
    Ok(bare)
}
