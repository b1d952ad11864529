//! How the application and its things are named: within the bounds of all that their objects are
//! called, and so that no two meet.

use super::{Generator, names};

/// Words that can't name a thing.
const RESERVED: &[&str] = &[
    "app", "config", "secret", "env", "target", "default", "internal",
];

/// Patterns of names that meet in no object, by their words in `naming`.
const NAMINGS: &[&[(&str, &str)]] = &[
    &[("service", "{tier}")],
    &[("image", "{app}-{tier}-x")],
    &[
        ("image", "{tier}"),
        ("config", "settings"),
        ("secret", "x"),
        ("tier_config", "{tier}-c"),
    ],
    &[
        ("workload", "{tier}"),
        ("service", "{app}-{tier}-svc"),
        ("label", "{tier}"),
        ("tier_config", "c-{tier}"),
        ("tier_secret", "{tier}-s"),
    ],
    &[
        ("workload", "{app}-{tier}-v3"),
        ("label", "l-{tier}-{app}"),
        ("secret", "keys-{app}"),
    ],
    &[
        ("workload", "{tier}-{tier}"),
        ("label", "{app}{app}-{tier}"),
        ("config", "{app}"),
    ],
    &[(
        "workload",
        "w1234567890123456789012345678901234567890-{tier}",
    )],
    &[(
        "service",
        "s12345678901234567890123456789012345678901234567890-{tier}",
    )],
];

impl Generator {
    pub(super) fn name_application(&mut self, is_large: bool) {
        if self.chance(35) {
            let naming = self.pick(NAMINGS).iter();
            self.plan.naming = naming.map(|(word, it)| (*word, (*it).to_owned())).collect();
        }
        self.plan.standard = self.chance(25);
        let most = if is_large || self.chance(80) { 12 } else { 50 };
        self.plan.app = loop {
            self.plan.app = names::name(&mut self.rng, most);
            let room = |word, most| self.plan.named(word, "abcde").len() <= most;
            if room("workload", 52) && room("service", 63) && room("label", 63) {
                break std::mem::take(&mut self.plan.app);
            }
            self.plan.app = String::new();
            if self.chance(30) {
                break "a".to_owned();
            }
        };
        let config = self.plan.named("config", "");
        let secret = self.plan.named("secret", "");
        self.take("ConfigMap", &config);
        self.take("Secret", &secret);
    }

    /// Names for a thing: its own, and what stands for it in those of its objects. They fit all
    /// that a thing may have, and meet no other's.
    pub(super) fn name_thing(
        &mut self,
        may_have_alias: bool,
        most: usize,
    ) -> (String, Option<String>) {
        loop {
            let stands = names::name(&mut self.rng, most);
            let fits = [
                ("workload", most),
                ("service", 56),
                ("label", 55),
                ("tier_config", 63),
                ("tier_secret", 63),
            ]
            .into_iter()
            .all(|(word, most)| self.plan.named(word, &stands).len() <= most);
            if !fits {
                continue;
            }
            let alias = may_have_alias && self.chance(10);
            let name = if alias {
                names::name(&mut self.rng, 52)
            } else {
                stands.clone()
            };
            if RESERVED.contains(&name.as_str()) || self.taken.contains(&("thing", name.clone())) {
                continue;
            }
            if self.take_objects(&stands) {
                self.take("thing", &name);
                return (name, alias.then_some(stands));
            }
        }
    }

    /// Takes the names of all objects that a thing may have.
    fn take_objects(&mut self, stands: &str) -> bool {
        let name = |word| self.plan.named(word, stands);
        let (workload, service, label) = (name("workload"), name("service"), name("label"));
        let wanted = [
            ("workload", workload.clone()),
            ("workload", format!("{workload}-migrate")),
            ("Service", service.clone()),
            ("Service", format!("{service}-public")),
            ("Service", format!("{service}-pods")),
            ("label", label.clone()),
            ("label", format!("{label}-migrate")),
            ("image", name("image")),
            ("ConfigMap", name("tier_config")),
            ("ConfigMap", format!("{workload}-files")),
            ("Secret", name("tier_secret")),
            ("claim", workload),
        ];
        let is_free = wanted.iter().all(|it| !self.taken.contains(it));
        if is_free {
            self.taken.extend(wanted);
        }
        is_free
    }

    pub(super) fn outside_name(&mut self) -> String {
        loop {
            let name = names::name(&mut self.rng, 63);
            if !RESERVED.contains(&name.as_str()) && self.take("thing", &name) {
                return name;
            }
        }
    }
}
