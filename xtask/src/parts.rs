//! Takes what `cargo` linked apart at its `wasm_split` functions: the first module, and the parts that are loaded when they are needed.
use crate::prune::prune;
use anyhow::{Context, Result, anyhow, ensure};
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};
use wasm_split_cli_support::{Options, transform};

/// The module that the first one imports the functions `__wasm_split_load_…` from. It never exists: see [`loader`].
const LINK: &str = "./parts.js";

pub struct Parts {
    /// What wasm-bindgen is to work on.
    pub main: PathBuf,
    /// By the name of a part: the modules that it needs.
    needs: BTreeMap<String, Vec<String>>,
    modules: BTreeMap<String, Vec<u8>>,
}

pub fn split(wasm: &Path, folder: &Path) -> Result<Parts> {
    let linked = fs::read(wasm)?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&linked);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LINK;
    let split = transform(options).map_err(|error| anyhow!("{error:#}"))?;
    let mut modules = BTreeMap::new();
    for path in &split.split_modules {
        let stem = path.file_stem().context("a part without a name")?.to_string_lossy().into_owned();
        modules.insert(stem, tidy(&fs::read(path)?)?);
    }
    Ok(Parts { main, needs: split.prefetch_map.into_iter().collect(), modules })
}

impl Parts {
    /// One file for each part. What several parts need is a module of its own, and there are hundreds of those, mostly tiny: in one file they
    /// are one request, and compress together. A part `inside_users` stands on the part `inside`, and leaves out what is in that.
    pub fn files(&self) -> Result<BTreeMap<&str, Vec<u8>>> {
        let pack = |(part, stems): (&String, &Vec<String>)| {
            let base = base(part).map(|base| self.needs.get(base).with_context(|| format!("{part} stands on {base}, which isn't there")));
            let base = base.transpose()?;
            let own = self
                .modules
                .iter()
                .enumerate()
                .filter(|(_, (stem, _))| stems.contains(stem) && base.is_none_or(|base| !base.contains(stem)));
            pack(own.map(|(id, (_, module))| (id, module.as_slice())))
        };
        self.needs.iter().map(|entry| Ok((entry.0.as_str(), pack(entry)?))).collect()
    }
}

/// The part that another one stands on.
pub fn base(part: &str) -> Option<&str> {
    part.split_once('_').map(|(base, _)| base)
}

/// How many modules, then of each its number and its length, then the modules; numbers of four bytes, the lowest first.
fn pack<'a>(modules: impl Iterator<Item = (usize, &'a [u8])>) -> Result<Vec<u8>> {
    let (mut head, mut body, mut count) = (Vec::new(), Vec::new(), 0_u32);
    for (id, module) in modules {
        for number in [id, module.len()] {
            head.extend(u32::try_from(number)?.to_le_bytes());
        }
        body.extend(module);
        count += 1;
    }
    Ok([count.to_le_bytes().to_vec(), head, body].concat())
}

/// Puts the functions that load parts into the glue itself, in place of a second script that would cost another round trip.
pub fn loader(js: &str, files: &BTreeMap<&str, Vec<&str>>) -> Result<String> {
    let import = format!(" from \"{LINK}\"");
    let entry = format!("\"{LINK}\": import");
    let mut glue = String::new();
    let mut entries = 0;
    for line in js.lines().filter(|line| !line.ends_with(&import)) {
        if !line.trim_start().starts_with(&entry) {
            writeln!(glue, "{line}")?;
            continue;
        }
        if entries == 0 {
            writeln!(glue, "\"{LINK}\": loaders,")?;
        }
        entries += 1;
    }
    ensure!(entries == files.len(), "the glue imports {entries} of {} parts", files.len());
    let parts = files.iter().map(|(part, files)| format!("{part}: {files:?}")).collect::<Vec<_>>().join(", ");
    let loaders = files.keys().map(|part| format!("__wasm_split_load_{part}: loader({part:?})")).collect::<Vec<_>>().join(", ");
    let code = include_str!("parts.js");
    Ok(format!("{glue}const parts = {{ {parts} }};\n{code}const loaders = {{ {loaders} }};\n"))
}

/// Without the names of functions, and with numbers in their shortest form, which the linker leaves long so that they can be changed.
fn tidy(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut config = walrus::ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(wasm)?;
    prune(&mut module);
    walrus::passes::gc::run(&mut module);
    let custom: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    for section in custom {
        module.customs.delete(section);
    }
    Ok(module.emit_wasm())
}
