use std::fmt;

/// A digest that recognises a finding again after unrelated edits.
///
/// FNV-1a, 64 bits, over length-delimited fields: the algorithm is fixed, so that digests
/// are the same on every machine and with every toolchain
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Fingerprint {
    /// Digest of `fields`. Each field's length goes in before it, so that
    /// `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of<'a>(fields: impl IntoIterator<Item = &'a str>) -> Self {
        let mut state = OFFSET_BASIS;
        let mut feed = |bytes: &[u8]| {
            for &byte in bytes {
                state = (state ^ u64::from(byte)).wrapping_mul(PRIME);
            }
        };
        for field in fields {
            feed(&(field.len() as u64).to_le_bytes());
            feed(field.as_bytes());
        }
        Self(state)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_delimited() {
        assert_ne!(Fingerprint::of(["ab", "c"]), Fingerprint::of(["a", "bc"]));
    }

    #[test]
    fn the_algorithm_never_changes() {
        assert_eq!(
            Fingerprint::of(["no-prisma", "spec.md"]).to_string(),
            Fingerprint::of(["no-prisma", "spec.md"]).to_string()
        );
        assert_eq!(Fingerprint::of([]).to_string(), "cbf29ce484222325");
    }
}
