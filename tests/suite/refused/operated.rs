//! Rules for the object of a database that an operator runs, as far as its definition has them.

use super::{Rule, code, refused, rule};
use serde_json::json;

pub(super) fn rules() -> Vec<Rule> {
    let program = "postgres db {\n  version 17\n  instances 0\n  storage 1Gi\n  secret DB_PASSWORD from env\n}";
    vec![rule(
        "a Cluster has a server at the least",
        refused(
            "Cluster",
            "/spec/instances",
            json!(0),
            "greater than or equal to 1",
        ),
        code("E0211", program),
    )]
}
