//! What the store asks of the operating system, watched and, where a test says so, refused.
//!
//! SQLite, Rust's standard library and this file meet in one executable, and there the definitions below stand before
//! those of the C library. So every file is seen: databases, write-ahead logs, evidence, settings, the file of checkpoints
//! outside, and the names in folders. Only what lies below a watched folder is looked at.
#![allow(unsafe_code, reason = "C functions are defined and called here, and nowhere else")]

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::city::Told;
use libc::{mode_t, off_t, size_t, ssize_t};

/// What was asked and done, in order. Paths are relative to the watched folder.
#[derive(Clone, Debug)]
pub enum Op {
    /// A file was made.
    Made(PathBuf),
    /// A folder was made.
    Folder(PathBuf),
    /// Bytes were written at an offset.
    Wrote(PathBuf, u64, Vec<u8>),
    /// A file was cut to a length, or made so long.
    Cut(PathBuf, u64),
    /// A file was synced, or the names in a folder.
    Synced(PathBuf),
    /// A name was given up for another.
    Renamed(PathBuf, PathBuf),
    /// A name was taken away.
    Removed(PathBuf),
    /// Whoever asked was told something.
    Told(Told),
}

/// Something that fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// There is no space, from the n-th time it is asked for until `relieve`; of the first write half still fits.
    Space,
    /// The n-th write, cut, removal or new name fails.
    Write,
    /// The n-th read fails.
    Read,
    /// The n-th sync fails, and does not happen.
    Sync,
}

#[derive(Default)]
struct State {
    ops: Vec<Op>,
    /// What fails, and after how many more calls.
    fault: Option<(Kind, u64)>,
    /// Where it did, since it was last asked for.
    failed: Vec<PathBuf>,
}

type Shared = Arc<Mutex<State>>;

static WATCHES: Mutex<Vec<(PathBuf, Shared)>> = Mutex::new(vec![]);
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// A folder that is watched until this is dropped.
pub struct Watch {
    root: PathBuf,
    state: Shared,
}

impl Watch {
    pub fn begin(root: &Path) -> Self {
        let root = root.canonicalize().expect("the folder is there");
        let state = Shared::default();
        locked(&WATCHES).push((root.clone(), state.clone()));
        COUNT.fetch_add(1, Ordering::SeqCst);
        Self { root, state }
    }

    /// Notes that somebody was told something: from here on it must hold.
    pub fn tell(&self, told: Told) {
        locked(&self.state).ops.push(Op::Told(told));
    }

    /// Everything that was done so far.
    pub fn take(&self) -> Vec<Op> {
        std::mem::take(&mut locked(&self.state).ops)
    }

    /// Lets something fail, after `before` calls of the same kind that still work.
    pub fn spoil(&self, kind: Kind, before: u64) {
        locked(&self.state).fault = Some((kind, before));
    }

    /// Lets everything work again. Gives the files at which something failed.
    pub fn relieve(&self) -> Vec<PathBuf> {
        let mut state = locked(&self.state);
        state.fault = None;
        state.ops.clear();
        std::mem::take(&mut state.failed)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        COUNT.fetch_sub(1, Ordering::SeqCst);
        locked(&WATCHES).retain(|(root, _)| *root != self.root);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// The watch over a path, and the path below it. Shared memory and locks survive no crash, so they are not looked at.
fn watched(path: &Path) -> Option<(PathBuf, Shared)> {
    let name = path.file_name().unwrap_or_default().as_bytes();
    if name.ends_with(b"-shm") || name.ends_with(b"lock") {
        return None;
    }
    let watches = locked(&WATCHES);
    watches.iter().find_map(|(root, state)| Some((path.strip_prefix(root).ok()?.to_owned(), state.clone())))
}

fn watched_file(fd: c_int) -> Option<(PathBuf, Shared)> {
    if COUNT.load(Ordering::SeqCst) == 0 {
        return None;
    }
    let link = format!("/proc/self/fd/{fd}\0");
    let mut path = [0u8; 4096];
    // SAFETY: the name ends in a zero, and the buffer is as long as said.
    let read = unsafe { libc::readlink(link.as_ptr().cast(), path.as_mut_ptr().cast(), path.len()) };
    watched(Path::new(OsStr::from_bytes(&path[..usize::try_from(read).ok()?])))
}

fn watched_name(path: *const c_char) -> Option<(PathBuf, Shared)> {
    if COUNT.load(Ordering::SeqCst) == 0 || path.is_null() {
        return None;
    }
    // SAFETY: callers of the C library pass strings that end in a zero.
    watched(Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(path) }.to_bytes())))
}

impl State {
    /// Which error the call meets, if any.
    fn meets(&mut self, kind: Kind, path: &Path) -> Option<c_int> {
        let (fails, before) = self.fault.as_mut().filter(|(fails, _)| *fails == kind)?;
        if *before > 0 {
            *before -= 1;
            return None;
        }
        let errno = if *fails == Kind::Space { libc::ENOSPC } else { libc::EIO };
        if *fails != Kind::Space {
            self.fault = None;
        }
        self.failed.push(path.to_owned());
        Some(errno)
    }
}

fn refuse(errno: c_int) -> c_int {
    // SAFETY: the place is this thread's own.
    unsafe { *libc::__errno_location() = errno };
    -1
}

fn put(fd: c_int, bytes: *const c_void, count: size_t, offset: Option<off_t>) -> ssize_t {
    // SAFETY: the caller's own arguments, and to the same call; no more bytes than he said.
    let write = |count: size_t| unsafe {
        match offset {
            Some(offset) => libc::syscall(libc::SYS_pwrite64, fd, bytes, count, offset) as ssize_t,
            None => libc::syscall(libc::SYS_write, fd, bytes, count) as ssize_t,
        }
    };
    let Some((path, state)) = watched_file(fd) else { return write(count) };
    let mut state = locked(&state);
    let is_first = state.failed.is_empty();
    let mut count = count;
    if let Some(errno) = state.meets(Kind::Write, &path) {
        return refuse(errno) as ssize_t;
    }
    if let Some(errno) = state.meets(Kind::Space, &path) {
        if !is_first || count < 2 {
            return refuse(errno) as ssize_t;
        }
        count /= 2;
    }
    // SAFETY: asks for the place in a file that is open.
    let place = |whence| unsafe { libc::lseek(fd, 0, whence) };
    // SAFETY: asks how the file was opened.
    let appends = unsafe { libc::fcntl(fd, libc::F_GETFL) } & libc::O_APPEND != 0;
    let at = match offset {
        Some(offset) => offset,
        None if appends => {
            let (before, end) = (place(libc::SEEK_CUR), place(libc::SEEK_END));
            // SAFETY: back to where it stood.
            unsafe { libc::lseek(fd, before, libc::SEEK_SET) };
            end
        }
        None => place(libc::SEEK_CUR),
    };
    let written = write(count);
    if let (Ok(written), Ok(at)) = (usize::try_from(written), u64::try_from(at)) {
        // SAFETY: the kernel has just read these.
        let bytes = unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), written) };
        state.ops.push(Op::Wrote(path, at, bytes.to_vec()));
    }
    written
}

fn sync(fd: c_int, call: libc::c_long) -> c_int {
    // SAFETY: the caller's own argument.
    let done = || unsafe { libc::syscall(call, fd) as c_int };
    let Some((path, state)) = watched_file(fd) else { return done() };
    let mut state = locked(&state);
    if let Some(errno) = state.meets(Kind::Sync, &path) {
        return refuse(errno);
    }
    // What the disk itself makes of it is not asked here.
    state.ops.push(Op::Synced(path));
    0
}

fn take(fd: c_int, read: impl FnOnce() -> ssize_t) -> ssize_t {
    let Some((path, state)) = watched_file(fd) else { return read() };
    let met = locked(&state).meets(Kind::Read, &path);
    met.map_or_else(read, |errno| refuse(errno) as ssize_t)
}

/// A change of names. `Space` where it needs some.
fn change(
    path: *const c_char,
    needs_space: bool,
    done: impl FnOnce() -> c_int,
    op: impl FnOnce(PathBuf) -> Op,
) -> c_int {
    let Some((path, state)) = watched_name(path) else { return done() };
    let mut state = locked(&state);
    let met =
        state.meets(Kind::Write, &path).or_else(|| needs_space.then(|| state.meets(Kind::Space, &path)).flatten());
    if let Some(errno) = met {
        return refuse(errno);
    }
    let answer = done();
    if answer >= 0 {
        state.ops.push(op(path));
    }
    answer
}

#[unsafe(no_mangle)]
extern "C" fn write(fd: c_int, bytes: *const c_void, count: size_t) -> ssize_t {
    put(fd, bytes, count, None)
}

#[unsafe(no_mangle)]
extern "C" fn pwrite64(fd: c_int, bytes: *const c_void, count: size_t, offset: off_t) -> ssize_t {
    put(fd, bytes, count, Some(offset))
}

#[unsafe(no_mangle)]
extern "C" fn fsync(fd: c_int) -> c_int {
    sync(fd, libc::SYS_fsync)
}

#[unsafe(no_mangle)]
extern "C" fn fdatasync(fd: c_int) -> c_int {
    sync(fd, libc::SYS_fdatasync)
}

#[unsafe(no_mangle)]
extern "C" fn read(fd: c_int, bytes: *mut c_void, count: size_t) -> ssize_t {
    // SAFETY: the caller's own arguments.
    take(fd, || unsafe { libc::syscall(libc::SYS_read, fd, bytes, count) as ssize_t })
}

#[unsafe(no_mangle)]
extern "C" fn pread64(fd: c_int, bytes: *mut c_void, count: size_t, offset: off_t) -> ssize_t {
    // SAFETY: the caller's own arguments.
    take(fd, || unsafe { libc::syscall(libc::SYS_pread64, fd, bytes, count, offset) as ssize_t })
}

#[unsafe(no_mangle)]
extern "C" fn ftruncate64(fd: c_int, length: off_t) -> c_int {
    // SAFETY: the caller's own arguments.
    let done = || unsafe { libc::syscall(libc::SYS_ftruncate, fd, length) as c_int };
    let Some((path, state)) = watched_file(fd) else { return done() };
    let mut state = locked(&state);
    if let Some(errno) = state.meets(Kind::Write, &path) {
        return refuse(errno);
    }
    let answer = done();
    if let (0, Ok(length)) = (answer, u64::try_from(length)) {
        state.ops.push(Op::Cut(path, length));
    }
    answer
}

/// The mode stands where a caller with more arguments puts it.
#[unsafe(no_mangle)]
extern "C" fn open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller's own arguments.
    let done = || unsafe { libc::syscall(libc::SYS_openat, libc::AT_FDCWD, path, flags, mode) as c_int };
    if flags & (libc::O_CREAT | libc::O_TRUNC) == 0 {
        return done();
    }
    // SAFETY: asks whether there is such a file.
    let is_there = unsafe { libc::access(path, libc::F_OK) } == 0;
    match (is_there, flags & libc::O_TRUNC != 0) {
        (true, false) => done(),
        (true, true) => change(path, false, done, |path| Op::Cut(path, 0)),
        (false, _) => change(path, true, done, Op::Made),
    }
}

#[unsafe(no_mangle)]
extern "C" fn mkdir(path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: the caller's own arguments.
    let done = || unsafe { libc::syscall(libc::SYS_mkdirat, libc::AT_FDCWD, path, mode) as c_int };
    change(path, true, done, Op::Folder)
}

#[unsafe(no_mangle)]
extern "C" fn unlink(path: *const c_char) -> c_int {
    // SAFETY: the caller's own arguments.
    let done = || unsafe { libc::syscall(libc::SYS_unlinkat, libc::AT_FDCWD, path, 0) as c_int };
    change(path, false, done, Op::Removed)
}

#[unsafe(no_mangle)]
extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
    // SAFETY: the caller's own arguments.
    let done = || unsafe { libc::syscall(libc::SYS_renameat2, libc::AT_FDCWD, from, libc::AT_FDCWD, to, 0) as c_int };
    let Some((new, _)) = watched_name(to) else { return done() };
    change(from, false, done, |old| Op::Renamed(old, new))
}
