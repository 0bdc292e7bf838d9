//! One process a folder: whoever writes holds `DIR/lock`.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::error::{OpenError, StoreFault};

/// Holds the folder until dropped. The kernel lets go of it when the process ends, however it ends.
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Errors: `OpenError::Locked` if another process, or another store of this one, holds the folder.
    pub(crate) fn take(dir: &Path) -> Result<Self, OpenError> {
        let file = open(dir, "lock")?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Locked),
            Err(TryLockError::Error(source)) => Err(StoreFault::file("lock")(source).into()),
        }
    }
}

/// Keeps erasures and backups apart: an erasure holds it alone, backups share it. Without it, a backup could hold parts
/// whose key was destroyed while it ran, and whose erasure it does not show.
pub(crate) struct ErasureLock {
    _file: File,
}

impl ErasureLock {
    /// Waits for every backup to end.
    pub(crate) fn alone(dir: &Path) -> Result<Self, StoreFault> {
        let file = open(dir, "erasure.lock")?;
        file.lock().map_err(StoreFault::file("erasure.lock"))?;
        Ok(Self { _file: file })
    }

    /// Waits for an erasure to end.
    pub(crate) fn shared(dir: &Path) -> Result<Self, StoreFault> {
        let file = open(dir, "erasure.lock")?;
        file.lock_shared().map_err(StoreFault::file("erasure.lock"))?;
        Ok(Self { _file: file })
    }
}

fn open(dir: &Path, name: &'static str) -> Result<File, StoreFault> {
    File::options().create(true).truncate(false).write(true).open(dir.join(name)).map_err(StoreFault::file(name))
}
