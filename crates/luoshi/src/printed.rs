//! What is printed, where nobody may be reading on: `luoshi … | head`. The library's macros panic there; these end the program
//! quietly, as other tools end.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

/// As the library's, for all of this program.
macro_rules! println {
    () => { crate::printed::print(format_args!("\n")) };
    ($($said:tt)*) => { crate::printed::print(format_args!("{}\n", format_args!($($said)*))) };
}

/// As the library's, for all of this program.
macro_rules! print {
    ($($said:tt)*) => { crate::printed::print(format_args!($($said)*)) };
}

/// As the library's, for all of this program: where nobody reads what went wrong, the exit code still says it.
macro_rules! eprintln {
    ($($said:tt)*) => { crate::printed::tell(format_args!($($said)*)) };
}

/// That nobody reads on. It unwinds, so that what a command holds is let go.
struct Unread;

/// What a shell says of a program that was ended because nobody read on: 128 and the number of that signal.
const UNREAD: u8 = 141;

/// Prints to standard output.
pub fn print(said: Arguments<'_>) {
    match std::io::stdout().lock().write_fmt(said) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::panic::resume_unwind(Box::new(Unread)),
        Err(error) => panic!("standard output: {error}"),
    }
}

/// Prints a line to standard error.
pub fn tell(said: Arguments<'_>) {
    let _ = writeln!(std::io::stderr().lock(), "{said}");
}

/// Does something, and ends it quietly where nobody reads on.
pub fn unless_unread(act: impl FnOnce() -> ExitCode) -> ExitCode {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(act)) {
        Ok(code) => code,
        Err(cause) if cause.is::<Unread>() => ExitCode::from(UNREAD),
        Err(cause) => std::panic::resume_unwind(cause),
    }
}
