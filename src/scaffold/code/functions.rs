//! Edge Functions for what the original queued.

use super::{File, kebab, text};
use crate::scaffold::draft::marker;
use crate::scaffold::tables::Table;

/// The function of a place that is called `name`; `table` holds the rows that it works on, where that is known.
pub(in crate::scaffold) fn edge_function(name: &str, table: Option<&Table>) -> File {
    let folder = kebab(name);
    let folder = if folder.is_empty() { "background-work" } else { &folder };
    let open = |what: &str| format!("  // {}", marker(what));
    let lines = match table {
        Some(table) => [
            "import { createClient } from 'npm:@supabase/supabase-js@2';",
            "",
            "Deno.serve(async () => {",
            "  const supabase = createClient(Deno.env.get('SUPABASE_URL')!, Deno.env.get('SUPABASE_SERVICE_ROLE_KEY')!);",
            &open("which rows are due, and what is done with each"),
            &format!("  const {{ data, error }} = await supabase.from({}).select('*').limit(100);", text(&table.name)),
            "  if (error) {",
            "    return new Response(JSON.stringify({ error: 'Work not read', details: error.message }), { status: 500 });",
            "  }",
            "",
            "  return new Response(JSON.stringify({ success: true, data: { done: data.length } }), { status: 200 });",
            "});",
        ]
        .map(str::to_owned)
        .to_vec(),
        None => [
            "Deno.serve(async () => {",
            &open("the work, and the rows that say what is due"),
            "  return new Response(JSON.stringify({ success: true, data: null }), { status: 200 });",
            "});",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    File::new(format!("supabase/functions/{folder}/index.ts"), &lines)
}
