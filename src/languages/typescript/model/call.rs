use super::{FunctionId, Name, Value, VariableId};
use crate::text::Span;

/// Index into [`Facts::calls`](super::Facts::calls).
pub type CallId = usize;

/// One chain of member accesses and calls, outermost first met: `await supabase.from('t').select()` is one call
/// of three links. Calls inside its arguments are calls of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// From the root to the last closing parenthesis, a leading `await` excluded.
    pub span: Span,
    /// The root and what follows it, in source order; at least one has arguments.
    pub links: Vec<Link>,
    /// What becomes of the value.
    pub binding: Binding,
    /// The innermost function around it.
    pub function: Option<FunctionId>,
    /// The call that built the value on which this chain goes on: `query` in `query = query.eq('a', b)`.
    pub continues: Option<CallId>,
}

/// One step of a call chain: the root `supabase`, `.from('t')`, `.storage`, or a plain call `f(x)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The identifier; `None` for a root that is no name and for a computed member.
    pub name: Option<Name>,
    /// The arguments, when it is called. A spread argument reads as [`ValueKind::Other`](super::ValueKind::Other).
    pub arguments: Option<Vec<Value>>,
    /// Whether `await` applies to the chain up to and including this link.
    pub awaited: bool,
    /// From the name to the closing parenthesis, or of the name alone.
    pub span: Span,
}

/// What becomes of a call's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Binding {
    /// Nothing: the call is a statement of its own.
    Ignored,
    /// It is returned (or is the body of an arrow function).
    Returned,
    /// It gets a name: `const result = …` or `result = …`.
    Name(Bound),
    /// It is taken apart: `const { data, error: failure } = …`.
    Pattern {
        /// The names in source order; a nested pattern gives one for each of its names.
        bound: Vec<Bound>,
        /// Whether a `...rest` takes what is not named.
        rest: bool,
    },
    /// It is part of a larger expression: an argument, an operand, an element.
    Passed,
    /// A token scan cannot tell.
    Unknown,
}

/// A name that a value, or one property of it, is bound to.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The property that is taken, for a name in a pattern; the outermost one in nested patterns.
    pub property: Option<Name>,
    /// The name in the code.
    pub local: Name,
    /// The variable, when the name resolves to a declaration of the text.
    pub variable: Option<VariableId>,
    /// Whether this declares the variable (`const x = `) or assigns to one that exists (`x = `).
    pub declares: bool,
}

/// One variable, parameter, function, class or import that the text declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Offsets at which it is declared; more than one when a fence shows several alternatives in one scope.
    pub declared: Vec<usize>,
    /// Where it is read, by offset.
    pub uses: Vec<Use>,
    /// Its initial value where that is a literal, an object or an array; later `name.key = …` add keys.
    pub value: Option<Value>,
    /// The function, when the name is a function declaration or holds a function expression.
    pub function: Option<FunctionId>,
    /// Whether it is assigned to after its declaration.
    pub reassigned: bool,
}

/// One place where a variable is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The identifier.
    pub span: Span,
    /// Whether it stands directly under `await`.
    pub awaited: bool,
    /// The property that is read of it: `error` in `result.error` or in `const { error } = result`.
    pub member: Option<Name>,
    /// What becomes of the value, where the variable is awaited as it is: `const { data } = await query`. Few have it, and
    /// it is larger than all the rest.
    pub binding: Option<Box<Binding>>,
}

impl Call {
    /// The identifier that the chain starts from.
    pub fn root(&self) -> Option<&Name> {
        self.links.first()?.name.as_ref()
    }

    /// Whether the value of the whole chain is awaited.
    pub fn awaited(&self) -> bool {
        self.links.last().is_some_and(|link| link.awaited)
    }

    /// The dotted path up to and including the first call: `NextResponse.json`, `requireAuth`, `supabase.from`.
    /// Empty when the root is no name.
    pub fn callee(&self) -> String {
        self.callee_names().collect::<Vec<_>>().join(".")
    }

    /// The names of which [`callee`](Self::callee) is made.
    pub fn callee_names(&self) -> impl DoubleEndedIterator<Item = &str> {
        let first = self.links.iter().position(|link| link.arguments.is_some() || link.name.is_none());
        let links = self.links.iter().take(first.map_or(self.links.len(), |first| first + 1));
        links.filter_map(|link| link.name.as_ref()).map(|name| name.text.as_str())
    }

    /// Whether [`callee`](Self::callee) is `path`.
    pub fn is_call_of(&self, path: &str) -> bool {
        self.callee_names().eq(path.split('.'))
    }

    /// The first link that is called: its arguments are those of [`callee`](Self::callee).
    pub fn first_called(&self) -> Option<&Link> {
        self.links.iter().find(|link| link.arguments.is_some())
    }

    /// Whether the chain starts with a plain call of `name`, as in `requireAuth(request)`.
    pub fn is_plain_call(&self, name: &str) -> bool {
        self.links.first().is_some_and(|link| link.arguments.is_some() && link.is_named(name))
    }

    /// The first called link of that name behind the root.
    pub fn method(&self, name: &str) -> Option<&Link> {
        self.methods().find(|link| link.is_named(name))
    }

    /// The called links behind the root.
    pub fn methods(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().skip(1).filter(|link| link.arguments.is_some())
    }
}

impl Link {
    /// Whether the link has this name.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.as_ref().is_some_and(|own| own.text == name)
    }

    /// The argument at `index`, from 0.
    pub fn argument(&self, index: usize) -> Option<&Value> {
        self.arguments.as_ref()?.get(index)
    }
}

impl Variable {
    /// Where the value that the variable holds from `offset` on may be read.
    ///
    /// A declaration's value ends at the next declaration of the same name in the same scope (fences that show
    /// alternatives do that). Of an assignment's value nothing is known about order, so every use counts.
    pub fn uses_of(&self, bound: &Bound) -> &[Use] {
        if !bound.declares {
            return &self.uses;
        }
        let from = self.uses.partition_point(|one| one.span.start < bound.local.span.end);
        let next = self.declared.partition_point(|&at| at < bound.local.span.end);
        let to = match self.declared.get(next) {
            Some(&end) => self.uses.partition_point(|one| one.span.start < end),
            None => self.uses.len(),
        };
        self.uses.get(from..to).unwrap_or_default()
    }
}
