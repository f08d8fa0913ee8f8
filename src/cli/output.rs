//! The one place that prints. Colours go out only where a terminal takes them, and all text has passed the sanitiser.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice as StreamChoice};
use clap::ColorChoice;

use crate::report::sanitise;

/// Standard output and standard error.
pub(super) struct Output {
    choice: StreamChoice,
}

impl Output {
    pub(super) fn new(color: ColorChoice) -> Self {
        let choice = match color {
            ColorChoice::Auto => StreamChoice::Auto,
            ColorChoice::Always => StreamChoice::Always,
            ColorChoice::Never => StreamChoice::Never,
        };
        Self { choice }
    }

    /// Whether standard output takes colours.
    pub(super) fn has_colour(&self) -> bool {
        AutoStream::new(io::stdout(), self.choice).current_choice() != StreamChoice::Never
    }

    /// Writes to standard output through `write`. A reader that has gone away (`| head`) is no error.
    pub(super) fn print(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut stream = AutoStream::new(io::stdout(), self.choice).lock();
        match write(&mut stream).and_then(|()| stream.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }

    /// Prints lines of text, such as a rule page, which may be one of the project's own.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        self.print(|out| {
            for line in text.split('\n') {
                writeln!(out, "{}", sanitise::line(&line.replace('\t', "    ")))?;
            }
            Ok(())
        })
    }

    /// Writes bytes to standard output as they are: text that a program reads, never a terminal.
    pub(super) fn raw(bytes: &[u8]) -> io::Result<()> {
        let mut stream = io::stdout().lock();
        match stream.write_all(bytes).and_then(|()| stream.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }

    /// Says something on standard error that is no trouble.
    pub(super) fn remark(&mut self, text: &str) {
        let mut stream = AutoStream::new(io::stderr(), self.choice).lock();
        // Nothing is left to be done where standard error is closed.
        let _ = writeln!(stream, "{}", sanitise::line(text));
    }

    /// Says on standard error what keeps the program from its work, one line for each.
    pub(super) fn error(&mut self, error: &anyhow::Error) {
        for line in format!("{error:#}").lines() {
            self.complain(line);
        }
    }

    /// Says on standard error what could not be checked.
    pub(super) fn complain(&mut self, text: &str) {
        let mut stream = AutoStream::new(io::stderr(), self.choice).lock();
        // Nothing is left to be done where standard error is closed.
        let _ = writeln!(stream, "speclint: {}", sanitise::line(text));
    }
}
