/// Units by their lower-case name: those of IEC 80000-13 count by 1024, those of SI by 1000.
const UNITS: [(&str, u64); 8] = [
    ("", 1),
    ("b", 1),
    ("kb", 1000),
    ("kib", 1 << 10),
    ("mb", 1_000_000),
    ("mib", 1 << 20),
    ("gb", 1_000_000_000),
    ("gib", 1 << 30),
];

/// Reads a size such as `64 MiB`, `500kB` or `1048576` in bytes; `None` when it is no size, or none that fits.
pub(super) fn bytes_of(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let unit = unit.trim_start().to_ascii_lowercase();
    let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
    number.parse::<u64>().ok()?.checked_mul(*factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_binary_and_decimal_units() {
        assert_eq!(bytes_of("64 MiB"), Some(64 << 20));
        assert_eq!(bytes_of(" 500kB "), Some(500_000));
        assert_eq!(bytes_of("12"), Some(12));
        assert_eq!(bytes_of("1 GiB"), Some(1 << 30));
    }

    #[test]
    fn what_is_no_size_is_none() {
        for text in
            ["", "MiB", "-1", "1.5 MiB", "1 MiB MiB", "6 TiB", "99999999999999999999", "18446744073709551615 GiB"]
        {
            assert_eq!(bytes_of(text), None, "{text}");
        }
    }
}
