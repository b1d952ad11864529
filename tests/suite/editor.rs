//! The language server, as a client knows it: `todoc::lsp::Server` step by step, in memory.

mod client;
mod hostile;
mod process;
mod structure;
mod typing;
