//! Rules about the file itself: its bytes, its fences, its suppressions.

pub(super) mod encoding;
mod fences;
mod removal;
pub(super) mod suppressions;

use super::Check;

pub(super) const CHECKS: [Check; 2] = [encoding::CHECK, fences::CHECK];
