//! `job` and `cron`.

use todoc::catalog::Recipe;

use super::Generator;
use super::names;
use super::plan::Runs;
use super::text::Line;

const SCHEDULES: &[&str] = &[
    "0 3 * * *",
    "*/15 8-18/2 1,15 JAN-mar Mon-FRI",
    "5/20 ? ? * ?",
    "0 0 29 2 *",
    "0 0 31 2 mon",
    " 0  3 * * * ",
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
    "59 23 31 12 6",
    "0-59/59 * * * sun,sat",
];

/// Names of the IANA database, and UTC.
const ZONES: &[&str] = &[
    "Europe/Berlin",
    "UTC",
    "America/Argentina/Buenos_Aires",
    "Etc/GMT+12",
    "America/Port-au-Prince",
];

/// What a job can do without.
const SWITCHES: &[&str] = &["read_only_root", "service_account", "wait"];

impl Generator {
    /// A job or cron.
    pub(super) fn job(&mut self, at: usize) -> Line {
        let job = &self.plan.jobs[at];
        let (runs, cron, name) = (job.runs, job.cron, job.name.clone());
        let stands = job.alias.clone().unwrap_or(name.clone());
        let has_alias = job.alias.is_some();
        let mut lines = self.runs(runs, &[]);
        lines.extend(self.said_in_pods(&stands, has_alias));
        let serves = |recipe: &Recipe| recipe.plan.as_ref().is_some_and(|plan| plan.is_server);
        let must = match runs {
            Runs::Recipe(recipe) => serves(recipe),
            Runs::From(_) => true,
            Runs::Image | Runs::FromWithImage(_) => false,
        };
        if must || self.chance(40) {
            let words = self.words();
            lines.push(Line::new(format!("command {words}")));
        }
        for word in ["cpu", "memory", "disk"] {
            if self.chance(25) {
                let amount = if word == "cpu" {
                    names::cpu(&mut self.rng)
                } else {
                    names::memory(&mut self.rng)
                };
                lines.push(Line::new(format!("{word} {amount}")));
            }
        }
        for switch in SWITCHES {
            if self.chance(8) {
                lines.push(Line::new(format!("without {switch}")));
            }
        }
        lines.extend(self.job_storage(&stands));
        lines.extend(self.env(runs));
        lines.extend(self.job_patch(cron));
        self.rng.shuffle(&mut lines);
        let from = self.from(runs);
        if !cron {
            let before = self.plan.jobs[..at].iter();
            let before = before.filter(|job| !job.cron && !job.loner);
            let mut first: Vec<_> = before.map(|job| job.name.clone()).collect();
            first.extend(self.migrated_before(self.plan.tiers.len()));
            lines.extend(self.after(&first));
            return Line::block(format!("job {name}{from}"), lines);
        }
        let schedule = self.pick(SCHEDULES);
        let zone = if self.chance(40) {
            format!(" zone \"{}\"", self.pick(ZONES))
        } else {
            String::new()
        };
        Line::block(format!("cron {name} \"{schedule}\"{zone}{from}"), lines)
    }
}
