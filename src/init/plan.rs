//! What the text will say: the tiers, and what they need of each other.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Guess};
use super::databases::{self, Driver};
use super::variables::{self, ShownVariables};
use super::{Found, Sources, names, search};
use crate::catalog::databases::{ENGINES, Engine};
use crate::catalog::recipe;

/// How a tier is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TierForm {
    /// With its recipe.
    Recipe,
    /// With the folder's Dockerfile.
    Dockerfile,
    /// As a comment.
    Comment,
}

/// A variable of a tier.
#[derive(Debug, Clone)]
pub(super) struct DraftVariable {
    pub(super) name: String,
    /// What stands behind `=`; a shared secret has nothing there.
    pub(super) value: Option<String>,
    /// The tier or database that the value refers to.
    pub(super) of: Option<String>,
    pub(super) from: String,
}

/// What may become a tier.
#[derive(Debug, Clone)]
pub(super) struct TierDraft {
    pub(super) name: String,
    pub(super) found: Candidate,
    pub(super) form: TierForm,
    /// Whether nothing is written of it but what it is built by and its port.
    pub(super) bare: bool,
    /// The package manager, where it isn't the recipe's first.
    pub(super) packages: Option<String>,
    /// Whether its entry is one that the compiler offered.
    pub(super) tried_entry: bool,
    pub(super) health: Option<Guess<&'static str>>,
    pub(super) migrates: bool,
    /// The tiers and databases that it connects to, without a variable that says so.
    pub(super) needs: Vec<String>,
    pub(super) env: Vec<DraftVariable>,
    /// What browsers read, with the tier whose address it is.
    pub(super) public: Option<(Guess<String>, String)>,
    /// ShownVariables that somebody has to give a value, and the file that names them.
    pub(super) open: Vec<String>,
    pub(super) shown_by: String,
    /// Why it isn't what its recipe makes.
    pub(super) lacks: Option<String>,
}

/// A database.
#[derive(Debug, Clone)]
pub(super) struct DatabaseDraft {
    pub(super) engine: &'static Engine,
    pub(super) name: String,
    pub(super) from: String,
}

/// All of it.
#[derive(Debug, Clone)]
pub(super) struct FileDraft {
    pub(super) app: String,
    pub(super) tiers: Vec<TierDraft>,
    pub(super) databases: Vec<DatabaseDraft>,
}

impl FileDraft {
    /// Puts together what was found.
    pub(super) fn new(app: &str, found: Vec<Candidate>, sources: &dyn Sources) -> Self {
        let mut taken = BTreeSet::new();
        let mut plan = FileDraft {
            app: names::app(app),
            tiers: Vec::new(),
            databases: Vec::new(),
        };
        for found in found {
            let name = names::tier(&found, &mut taken);
            let tier = TierDraft::new(name, found, sources);
            plan.tiers.push(tier);
        }
        for at in 0..plan.tiers.len() {
            plan.connect(at, sources, &mut taken);
        }
        plan.introduce(sources);
        plan
    }

    /// Adds the databases of a tier, and its variables.
    fn connect(&mut self, at: usize, sources: &dyn Sources, taken: &mut BTreeSet<String>) {
        let Some(tier) = self.tiers.get_mut(at) else {
            return;
        };
        // Of what nginx serves nothing reads a variable.
        if matches!(tier.found.recipe, "vite" | "static") {
            return;
        }
        let variables = ShownVariables::of(sources, &tier.found.folder);
        let drivers = databases::drivers(&tier.found.packages);
        for driver in &drivers {
            let known = self
                .databases
                .iter()
                .find(|it| it.engine.word == driver.engine);
            let name = if let Some(known) = known {
                known.name.clone()
            } else {
                let Some(engine) = ENGINES.iter().find(|it| it.word == driver.engine) else {
                    continue;
                };
                let name = names::free(databases::usual(driver.engine).0, taken);
                self.databases.push(DatabaseDraft {
                    engine,
                    name: name.clone(),
                    from: format!("{} has {}", tier.name, driver.name()),
                });
                name
            };
            tier.uses(driver, &name, &variables);
        }
        tier.reads(&variables, &drivers);
    }

    /// Tells pages and their API of each other, where there is one API.
    fn introduce(&mut self, sources: &dyn Sources) {
        let is_server = |it: &&TierDraft| !it.found.is_page() && it.found.port.is_some();
        let mut servers = self
            .tiers
            .iter()
            .filter(is_server)
            .filter(|it| it.found.lacks.is_none());
        let (Some(api), None) = (servers.next(), servers.next()) else {
            return;
        };
        let api = api.name.clone();
        let mut page = None;
        for tier in self.tiers.iter_mut().filter(|it| it.found.is_page()) {
            let prefixes = recipe(tier.found.recipe).map_or(&[][..], |it| it.public_prefixes);
            let Some(prefix) = prefixes.first() else {
                continue;
            };
            let variables = ShownVariables::of(sources, &tier.found.folder);
            let is_public = |name: &str| prefixes.iter().any(|it| name.starts_with(it));
            let shown = variables.find(|name| is_public(name) && search::is_api_url(name));
            let shown = shown.map(|name| Guess::new(name.to_owned(), &*variables.file));
            let read = || search::public_url(sources, &tier.found.folder, prefixes);
            let usual = || Guess::new(format!("{prefix}API_URL"), "a usual name");
            let variable = shown.or_else(read).unwrap_or_else(usual);
            tier.public = Some((variable, api.clone()));
            if tier.found.recipe == "nextjs" {
                tier.needs.push(api.clone());
            }
            page.get_or_insert_with(|| tier.name.clone());
        }
        let Some((page, api)) = page.zip(self.tiers.iter_mut().find(|it| it.name == api)) else {
            return;
        };
        let is_list = |name: &String| name.contains("ORIGIN") && !name.contains("ORIGINAL");
        let shown = api
            .open
            .iter()
            .position(is_list)
            .map(|at| api.open.remove(at));
        let from = match &shown {
            Some(_) => api.shown_by.clone(),
            None => "a usual name; whose pages may call it".to_owned(),
        };
        api.env.push(DraftVariable {
            name: shown.unwrap_or_else(|| "CORS_ORIGINS".to_owned()),
            value: Some(format!("[{page}.origin]")),
            of: Some(page),
            from,
        });
    }

    /// The databases that a tier uses which isn't a comment.
    pub(super) fn databases(&self) -> impl Iterator<Item = &DatabaseDraft> {
        self.databases.iter().filter(|database| {
            let mut tiers = self
                .tiers
                .iter()
                .filter(|it| it.form != TierForm::Comment && !it.bare);
            tiers.any(|tier| {
                let mut env = tier.env.iter();
                tier.needs.contains(&database.name)
                    || env.any(|it| it.of.as_ref() == Some(&database.name))
            })
        })
    }

    pub(super) fn databases_shown(&self) -> Vec<(&'static str, String)> {
        self.databases()
            .map(|it| (it.engine.word, it.name.clone()))
            .collect()
    }

    /// Whether a name stands for something in the text that isn't a comment.
    pub(super) fn is_there(&self, name: &str) -> bool {
        self.tiers
            .iter()
            .any(|it| it.name == name && it.form != TierForm::Comment)
            || self.databases.iter().any(|it| it.name == name)
    }
}

impl TierDraft {
    fn new(name: String, found: Candidate, sources: &dyn Sources) -> Self {
        let form = match (&found.lacks, found.dockerfile) {
            (None, _) => TierForm::Recipe,
            (Some(_), true) => TierForm::Dockerfile,
            (Some(_), false) => TierForm::Comment,
        };
        let health = match found.recipe {
            "vite" | "static" => None,
            "nextjs" => Some(Guess::new("/", "the first page")),
            _ => search::health(sources, &found.folder),
        };
        TierDraft {
            name,
            form,
            bare: false,
            packages: None,
            tried_entry: false,
            health,
            migrates: false,
            needs: Vec::new(),
            env: Vec::new(),
            public: None,
            open: Vec::new(),
            shown_by: String::new(),
            lacks: found.lacks.clone(),
            found,
        }
    }

    /// Connects it to a database.
    fn uses(&mut self, driver: &Driver, name: &str, variables: &ShownVariables) {
        self.migrates |= self.found.recipe == "django" && driver.engine != "redis";
        if !driver.takes_url {
            self.needs.push(name.to_owned());
            return;
        }
        let usual = databases::usual(driver.engine).1;
        let is_url = |it: &str| it.ends_with("_URL") && variables::is_of(driver.engine, it);
        let variable = variables.find(is_url);
        let url = match driver.scheme(&self.found.packages) {
            Some(scheme) => format!("{name}.url(\"{scheme}\")"),
            None => format!("{name}.url"),
        };
        self.env.push(DraftVariable {
            name: variable.unwrap_or(usual).to_owned(),
            value: Some(url),
            of: Some(name.to_owned()),
            from: match variable {
                Some(_) => variables.file.clone(),
                None => "a usual name".to_owned(),
            },
        });
    }

    /// Takes in the variables that a file shows.
    fn reads(&mut self, variables: &ShownVariables, drivers: &[&Driver]) {
        let prefixes = recipe(self.found.recipe).map_or(&[][..], |it| it.public_prefixes);
        for name in &variables.names {
            let is_known = self.env.iter().any(|it| it.name == *name)
                || drivers.iter().any(|it| variables::is_of(it.engine, name))
                || prefixes.iter().any(|it| name.starts_with(it))
                || ["PORT", "HOST", "NODE_ENV"].contains(&name.as_str());
            if is_known {
                continue;
            }
            if variables::is_secret(name) {
                self.env.push(DraftVariable {
                    name: name.clone(),
                    value: None,
                    of: None,
                    from: variables.file.clone(),
                });
            } else {
                self.open.push(name.clone());
            }
        }
        self.shown_by.clone_from(&variables.file);
    }

    /// What is told of it.
    pub(super) fn found(&self) -> Found {
        Found {
            name: self.name.clone(),
            context: self.found.context(),
            recipe: match self.form {
                TierForm::Dockerfile => "dockerfile",
                TierForm::Recipe | TierForm::Comment => self.found.recipe,
            },
            why: self.found.why.clone(),
            lacks: self
                .lacks
                .clone()
                .filter(|_| self.form == TierForm::Comment),
        }
    }
}
