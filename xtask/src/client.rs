//! From source to `site/`: compile, split, bind, bundle, compress, and at last the manifest that makes it count.
use crate::{
    assets, cargo,
    parts::{self, Parts},
    shorten::shorten,
    site::Site,
    styles, target_dir, timed,
};
use anyhow::{Context, Result, ensure};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};
use wasm_bindgen_cli_support::Bindgen;

/// The files keep this name, followed by a hash of their content.
const NAME: &str = "balie";

pub fn build(release: bool, folder: &Path) -> Result<()> {
    let wasm = compile(release)?;
    let inputs = inputs(release, &wasm)?;
    let stamp = folder.with_extension("stamp");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == inputs) && Site::is_whole(folder)? {
        println!("client: nothing changed");
        return Ok(());
    }

    let mut site = Site::open(folder, release)?;
    let bound = timed("wasm-bindgen", || bind(&wasm, release))?;
    let css = timed("styles", || styles::bundle(Path::new("style/main.css")))?;
    timed("files", || {
        let snippets = site.put_folder("snippets", &bound.snippets)?;
        // Only where files are loaded: the same path is also a key that the wasm module asks for.
        let js = bound.js.replace("from \"./snippets/", &format!("from \"./{snippets}/"));
        let (js, parts) = put_parts(&mut site, js, bound.parts.as_ref())?;
        let (js, wasm) = if release { shorten(&js, &bound.wasm)? } else { (js, bound.wasm) };
        let mut manifest = vec![
            ("js".to_owned(), site.put_hashed(NAME, "js", js.as_bytes())?),
            ("wasm".to_owned(), site.put_hashed(NAME, "wasm", &wasm)?),
            ("css".to_owned(), site.put_hashed(NAME, "css", css.as_bytes())?),
        ];
        manifest.extend(parts);
        for (name, bytes) in assets::read(Path::new("public"))? {
            site.put(&name, &bytes)?;
        }
        site.finish(&manifest)
    })?;
    Ok(fs::write(stamp, inputs)?)
}

/// Only what is shipped is split: for development one piece is quicker to build.
fn compile(release: bool) -> Result<PathBuf> {
    let (profile, output, features) = if release { ("wasm-release", "wasm-release", "split") } else { ("dev", "debug", "hydrate") };
    let mut cargo = cargo();
    // The cdylib is asked for here: with `crate-type = ["cdylib", "rlib"]` in the manifest cargo drops `lto`.
    cargo
        .args(["rustc", "--package", "app", "--lib", "--crate-type", "cdylib"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", profile])
        .args(["--no-default-features", "--features", features]);
    if release {
        // Says what refers to what, which is what splitting goes by.
        cargo.args(["--", "-Clink-args=--emit-relocs"]);
    }
    let status = cargo.status().with_context(|| format!("{cargo:?}"))?;
    ensure!(status.success(), "the client does not compile");
    Ok(target_dir().join("wasm32-unknown-unknown").join(output).join("app.wasm"))
}

struct Bound {
    js: String,
    wasm: Vec<u8>,
    parts: Option<Parts>,
    snippets: BTreeMap<String, Vec<u8>>,
}

fn bind(wasm: &Path, release: bool) -> Result<Bound> {
    let out = target_dir().join("bindgen").join(if release { "release" } else { "dev" });
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let parts = if release { Some(parts::split(wasm, &out)?) } else { None };
    Bindgen::new()
        .input_path(parts.as_ref().map_or(wasm, |parts| &parts.main))
        .web(true)?
        .out_name(NAME)
        .typescript(false)
        // The page says where the module is; without this the glue would name a file that does not exist.
        .omit_default_module_path(true)
        // Pruning goes by them; they are taken away after it.
        .remove_name_section(false)
        .remove_producers_section(true)
        // What the parts find the first module's table and stack by.
        .keep_lld_exports(release)
        .demangle(!release)
        .generate(&out)?;
    Ok(Bound {
        js: fs::read_to_string(out.join(format!("{NAME}.js")))?,
        wasm: fs::read(out.join(format!("{NAME}_bg.wasm")))?,
        parts,
        snippets: assets::read(&out.join("snippets"))?,
    })
}

/// Writes the parts, and returns the glue that knows their names, and the manifest's lines.
fn put_parts(site: &mut Site, js: String, parts: Option<&Parts>) -> Result<(String, Vec<(String, String)>)> {
    let Some(parts) = parts else { return Ok((js, Vec::new())) };
    let mut names = BTreeMap::new();
    for (part, bytes) in parts.files()? {
        names.insert(part, site.put_hashed(&format!("{NAME}-{part}"), "bin", &bytes)?);
    }
    let files: BTreeMap<_, Vec<_>> =
        names.keys().map(|part| (*part, parts::base(part).into_iter().chain([*part]).map(|part| names[part].as_str()).collect())).collect();
    let js = parts::loader(&js, &files)?;
    let line = |part: &str, file: &str| (format!("part.{part}"), file.to_owned());
    Ok((js, files.iter().flat_map(|(part, files)| files.iter().map(move |file| line(part, file))).collect()))
}

/// What the result depends on, one input a line. Times stand for contents: cargo writes its output only when it changed.
fn inputs(release: bool, wasm: &Path) -> Result<String> {
    let mut files = vec![std::env::current_exe()?, wasm.to_owned()];
    files.extend(assets::list(Path::new("style"))?);
    files.extend(assets::list(Path::new("public"))?);
    let mut text = format!("release {release}\n");
    for file in files {
        let meta = fs::metadata(&file).with_context(|| file.display().to_string())?;
        let time = meta.modified()?.duration_since(UNIX_EPOCH)?.as_nanos();
        text += &format!("{} {} {time}\n", file.display(), meta.len());
    }
    Ok(text)
}
