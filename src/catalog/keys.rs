//! The words of the language: one row for each statement.
