//! Files of a folder and of all below it, in a stable order.
use anyhow::{Context, Result};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A folder that does not exist has no files.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if folder.is_dir() {
        collect(folder, &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Contents by path below `folder`, written with `/`.
pub fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    list(folder)?
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            Ok((name, fs::read(&path).with_context(|| path.display().to_string())?))
        })
        .collect()
}
