//! The two streams: where the data goes, and where everything else goes.
//!
//! Gives the width to write for, the few styles there are, a progress bar that
//! only a person at a terminal sees, and one way to complain. Never writes a
//! colour into a pipe or a file, or where NO_COLOR is set.
//!
//! ```
//! assert!(verbale::terminal::WIDEST >= verbale::terminal::width());
//! ```

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Lines longer than this are hard to read, however wide the window is.
pub const WIDEST: usize = 100;
/// The width where nobody says otherwise.
const USUAL: usize = 80;
const NARROWEST: usize = 40;

/// Whether a person reads standard output.
pub fn is_watched() -> bool {
    io::stdout().is_terminal()
}

/// The columns to write for: the window's, within reason; 80 in a pipe.
pub fn width() -> usize {
    let window = terminal_size::terminal_size_of(io::stdout()).map_or(USUAL, |(width, _)| usize::from(width.0));
    window.clamp(NARROWEST, WIDEST)
}

/// Standard output, buffered, with colours taken out where they do not belong.
pub fn output() -> io::BufWriter<anstream::AutoStream<io::Stdout>> {
    io::BufWriter::with_capacity(1 << 16, anstream::stdout())
}

/// Says what went wrong, on standard error.
pub fn complain(message: &str) {
    let style = colour(AnsiColor::Red).bold();
    // Standard error may be closed; there is nobody left to tell.
    let _ = writeln!(anstream::stderr().lock(), "{style}verbale:{style:#} {message}");
}

/// Says something worth knowing that is no failure, on standard error.
pub fn note(message: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{message}");
}

/// Whether the reader of our output went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

pub const fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(colour)))
}

/// A bar over `bytes` of input on standard error; hidden unless a person sees
/// it and there is more than one article to wait for.
pub fn progress(bytes: u64, many: bool) -> ProgressBar {
    if !many || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}  {eta} left") {
        bar.set_style(style);
    }
    bar
}
