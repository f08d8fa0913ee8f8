/// Longest name of a bucket, so that the names of its policies fit as well.
const LONGEST: usize = 40;

/// The private bucket of what is called `name`: letters, digits and hyphens.
pub(in crate::scaffold) fn bucket(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    let name: String = name.chars().take(LONGEST).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "files".to_owned() } else { name.to_owned() }
}

/// The bucket, and policies that let each user into the folder that is named after the user's id.
pub(super) fn statements(bucket: &str) -> Vec<String> {
    let own = format!("bucket_id = '{bucket}' AND (storage.foldername(name))[1] = auth.uid()::text");
    vec![
        format!(
            "INSERT INTO storage.buckets (id, name, public) VALUES ('{bucket}', '{bucket}', false)\n  ON CONFLICT (id) DO NOTHING"
        ),
        format!(
            "CREATE POLICY \"Owners upload to {bucket}\" ON storage.objects\n  FOR INSERT TO authenticated\n  WITH CHECK ({own})"
        ),
        format!(
            "CREATE POLICY \"Owners read {bucket}\" ON storage.objects\n  FOR SELECT TO authenticated\n  USING ({own})"
        ),
        format!(
            "CREATE POLICY \"Owners delete from {bucket}\" ON storage.objects\n  FOR DELETE TO authenticated\n  USING ({own})"
        ),
    ]
}
