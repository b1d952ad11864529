//! `job` and `cron`.

use super::tier::tier;
use crate::diag::Bag;
use crate::syntax::ast::{Cron, Job};
use crate::syntax::signature::Statement;

pub(super) fn job(statement: &Statement<'_>, bag: &mut Bag) -> Job {
    Job {
        tier: tier(statement, bag),
        cron: None,
    }
}

pub(super) fn cron(statement: &Statement<'_>, bag: &mut Bag) -> Job {
    Job {
        tier: tier(statement, bag),
        cron: Some(Cron {
            schedule: statement.slot("schedule"),
            zone: statement.slot("zone"),
        }),
    }
}
