//! Room on the stack for parsers that recurse with the nesting of their input.

/// Bytes of stack that a parser may need within its limits. Only what is used is ever committed. Unoptimised frames are
/// larger.
const ROOM: usize = if cfg!(debug_assertions) { 1 << 30 } else { 256 << 20 };

/// A thread with a stack of so many bytes runs all parsers without a second stack.
pub const THREAD_STACK: usize = ROOM + (32 << 20);

/// Runs `work` with room for any text within the limits: on the stack of the current thread where that is large enough,
/// else on one of its own.
pub(super) fn with_room<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(ROOM, THREAD_STACK, work)
}
