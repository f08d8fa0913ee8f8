use std::cell::RefCell;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::ladder;
use crate::languages::typescript::model::Facts;

/// Stack of the thread that parses, in bytes. The parser recurses with the text's nesting and was measured to need
/// up to 1.5 KB for each byte of hostile text. Only what is used is ever committed. Unoptimised frames are larger.
const STACK: usize = if cfg!(debug_assertions) { 1 << 30 } else { 256 << 20 };

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// A companion thread with a large stack, kept for the texts to come. It ends with the thread that it serves.
struct Worker {
    texts: Sender<String>,
    facts: Receiver<Option<Facts>>,
}

/// The parser panicked and took its thread with it.
struct Gone;

impl Worker {
    fn start() -> Option<Self> {
        let (texts, inbox) = channel::<String>();
        let (outbox, facts) = channel();
        let run = move || {
            let mut climber = ladder::Ladder::default();
            while let Ok(text) = inbox.recv() {
                if outbox.send(climber.climb(&text)).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().name("typescript".into()).stack_size(STACK).spawn(run).ok()?;
        Some(Self { texts, facts })
    }

    fn climb(&self, text: &str) -> Result<Option<Facts>, Gone> {
        self.texts.send(text.to_owned()).map_err(|_| Gone)?;
        self.facts.recv().map_err(|_| Gone)
    }
}

/// Climbs the ladder on a large stack.
///
/// `None` when no rung gives a tree, when no thread can be had, or when the parser gave up on its thread.
pub(super) fn climb(text: &str) -> Option<Facts> {
    WORKER.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = Worker::start();
        }
        let facts = slot.as_ref()?.climb(text);
        if facts.is_err() {
            *slot = None;
        }
        facts.unwrap_or(None)
    })
}
