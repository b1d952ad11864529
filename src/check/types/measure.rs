//! What quantities measure, and how they are written.

/// What a quantity measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Measure {
    Cpu,
    Memory,
    Storage,
}

impl Measure {
    pub(in crate::check) fn word(self) -> &'static str {
        match self {
            Measure::Cpu => "cpu",
            Measure::Memory => "memory",
            Measure::Storage => "storage",
        }
    }

    pub(in crate::check) fn help(self) -> &'static str {
        match self {
            Measure::Cpu => "write cores or thousandths of one: `1`, `0.5`, `250m`",
            Measure::Memory | Measure::Storage => "write bytes with a unit: `256Mi`, `1Gi`, `500M`",
        }
    }
}
