//! The parser's errors, without its validation where that can have nothing to say.
//!
//! `Parse::errors` walks the whole tree and tries each node as some sixty kinds in turn, which takes longer than the
//! parsing itself. Each of its checks is about nodes of one kind. So a tree in which no node could fail the check of its
//! kind has the parser's own errors only.

use squawk_parser::SyntaxKind;
use squawk_syntax::SourceFile;
use squawk_syntax::syntax_error::SyntaxError;

use super::syntax::{child, children, has_child, has_token, is_type};
use super::tree::{Node, Token, Tree};

/// The first error in the text of `tree`.
pub(super) fn first_error(tree: &Tree<'_>) -> Option<SyntaxError> {
    if !tree.has_errors() && !may_object(tree.root()) {
        return None;
    }
    SourceFile::parse(tree.text()).errors().into_iter().next()
}

/// Whether validation may object to something in the tree under `root`: where in doubt, it may.
///
/// This follows `validate` of the parser's version that `Cargo.toml` pins, kind by kind. For forms that are common, it
/// says which ones of them are beyond doubt; all others are doubtful.
fn may_object(root: Node<'_>) -> bool {
    root.tokens().any(escapes) || root.descendants().any(is_doubtful)
}

/// A Unicode escape, or the word that goes with one.
fn escapes(token: Token<'_>) -> bool {
    match token.kind() {
        SyntaxKind::UNICODE_ESC_STRING | SyntaxKind::UESCAPE_KW => true,
        SyntaxKind::IDENT => token.text().starts_with(['u', 'U']) && token.text().contains('&'),
        _ => false,
    }
}

fn is_doubtful(node: Node<'_>) -> bool {
    match node.kind() {
        SyntaxKind::SOURCE_FILE => node.children().count() > 1,
        SyntaxKind::NAME_REF | SyntaxKind::TABLE_NAME => node.tokens().next().is_some_and(is_type_or_function_word),
        SyntaxKind::LITERAL => {
            node.own_tokens().count() != 1 || node.own_tokens().any(|token| token.kind() == SyntaxKind::DEFAULT_KW)
        }
        SyntaxKind::COLUMN => !node.children().any(|child| is_type(child.kind())),
        kind if is_type(kind) => {
            child(node, SyntaxKind::ARG_LIST).is_some_and(|list| !list.children().all(is_whole_number))
        }
        SyntaxKind::BIN_EXPR => compares_with_list(node) && !ends_with_list(node),
        SyntaxKind::PREFIX_EXPR => has_child(node, SyntaxKind::CUSTOM_OP),
        SyntaxKind::CUSTOM_OP => node.span().len() > LONGEST_OPERATOR,
        SyntaxKind::ARRAY_EXPR => !has_token(node, SyntaxKind::ARRAY_KW) || has_token(node, SyntaxKind::L_PAREN),
        SyntaxKind::TUPLE_EXPR => has_child(node, SyntaxKind::SELECT),
        SyntaxKind::CALL_EXPR => {
            // `EXISTS (…)` is the only one of the forms without a name that stands anywhere.
            !has_child(node, SyntaxKind::EXISTS_FN)
                && node.tokens().next().is_none_or(|first| first.kind() != SyntaxKind::IDENT)
        }
        SyntaxKind::SELECT => {
            let clause = node.children().next().filter(|first| first.kind() == SyntaxKind::SELECT_CLAUSE);
            clause.is_none_or(|clause| !has_child(clause, SyntaxKind::TARGET_LIST))
        }
        SyntaxKind::SELECT_CLAUSE => !has_child(node, SyntaxKind::TARGET_LIST),
        SyntaxKind::RELATION_FROM_ITEM => has_token(node, SyntaxKind::LATERAL_KW),
        SyntaxKind::FUNCTION_FROM_ITEM => has_token(node, SyntaxKind::ONLY_KW),
        SyntaxKind::JOIN_EXPR => !children(node, SyntaxKind::JOIN)
            .all(|join| has_child(join, SyntaxKind::ON_CLAUSE) && !has_child(join, SyntaxKind::JOIN_USING_CLAUSE)),
        SyntaxKind::DO => node.children().count() > 1,
        kind => is_rare_and_validated(kind),
    }
}

/// Kinds that validation looks at and that are too rare here to be looked at more closely.
fn is_rare_and_validated(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        SyntaxKind::AGGREGATE
            | SyntaxKind::ATOMIC_BODY
            | SyntaxKind::CREATE_AGGREGATE
            | SyntaxKind::CREATE_FUNCTION
            | SyntaxKind::CREATE_PROCEDURE
            | SyntaxKind::DISTINCT_ON
            | SyntaxKind::EXCEPT_TABLE_CLAUSE
            | SyntaxKind::FUNC_OPTION_LIST
            | SyntaxKind::FUNCTION_SIG
            | SyntaxKind::JSON_ARRAY_FN
            | SyntaxKind::JSON_OBJECT_FN
            | SyntaxKind::NON_STANDARD_PARAM
            | SyntaxKind::PAREN_FROM_ITEM
            | SyntaxKind::PARTITION_FOR_VALUES_WITH
            | SyntaxKind::PERCENT_TYPE
            | SyntaxKind::PLPGSQL_BLOCK
            | SyntaxKind::PLPGSQL_CASE_STMT
            | SyntaxKind::PLPGSQL_CASE_WHEN
            | SyntaxKind::PLPGSQL_COMP_OPTION_PRINT_STRICT_PARAMS
            | SyntaxKind::PLPGSQL_ELSIF_CLAUSE
            | SyntaxKind::PLPGSQL_FETCH_STMT
            | SyntaxKind::PLPGSQL_FOR_CURSOR_STMT
            | SyntaxKind::PLPGSQL_FOR_I_STMT
            | SyntaxKind::PLPGSQL_FOR_QUERY_STMT
            | SyntaxKind::PLPGSQL_IF_STMT
            | SyntaxKind::PLPGSQL_PERCENT_ROWTYPE
            | SyntaxKind::PROCEDURE_SIG
            | SyntaxKind::ROUTINE_SIG
            | SyntaxKind::RULE_STMT_LIST
            | SyntaxKind::SELECT_INTO
            | SyntaxKind::SET_COLUMN_LIST
            | SyntaxKind::SET_SINGLE_COLUMN
            | SyntaxKind::STORAGE_MODE
            | SyntaxKind::TO_CONFIG_VALUE
    )
}

/// Longest operator in bytes.
const LONGEST_OPERATOR: usize = 63;

/// Words that name a type or a function and nothing else.
fn is_type_or_function_word(token: Token<'_>) -> bool {
    matches!(
        token.kind(),
        SyntaxKind::AUTHORIZATION_KW
            | SyntaxKind::BINARY_KW
            | SyntaxKind::COLLATION_KW
            | SyntaxKind::CONCURRENTLY_KW
            | SyntaxKind::CROSS_KW
            | SyntaxKind::CURRENT_SCHEMA_KW
            | SyntaxKind::FREEZE_KW
            | SyntaxKind::FULL_KW
            | SyntaxKind::ILIKE_KW
            | SyntaxKind::INNER_KW
            | SyntaxKind::IS_KW
            | SyntaxKind::ISNULL_KW
            | SyntaxKind::JOIN_KW
            | SyntaxKind::LEFT_KW
            | SyntaxKind::LIKE_KW
            | SyntaxKind::NATURAL_KW
            | SyntaxKind::NOTNULL_KW
            | SyntaxKind::OUTER_KW
            | SyntaxKind::OVERLAPS_KW
            | SyntaxKind::RIGHT_KW
            | SyntaxKind::SIMILAR_KW
            | SyntaxKind::TABLESAMPLE_KW
            | SyntaxKind::VERBOSE_KW
    )
}

/// Whether an argument is a number, as in `varchar(20)`.
fn is_whole_number(argument: Node<'_>) -> bool {
    let mut values = argument.children();
    let number = values.next().filter(|value| value.kind() == SyntaxKind::LITERAL && values.next().is_none());
    argument.kind() == SyntaxKind::ARG
        && argument.own_tokens().next().is_none()
        && number.is_some_and(|number| has_token(number, SyntaxKind::INT_NUMBER))
}

/// Whether a binary expression may be `IN`, `NOT IN` or `OVERLAPS`.
fn compares_with_list(node: Node<'_>) -> bool {
    has_child(node, SyntaxKind::NOT_IN)
        || node.own_tokens().any(|token| matches!(token.kind(), SyntaxKind::IN_KW | SyntaxKind::OVERLAPS_KW))
}

/// Whether the right side of a binary expression is a list behind `IN` that holds at least a constant or a name.
fn ends_with_list(node: Node<'_>) -> bool {
    let mut sides = node.children().filter(|side| side.kind() != SyntaxKind::NOT_IN);
    let (_, right) = (sides.next(), sides.next());
    let plain = |value: Node<'_>| matches!(value.kind(), SyntaxKind::LITERAL | SyntaxKind::NAME_REF);
    let list = right.filter(|right| right.kind() == SyntaxKind::TUPLE_EXPR && !has_token(*right, SyntaxKind::ROW_KW));
    list.is_some_and(|list| list.children().next().is_some_and(plain))
        && sides.next().is_none()
        && !has_token(node, SyntaxKind::OVERLAPS_KW)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Statements whose parts are put together anew.
    const STATEMENTS: &[&str] = &[
        "CREATE TABLE IF NOT EXISTS farm . cows ( id uuid PRIMARY KEY DEFAULT gen_random_uuid ( ) , tag varchar ( 20 ) [] \
         NOT NULL , barn int REFERENCES barns ( id ) , price numeric ( 10 , 2 ) CHECK ( price > 0 ) , UNIQUE ( tag , id ) )",
        "CREATE TABLE herd PARTITION OF cows FOR VALUES WITH ( modulus 4 , remainder 1 )",
        "ALTER TABLE cows ADD COLUMN kind text DEFAULT 'cow' CHECK ( kind IN ( 'cow' , 'bull' ) ) , ALTER COLUMN tag SET \
         STORAGE plain",
        "CREATE POLICY p ON cows FOR UPDATE TO authenticated USING ( ( SELECT auth . uid ( ) ) = owner ) WITH CHECK ( \
         EXISTS ( SELECT 1 FROM barns b JOIN farms f ON f . id = b . farm WHERE b . id = barn AND name NOT IN ( a , b ) ) )",
        "CREATE INDEX CONCURRENTLY i ON cows USING gin ( lower ( tag ) , ( data ->> 'name' ) ) WHERE NOT gone",
        "CREATE TRIGGER t BEFORE INSERT OR UPDATE ON cows FOR EACH ROW EXECUTE FUNCTION touch ( )",
        "CREATE FUNCTION f ( a int , VARIADIC b text [] ) RETURNS TABLE ( c int ) AS $$ $$ LANGUAGE sql SECURITY DEFINER",
        "CREATE VIEW v AS SELECT DISTINCT a , count ( * ) FROM ONLY cows , LATERAL f ( 1 ) g CROSS JOIN barns USING ( id )",
        "SELECT ARRAY [ 1 , 2 ] , ( 1 , 2 ) OVERLAPS ( 3 , 4 ) , coalesce ( a , - b ) , x = ANY ( ys ) UNION SELECT @ 1",
        "SELECT a INTO b FROM ( SELECT 1 ) c WHERE json_object ( 'a' : 1 ) IS NOT NULL GROUP BY 1 ORDER BY left ( a , 1 )",
        "INSERT INTO cows ( id , tag ) VALUES ( DEFAULT , U&'\\0061' ) , ( 1 , 'a' ) ON CONFLICT DO NOTHING",
        "UPDATE cows SET tag = DEFAULT , ( a , b ) = ( 1 , 2 ) WHERE U&\"t\\0061g\" UESCAPE '!' LIKE '%'",
        "SET LOCAL search_path TO public , auth",
        "DO $$ $$ LANGUAGE plpgsql",
        "COMMENT ON FUNCTION f ( int DEFAULT 1 ) IS 'a' 'b'",
    ];

    /// Parts of all statements, to be put where they do not belong.
    fn parts() -> Vec<&'static str> {
        STATEMENTS.iter().flat_map(|statement| statement.split(' ')).collect()
    }

    /// What `Parse::errors` says of `text`, and what is made of it here.
    fn assert_same(text: &str) {
        let tree = Tree::of_sql(text);
        let all = SourceFile::parse(text).errors();
        assert_eq!(first_error(&tree).as_ref(), all.first(), "{text}");
        assert!(!tree.has_errors() || !all.is_empty(), "{text}");
    }

    #[test]
    fn ordinary_statements_are_beyond_doubt() {
        for text in [STATEMENTS[0], STATEMENTS[3]] {
            let tree = Tree::of_sql(text);
            assert!(!tree.has_errors() && !may_object(tree.root()), "{text}");
        }
    }

    #[test]
    fn every_word_and_form_gets_the_errors_that_it_deserves() {
        for kind in (0..SyntaxKind::__LAST as u16).map(SyntaxKind::from) {
            let name = format!("{kind:?}");
            let Some(word) = name.strip_suffix("_KW") else { continue };
            assert_same(&format!("SELECT {word}"));
            assert_same(&format!("SELECT {word}()"));
            assert_same(&format!("SELECT a.{word}(1, 2) FROM {word} WHERE {word} IN (1)"));
            assert_same(&format!("CREATE TABLE {word} ({word} {word})"));
        }
        for text in ["a IN ()", "a NOT IN b", "[1]", "ARRAY(1)", "(1, SELECT 2)", "@", "'a' 'b'", "ANY(a)", "~~~~~~~~1"]
        {
            assert_same(&format!("SELECT {text}"));
        }
        assert_same(&format!("SELECT 1 {} 2", "~".repeat(64)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn nothing_is_missed(
            statement in prop::sample::select(STATEMENTS),
            changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(parts()), 0..3usize), 0..3),
        ) {
            let mut words: Vec<&str> = statement.split(' ').collect();
            for (place, part, change) in changes {
                let at = place.index(words.len());
                match change {
                    0 => words.insert(at, part),
                    1 => words[at] = part,
                    _ => words[at] = "",
                }
            }
            assert_same(&words.join(" "));
        }
    }
}
