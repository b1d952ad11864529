//! The language server: the protocol around `ide`. It is a state and a step from messages to messages;
//! `cli` reads and writes them.

mod actions;
mod beside;
mod capabilities;
mod client;
mod commands;
mod completion;
mod convert;
mod diagnostics;
mod documents;
mod explain;
mod fault;
mod formatting;
mod names;
mod notify;
mod requests;
mod state;
mod step;
mod structure;
mod tokens;
mod topology;
mod unread;
mod uri;
mod view;
mod workspace;
mod written;

pub use state::Server;
pub use step::Step;
