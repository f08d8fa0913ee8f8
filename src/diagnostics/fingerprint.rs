use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A digest that recognises a finding again after unrelated edits.
///
/// FNV-1a, 64 bits, over length-delimited fields: the algorithm is fixed, so that digests
/// are the same on every machine and with every toolchain
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
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

impl FromStr for Fingerprint {
    type Err = String;

    /// Reads the 16 lower-case hexadecimal digits that [`Fingerprint`] is shown as.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        let is_digest = text.len() == 16 && text.bytes().all(is_digit);
        let state = Some(text).filter(|_| is_digest).and_then(|text| u64::from_str_radix(text, 16).ok());
        state.map(Self).ok_or_else(|| "a digest has 16 lower-case hexadecimal digits".to_owned())
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
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
    fn a_digest_is_read_as_it_is_shown() {
        let digest = Fingerprint::of(["spec.md"]);
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for text in ["", "cbf29ce48422232", "CBF29CE484222325", "+bf29ce484222325", "cbf29ce4842223251"] {
            assert!(text.parse::<Fingerprint>().is_err(), "{text}");
        }
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
