//! The folder that the server serves. Files named by content are written first, the manifest that names them after
//! that, and only then the files of earlier builds go: whoever reads the manifest finds what it names.
use crate::assets;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::{Path, PathBuf},
};

const MANIFEST: &str = "pkg/manifest.txt";

pub struct Site {
    folder: PathBuf,
    compress: bool,
    written: BTreeSet<PathBuf>,
}

impl Site {
    pub fn open(folder: &Path, compress: bool) -> Result<Self> {
        fs::create_dir_all(folder.join("pkg"))?;
        Ok(Self { folder: folder.to_owned(), compress, written: BTreeSet::new() })
    }

    /// Whether there is a manifest, and every file it names.
    pub fn is_whole(folder: &Path) -> Result<bool> {
        let Ok(manifest) = fs::read_to_string(folder.join(MANIFEST)) else {
            return Ok(false);
        };
        Ok(manifest.lines().filter_map(|line| line.split_once('=')).all(|(_, name)| folder.join("pkg").join(name).is_file()))
    }

    /// Writes `pkg/<stem>.<hash>.<extension>` and returns its file name.
    pub fn put_hashed(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("{stem}.{}.{extension}", hash([("", bytes)]));
        self.put(&format!("pkg/{name}"), bytes)?;
        Ok(name)
    }

    /// Writes the files to `pkg/<stem>.<hash>/` and returns that folder's name.
    pub fn put_folder(&mut self, stem: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<String> {
        let name = format!("{stem}.{}", hash(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))));
        for (file, bytes) in files {
            self.put(&format!("pkg/{name}/{file}"), bytes)?;
        }
        Ok(name)
    }

    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        let fresh = fs::read(&path).is_ok_and(|old| old == bytes);
        if !fresh {
            write(&path, bytes)?;
        }
        self.written.insert(path);
        if !self.compress || !is_text_or_code(name) {
            return Ok(());
        }
        let mut sizes = format!("{name:<40} raw {:>8}", bytes.len());
        for (extension, compress) in [("gz", gzip as fn(&[u8]) -> Result<Vec<u8>>), ("br", brotli)] {
            let path = self.folder.join(format!("{name}.{extension}"));
            if !(fresh && path.is_file()) {
                write(&path, &compress(bytes)?)?;
            }
            sizes += &format!("  {extension} {:>8}", fs::metadata(&path)?.len());
            self.written.insert(path);
        }
        println!("{sizes}");
        Ok(())
    }

    pub fn finish(mut self, manifest: &[(String, String)]) -> Result<()> {
        let lines: String = manifest.iter().map(|(key, name)| format!("{key}={name}\n")).collect();
        let path = self.folder.join(MANIFEST);
        write(&path, lines.as_bytes())?;
        self.written.insert(path);
        for path in assets::list(&self.folder)? {
            if !self.written.contains(&path) {
                fs::remove_file(&path)?;
                // Succeeds for a folder that became empty, and only for that.
                path.ancestors().skip(1).take_while(|folder| fs::remove_dir(folder).is_ok()).for_each(drop);
            }
        }
        Ok(())
    }
}

fn is_text_or_code(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(extension, "bin" | "css" | "html" | "js" | "json" | "svg" | "txt" | "wasm" | "webmanifest" | "xml")
}

/// 64 bits of SHA-256: plenty to tell builds apart.
fn hash<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        // Lengths keep a name and its content from running into each other.
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Whole or not at all, also when interrupted.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".tmp");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path)).with_context(|| path.display().to_string())
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut bytes, &mut compressed, &params)?;
    Ok(compressed)
}
