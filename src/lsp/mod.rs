//! The language server: the protocol around `ide`. It is a state and a step from messages to messages;
//! `cli` reads and writes them.

mod capabilities;
mod client;
mod convert;
mod diagnostics;
mod documents;
mod formatting;
mod notify;
mod requests;
mod state;
mod step;
mod structure;
mod uri;
mod view;

pub use state::Server;
pub use step::Step;
