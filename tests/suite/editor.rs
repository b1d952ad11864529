//! The language server, as a client knows it: `todoc::lsp::Server` step by step, in memory.

mod client;
mod completion;
mod explain;
mod hostile;
mod names;
mod neovim;
mod process;
mod structure;
mod typing;
mod written;
