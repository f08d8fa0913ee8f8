//! Models, migrations and route handlers.

/// A Prisma model, in a fence.
pub(super) fn prisma_model(section: usize, feature: usize) -> String {
    format!(
        "**Data Model:**\n\n```prisma\nmodel Loan{section}x{feature} {{\n  id        String   @id @default(cuid())\n  userId    String\n  \
        title     String\n  amount    Int\n  createdAt DateTime @default(now())\n  updatedAt DateTime @updatedAt\n\n  \
        @@map(\"{table}\")\n}}\n```\n\n**API Endpoints:**\n\n- `GET /api/{path}`: list\n- `POST /api/{path}`: add\n",
        table = table(section, feature),
        path = path(section, feature)
    )
}

fn table(section: usize, feature: usize) -> String {
    format!("loans_{section}_{feature}")
}

fn path(section: usize, feature: usize) -> String {
    format!("loans-{section}-{feature}")
}

/// A migration; a faulty one forgets row level security.
pub(super) fn migration(section: usize, feature: usize, faulty: bool) -> String {
    let table = table(section, feature);
    let security = if faulty { "" } else { &format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n") };
    format!(
        "CREATE TABLE {table} (\n  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n  user_id UUID NOT NULL REFERENCES \
        auth.users(id) ON DELETE CASCADE,\n  title TEXT NOT NULL CHECK (length(title) > 0),\n  amount INTEGER NOT NULL \
        DEFAULT 0,\n  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),\n  updated_at TIMESTAMPTZ NOT NULL DEFAULT \
        NOW()\n);\n\nCREATE INDEX {table}_user_id_idx ON {table} (user_id);\n\nCREATE TRIGGER {table}_touch BEFORE UPDATE ON {table}\n  FOR EACH ROW \
        EXECUTE FUNCTION moddatetime(updated_at);\n\n{security}\nCREATE POLICY \"own {table}\" ON {table}\n  FOR SELECT TO \
        authenticated USING (auth.uid() = user_id);\nCREATE POLICY \"add {table}\" ON {table}\n  FOR INSERT TO \
        authenticated WITH CHECK (auth.uid() = user_id);\n"
    )
}

/// The migration of a feature, in a fence.
pub(super) fn migration_fence(section: usize, feature: usize, faulty: bool) -> String {
    let file = format!("supabase/migrations/2025050509{section:03}{feature:03}_create_{}.sql", table(section, feature));
    format!("```sql\n-- Migration: {file}\n{}```\n\n", migration(section, feature, faulty))
}

/// The route of a feature, in a fence; a faulty one imports a forbidden package.
pub(super) fn route_fence(section: usize, feature: usize, faulty: bool) -> String {
    let (table, path) = (table(section, feature), path(section, feature));
    let import = if faulty { "import { PrismaClient } from '@prisma/client';\n" } else { "" };
    format!(
        "```typescript\n// File: src/app/api/{path}/route.ts\nimport {{ NextRequest, NextResponse }} from \
        'next/server';\nimport {{ createServerSupabaseClient, requireAuth }} from '@/lib/supabase-server';\n{import}\n\
        {get}\n{post}```\n\n",
        get = handler("GET", &format!("supabase.from('{table}').select('id, title, amount').order('created_at')")),
        post = handler(
            "POST",
            &format!(
                "supabase.from('{table}').insert({{ title: 'x', amount: 3, user_id: user.id }}).select().single()"
            )
        )
    )
}

/// The hook and the list of a feature, in a fence.
pub(super) fn view_fence(section: usize, feature: usize) -> String {
    let (table, path) = (table(section, feature), path(section, feature));
    format!(
        "```tsx\n// File: src/components/loans/{path}-list.tsx\n'use client';\n\nimport {{ useMutation, useQuery, \
        useQueryClient }} from '@tanstack/react-query';\nimport {{ Button }} from '@/components/ui/button';\nimport {{ \
        Card, CardContent, CardHeader, CardTitle }} from '@/components/ui/card';\n\ninterface Loan {{\n  id: string;\n  \
        title: string;\n  amount: number;\n}}\n\nexport function useLoans() {{\n  return useQuery({{\n    queryKey: \
        ['{table}'],\n    queryFn: async (): Promise<Loan[]> => {{\n      const response = await \
        fetch('/api/{path}');\n      if (!response.ok) throw new Error('The loans cannot be read');\n      const body = \
        await response.json();\n      return body.data;\n    }},\n  }});\n}}\n\nexport function LoanList() {{\n  \
        const queries = useQueryClient();\n  const {{ data: loans, isLoading }} = useLoans();\n  const add = \
        useMutation({{\n    mutationFn: async (title: string) => {{\n      await fetch('/api/{path}', {{ method: 'POST', \
        body: JSON.stringify({{ title }}) }});\n    }},\n    onSuccess: () => queries.invalidateQueries({{ queryKey: \
        ['{table}'] }}),\n  }});\n\n  if (isLoading || !loans) return <p>Reading…</p>;\n  return (\n    <Card>\n      \
        <CardHeader>\n        <CardTitle>Loans of shelf {feature}</CardTitle>\n      </CardHeader>\n      \
        <CardContent>\n        <ul>\n          {{loans.map((loan) => (\n            <li key={{loan.id}} \
        className=\"flex justify-between\">\n              {{loan.title}}: {{loan.amount}}\n            </li>\n          \
        ))}}\n        </ul>\n        <Button onClick={{() => add.mutate('Viola')}} disabled={{add.isPending}}>\n          \
        Add\n        </Button>\n      </CardContent>\n    </Card>\n  );\n}}\n```\n\n"
    )
}

fn handler(method: &str, query: &str) -> String {
    format!(
        "export async function {method}(request: NextRequest) {{\n  const {{ user, response }} = await \
        requireAuth(request);\n  if (response) return response;\n\n  const supabase = await \
        createServerSupabaseClient();\n  const {{ data, error }} = await {query};\n  if (error) {{\n    return \
        NextResponse.json({{ error: 'It did not work', details: error.message }}, {{ status: 500 }});\n  }}\n  return \
        NextResponse.json({{ success: true, data }});\n}}\n"
    )
}
