//! Files that take their name when they are whole.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use anyhow::Context as _;
use rules::{Language, Message, message};

use super::wrong;

/// Writes a file beside `path` and gives it its name when it is whole; a failure leaves what was there.
pub fn replaced<T>(
    path: &Path,
    language: Language,
    write: impl FnOnce(&mut File) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let named = || path.display().to_string();
    let name = placed(path).map_err(|what| wrong(&what, language))?;
    // A link stays one, and the file it leads to is replaced.
    let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or(name).to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.part"));
    let held = held(&beside).with_context(|| beside.display().to_string())?;
    let Some(mut file) = held else {
        let what = message!(
            "{}：另一次运行正在写它；请等它结束，或另取文件名",
            "{}: another run is writing it; wait until it ends, or name another file",
            path.display()
        );
        return Err(wrong(&what, language));
    };
    let written = write(&mut file).and_then(|written| {
        if let Ok(there) = std::fs::metadata(path) {
            file.set_permissions(there.permissions())?;
        }
        file.sync_all()?;
        std::fs::rename(&beside, path)?;
        Ok(written)
    });
    if written.is_err() {
        // What was there before stands as it was; half a file is of use to nobody.
        let _ = std::fs::remove_file(&beside);
    }
    written.with_context(named)
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

/// The name of a file that can be written, as far as its path tells.
pub fn placed(path: &Path) -> Result<&std::ffi::OsStr, Message> {
    let file = path.display();
    let name = path.file_name().ok_or_else(|| message!("{file}：不是文件名", "{file}: no file's name"))?;
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file()) {
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
