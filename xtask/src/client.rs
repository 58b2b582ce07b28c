//! From source to `site/`: compile, bind, bundle, compress, and at last the manifest that makes it count.
use crate::{assets, cargo, site::Site, styles, target_dir, timed};
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
        let manifest = [
            ("js", site.put_hashed(NAME, "js", js.as_bytes())?),
            ("wasm", site.put_hashed(NAME, "wasm", &bound.wasm)?),
            ("css", site.put_hashed(NAME, "css", css.as_bytes())?),
        ];
        for (name, bytes) in assets::read(Path::new("public"))? {
            site.put(&name, &bytes)?;
        }
        site.finish(&manifest)
    })?;
    Ok(fs::write(stamp, inputs)?)
}

fn compile(release: bool) -> Result<PathBuf> {
    let (profile, output) = if release { ("wasm-release", "wasm-release") } else { ("dev", "debug") };
    let mut cargo = cargo();
    // The cdylib is asked for here: with `crate-type = ["cdylib", "rlib"]` in the manifest cargo drops `lto`.
    cargo
        .args(["rustc", "--package", "app", "--lib", "--crate-type", "cdylib"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", profile])
        .args(["--no-default-features", "--features", "hydrate"]);
    let status = cargo.status().with_context(|| format!("{cargo:?}"))?;
    ensure!(status.success(), "the client does not compile");
    Ok(target_dir().join("wasm32-unknown-unknown").join(output).join("app.wasm"))
}

struct Bound {
    js: String,
    wasm: Vec<u8>,
    snippets: BTreeMap<String, Vec<u8>>,
}

fn bind(wasm: &Path, release: bool) -> Result<Bound> {
    let out = target_dir().join("bindgen").join(if release { "release" } else { "dev" });
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .out_name(NAME)
        .typescript(false)
        // The page says where the module is; without this the glue would name a file that does not exist.
        .omit_default_module_path(true)
        .remove_name_section(release)
        .remove_producers_section(true)
        .generate(&out)?;
    Ok(Bound {
        js: fs::read_to_string(out.join(format!("{NAME}.js")))?,
        wasm: fs::read(out.join(format!("{NAME}_bg.wasm")))?,
        snippets: assets::read(&out.join("snippets"))?,
    })
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
