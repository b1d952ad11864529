//! The variables of one container: each has one value, and whoever sets it first has its name.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::check::findings::Findings;
use crate::check::names::content::Composed;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::ir::{Piece, SecretRef, Text, Value, Variable};
use crate::source::Span;
use crate::syntax::ast::Name;

/// Variables in order, and who has taken their names. A name may be taken without a variable: what
/// comes with a whole ConfigMap or Secret isn't listed one by one.
#[derive(Debug, Default)]
pub(in crate::check) struct Variables {
    list: Vec<Variable>,
    taken: IndexMap<String, Taken>,
}

/// Who has taken a variable's name.
#[derive(Debug, Clone, Copy)]
enum Taken {
    /// The recipe, whose server needs it.
    Recipe,
    /// A statement.
    Said(Span),
    /// A statement whose word counts less: of the tier that this one is taken from, or of all
    /// secrets.
    Inherited(Span),
    /// A URL, which is put together from a password in this variable.
    Url(Span),
}

impl Variables {
    /// What a recipe's server needs.
    pub(in crate::check) fn of_recipe(variables: &[(String, String)], origin: Span) -> Self {
        let mut all = Variables::default();
        for (name, value) in variables {
            all.taken.insert(name.clone(), Taken::Recipe);
            all.push(name, Value::Text(Text::literal(value, origin)), origin);
        }
        all
    }

    /// Adds, before all others, what a recipe's server wants to know, but for what is said.
    pub(in crate::check) fn add_unsaid(&mut self, variables: &[(String, String)], origin: Span) {
        let unsaid = variables
            .iter()
            .filter(|(name, _)| !self.taken.contains_key(name));
        let unsaid = unsaid.map(|(name, value)| Variable {
            name: name.clone(),
            value: Value::Text(Text::literal(value, origin)),
            origin,
        });
        self.list.splice(0..0, unsaid);
    }

    /// Takes over the variables that statements of another tier set, whose words count less, where no
    /// name is taken yet but by the recipe.
    pub(in crate::check) fn inherit(&mut self, base: &Variables) {
        let mut names = BTreeSet::new();
        for (name, taken) in &base.taken {
            let taken = match *taken {
                Taken::Recipe => continue,
                Taken::Said(place) => Taken::Inherited(place),
                taken @ (Taken::Inherited(_) | Taken::Url(_)) => taken,
            };
            if let Entry::Vacant(free) = self.taken.entry(name.clone()) {
                free.insert(taken);
                names.insert(name.as_str());
            }
        }
        let theirs = base.list.iter();
        let theirs = theirs.filter(|variable| names.contains(variable.name.as_str()));
        self.list.extend(theirs.cloned());
    }

    /// Adds a variable whose name has been taken.
    pub(in crate::check) fn push(&mut self, name: &str, value: Value, origin: Span) {
        self.list.push(Variable {
            name: name.to_owned(),
            value,
            origin,
        });
    }

    /// Adds a variable that comes with all others of a Secret: whoever sets one of its name wins, be
    /// it before or behind, as it would over the Secret as a whole.
    pub(in crate::check) fn spread(&mut self, name: &str, value: Value, origin: Span) {
        if !self.taken.contains_key(name) {
            self.taken.insert(name.to_owned(), Taken::Inherited(origin));
            self.push(name, value, origin);
        }
    }

    /// Takes a name; false, with a complaint, where it is taken. `whole` is the statement that sets it.
    pub(in crate::check) fn take(
        &mut self,
        name: &Name,
        whole: Span,
        found: &mut Findings,
    ) -> bool {
        let (name, place) = (&name.value, name.span);
        let Some(taken) = self.taken.get(name).copied() else {
            self.taken.insert(name.clone(), Taken::Said(place));
            return true;
        };
        if matches!(taken, Taken::Inherited(_)) && !self.is_in_a_url(name) {
            self.list.retain(|variable| variable.name != *name);
            self.taken.insert(name.clone(), Taken::Said(place));
            return true;
        }
        let fault = |message| Diagnostic::new(Code::VariableTaken, place, message);
        found.push(match taken {
            Taken::Said(first) => fault(format!("the variable `{name}` is set twice"))
                .label("the second time")
                .also(first, "set here first")
                .edit(
                    Applicability::Maybe,
                    "keep one of the two",
                    Edit::delete(whole),
                ),
            Taken::Recipe => fault(format!("the recipe sets the variable `{name}` itself")).edit(
                Applicability::Maybe,
                "leave it out: the server needs the recipe's value",
                Edit::delete(whole),
            ),
            Taken::Url(url) => fault(format!("the variable `{name}` holds a URL's password"))
                .also(url, "this URL takes its password from it")
                .help("choose another name for this variable, or for the secret"),
            Taken::Inherited(first) => {
                fault(format!("the variable `{name}` holds a URL's password"))
                    .also(first, "set here, for the URL")
                    .help("choose another name for this variable")
            }
        });
        false
    }

    /// Takes the variable with a URL's password, which stands before the URL: only then it can be
    /// part of it. False, with a complaint, where something else has the name.
    pub(in crate::check) fn take_password(
        &mut self,
        composed: &Composed,
        url: Span,
        found: &mut Findings,
    ) -> bool {
        let Composed {
            variable, password, ..
        } = composed;
        if self.holds(variable, password) {
            return true;
        }
        let Some(taken) = self.taken.get(variable).copied() else {
            self.taken.insert(variable.clone(), Taken::Url(url));
            self.push(variable, Value::Secret(password.clone()), url);
            return true;
        };
        let message =
            format!("this URL takes its password from `{variable}`, which holds something else");
        let diagnostic = Diagnostic::new(Code::VariableTaken, url, message);
        let diagnostic = match taken {
            Taken::Said(first) | Taken::Inherited(first) | Taken::Url(first) => {
                diagnostic.also(first, "set here")
            }
            Taken::Recipe => diagnostic.label("the recipe sets the variable"),
        };
        found.push(diagnostic.help("choose another name for the variable, or for the secret"));
        false
    }

    /// Whether this very variable is there, brought by a URL or inherited, and a statement now says
    /// it as well.
    pub(in crate::check) fn claim(&mut self, name: &Name, password: &SecretRef) -> bool {
        let taken = self.taken.get(&name.value);
        let is_there = matches!(taken, Some(Taken::Url(_) | Taken::Inherited(_)))
            && self.holds(&name.value, password);
        if is_there {
            self.taken
                .insert(name.value.clone(), Taken::Said(name.span));
        }
        is_there
    }

    /// Whether the recipe sets a variable, and to this very value.
    pub(in crate::check) fn is_the_recipes(&self, name: &Name, said: &Text) -> bool {
        let is_it = |variable: &Variable| {
            variable.name == name.value
                && matches!(&variable.value, Value::Text(text) if text.joined() == said.joined())
        };
        matches!(self.taken.get(&name.value), Some(Taken::Recipe)) && self.list.iter().any(is_it)
    }

    fn holds(&self, name: &str, secret: &SecretRef) -> bool {
        self.list.iter().any(|variable| {
            variable.name == name
                && matches!(&variable.value, Value::Secret(held) if held == secret)
        })
    }

    /// Whether a URL takes its password from this variable.
    fn is_in_a_url(&self, name: &str) -> bool {
        let is_it =
            |piece: &Piece| matches!(piece, Piece::Secret { variable, .. } if variable == name);
        self.list.iter().any(|variable| {
            matches!(&variable.value, Value::Composed(pieces) if pieces.iter().any(is_it))
        })
    }

    /// All of them, in order.
    pub(in crate::check) fn list(&self) -> &[Variable] {
        &self.list
    }

    /// All of them, in order.
    pub(in crate::check) fn into_list(self) -> Vec<Variable> {
        self.list
    }
}
