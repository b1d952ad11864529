//! A chart for one target: its values and templates, which are compared with those of other targets.

use super::files;
use super::helpers;
use super::losses;
use super::rows;
use super::shape::Shape;
use super::text::Expressions;
use super::values::{ChartValue, Values};
use crate::yaml::Printed;

/// The values and templates of a chart.
#[derive(Debug)]
pub(super) struct Chart {
    /// The values that some template reads.
    pub(super) values: Values,
    /// Those that none reads.
    pub(super) unread: Vec<ChartValue>,
    /// The template of each object, by its path.
    pub(super) objects: Vec<(String, Printed)>,
    /// The other templates, by their paths.
    pub(super) others: Vec<(String, String)>,
}

impl Chart {
    /// The chart of an application. Every template begins with the comment `head`; lines of objects
    /// are marked with where they come from, if that is wanted.
    pub(super) fn new(shape: &Shape<'_>, head: &str, has_marks: bool) -> Self {
        let all = rows::values(shape);
        let with = Expressions {
            shape,
            values: &all,
        };
        let objects = files::of_objects(with, head, has_marks);
        let mut helpers = helpers::text(with, &helpers::all(with));
        // Without patches each value stands where it was made for.
        let (values, unread) = if losses::has_patches(shape.app) {
            losses::split(all, &objects, &helpers)
        } else {
            (all, Vec::new())
        };
        let with = Expressions {
            shape,
            values: &values,
        };
        if !unread.is_empty() {
            helpers = helpers::text(with, &helpers::all(with));
        }
        let others = files::of_chart(with, head, helpers);
        Chart {
            values,
            unread,
            objects,
            others,
        }
    }

    /// Every template: its path and its text.
    pub(super) fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        let objects = self.objects.iter();
        let objects = objects.map(|(path, printed)| (path.as_str(), printed.text.as_str()));
        let others = self.others.iter();
        objects.chain(others.map(|(path, text)| (path.as_str(), text.as_str())))
    }
}
