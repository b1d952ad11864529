//! What earlier builds may have brought to a cluster, as a lock remembers it: data there depends on some of
//! it, and some of it is to be deleted.

mod facts;
mod objects;

pub use facts::Facts;
pub(in crate::backend) use facts::{Kind, Thing, What};
pub(in crate::backend) use objects::Named;
pub use objects::Objects;

/// What earlier builds leave a later one to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deployed {
    /// What the last build said.
    pub said: Facts,
    /// What builds before it said, where somebody has to move data before the cluster is as the text says.
    pub before: Facts,
    /// The objects of builds.
    pub objects: Objects,
}

impl Deployed {
    /// The names of what is left to be done: things whose data has to be moved, and objects to be deleted.
    #[must_use]
    pub fn left(&self) -> Vec<String> {
        let objects = self.objects.names();
        self.before.names().into_iter().chain(objects).collect()
    }

    /// Drops what is left to be done of that name.
    pub fn forget(&mut self, name: &str) {
        self.before.forget(name);
        self.objects.forget(name);
    }

    /// What may be in the cluster.
    pub(in crate::backend) fn then(&self) -> Facts {
        let then = self.said.clone().or(&self.before);
        then.without_successors(&self.before)
    }
}
