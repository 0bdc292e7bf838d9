//! One process a folder: whoever writes holds `DIR/lock`.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use crate::error::{OpenError, StoreFault};

/// Holds the folder until dropped. The kernel lets go of it when the process ends, however it ends.
pub(crate) struct FolderLock {
    file: File,
}

impl FolderLock {
    /// Errors: `OpenError::Locked` if another process, or another store of this one, holds the folder.
    pub(crate) fn take(dir: &Path) -> Result<Self, OpenError> {
        let file = open(dir, "lock")?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Locked),
            Err(TryLockError::Error(source)) => Err(StoreFault::file("lock")(source).into()),
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // A child that is being started holds the descriptor too until it runs its program, and would keep the lock.
        let _ = self.file.unlock();
    }
}

/// Keeps erasures apart from backups and from `verify`: an erasure holds it alone, the others share it. Without it, a backup could hold parts
/// whose key was destroyed while it ran, and whose erasure it does not show.
pub(crate) struct ErasureLock {
    /// None in a folder that nobody can write, where nothing is erased either.
    _file: Option<File>,
}

impl ErasureLock {
    /// Waits for every backup to end.
    pub(crate) fn alone(dir: &Path) -> Result<Self, StoreFault> {
        let file = open(dir, "erasure.lock")?;
        file.lock().map_err(StoreFault::file("erasure.lock"))?;
        Ok(Self { _file: Some(file) })
    }

    /// Waits for an erasure to end. Writes nothing where the folder cannot be written.
    pub(crate) fn shared(dir: &Path) -> Result<Self, StoreFault> {
        let file = match File::open(dir.join("erasure.lock")).or_else(|_| create(dir, "erasure.lock")) {
            Ok(file) => file,
            Err(error) if matches!(error.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) => {
                return Ok(Self { _file: None });
            }
            Err(error) => return Err(StoreFault::file("erasure.lock")(error)),
        };
        file.lock_shared().map_err(StoreFault::file("erasure.lock"))?;
        Ok(Self { _file: Some(file) })
    }
}

fn open(dir: &Path, name: &'static str) -> Result<File, StoreFault> {
    create(dir, name).map_err(StoreFault::file(name))
}

fn create(dir: &Path, name: &'static str) -> std::io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(dir.join(name))
}

#[cfg(test)]
mod tests {
    use super::FolderLock;

    #[test]
    fn a_folder_let_go_of_is_free_though_a_child_being_started_holds_the_descriptor_still() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = FolderLock::take(folder.path()).expect("it is free");
        assert!(FolderLock::take(folder.path()).is_err());
        let of_the_child = held.file.try_clone().expect("a descriptor");
        drop(held);
        assert!(FolderLock::take(folder.path()).is_ok());
        drop(of_the_child);
    }
}
