//! Files that take their name when they are whole.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rules::{Language, Message, message};

use super::wrong;

/// Writes a file beside `path` and gives it its name when it is whole; a failure leaves what was there.
pub fn replaced<T>(
    path: &Path,
    language: Language,
    write: impl FnOnce(&mut File) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let mut part = Part::begun(path, language)?;
    let written = part.write(write)?;
    placed(vec![part])?;
    Ok(written)
}

/// A file beside the one whose name it takes. Dropped before, it goes: what was there stands as it was, and half a file is
/// of use to nobody.
pub struct Part {
    path: PathBuf,
    beside: PathBuf,
    file: File,
    is_placed: bool,
}

impl Part {
    /// For this run alone. Refuses where it cannot take that name, as far as its path tells.
    pub fn begun(path: &Path, language: Language) -> anyhow::Result<Self> {
        let name = can_be_placed(path).map_err(|what| wrong(&what, language))?.to_string_lossy().into_owned();
        // A link stays one, and the file it leads to is replaced.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let name = path.file_name().map_or(name, |name| name.to_string_lossy().into_owned());
        let beside = path.with_file_name(format!(".{name}.part"));
        // What stands there otherwise is not ours: a link would lead this run to write elsewhere.
        if std::fs::symlink_metadata(&beside).is_ok_and(|there| !there.is_file()) {
            let what = message!(
                "{0}：写的时候要用这个名字，而它不是文件；请先移走",
                "{0}: this name is needed while it is written, and it is no file; move it away first",
                beside.display()
            );
            return Err(wrong(&what, language));
        }
        match held(&beside).with_context(|| beside.display().to_string())? {
            Some(file) => Ok(Self { path, beside, file, is_placed: false }),
            None => {
                let what = message!(
                    "{}：另一次运行正在写它；请等它结束，或另取文件名",
                    "{}: another run is writing it; wait until it ends, or name another file",
                    path.display()
                );
                Err(wrong(&what, language))
            }
        }
    }

    /// Writes all of it.
    pub fn write<T>(&mut self, write: impl FnOnce(&mut File) -> anyhow::Result<T>) -> anyhow::Result<T> {
        write(&mut self.file).with_context(|| self.path.display().to_string())
    }

    /// All that was written is on the disk, with the permissions of what was there.
    fn kept(&self) -> std::io::Result<()> {
        if let Ok(there) = std::fs::metadata(&self.path) {
            self.file.set_permissions(there.permissions())?;
        }
        self.file.sync_all()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_placed {
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

/// Gives each its name, when all of them are whole: a failure before leaves what was there. A crash between two leaves a
/// new one beside an old one, and the same run again makes both.
pub fn placed(parts: Vec<Part>) -> anyhow::Result<()> {
    for part in &parts {
        part.kept().with_context(|| part.path.display().to_string())?;
    }
    for mut part in parts {
        std::fs::rename(&part.beside, &part.path).with_context(|| part.path.display().to_string())?;
        part.is_placed = true;
    }
    Ok(())
}

/// The file beside, for this run alone: two that wrote into it at once would leave a mixture. `None`: another run has it.
fn held(beside: &Path) -> std::io::Result<Option<File>> {
    use std::os::unix::fs::MetadataExt as _;
    loop {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(beside)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Between opening and locking another run may have given it its name: then it is no longer the one beside.
        let (own, there) = (file.metadata()?, std::fs::metadata(beside));
        if there.is_ok_and(|there| (there.dev(), there.ino()) == (own.dev(), own.ino())) {
            file.set_len(0)?;
            return Ok(Some(file));
        }
    }
}

/// Whether files can be written, as far as paths tell: nobody waits for a city to be told that they cannot. None of them is
/// one that is read, lies among the rules of a folder, or is another of them.
pub fn apart(written: &[&Path], read: &[&Path], rules: &[&Path]) -> Result<(), Message> {
    let mut known: Vec<PathBuf> = read.iter().map(|path| led_to(path)).collect();
    let rules: Vec<PathBuf> = rules.iter().filter_map(|folder| std::fs::canonicalize(folder).ok()).collect();
    for path in written {
        can_be_placed(path)?;
        let (file, place) = (path.display(), led_to(path));
        if known.contains(&place) {
            return Err(message!(
                "{file}：既要读又要写，或要写两次；请另取文件名",
                "{file}: it would be read and written, or written twice; name another file"
            ));
        }
        if rules.iter().any(|folder| place.parent() == Some(folder)) {
            return Err(message!(
                "{file}：这是规则包的文件夹；请写到别处",
                "{file}: this is a folder of rules; write it elsewhere"
            ));
        }
        known.push(place);
    }
    Ok(())
}

/// The one place that a path names, whether a file stands there or not.
fn led_to(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = || Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?));
    std::fs::canonicalize(path).ok().or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// The name of a file that can be written, as far as its path tells.
fn can_be_placed(path: &Path) -> Result<&std::ffi::OsStr, Message> {
    let file = path.display();
    let name = path.file_name().ok_or_else(|| message!("{file}：不是文件名", "{file}: no file's name"))?;
    // A link that leads nowhere is none either.
    if std::fs::symlink_metadata(path).is_ok() && !std::fs::metadata(path).is_ok_and(|there| there.is_file()) {
        return Err(message!(
            "{file}：不是文件，不能替换；请写文件名",
            "{file}: no file, so it cannot be replaced; name a file"
        ));
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        None => Ok(name),
        Some(folder) => Err(message!(
            "{file}：没有文件夹 {}；请先建立",
            "{file}: there is no folder {}; make it first",
            folder.display()
        )),
    }
}
