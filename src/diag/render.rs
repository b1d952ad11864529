//! Diagnostics as text for a terminal: the only user of codespan-reporting.
