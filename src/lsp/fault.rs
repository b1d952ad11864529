//! Why requests have no answer.

use lsp_server::ErrorCode;

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing answers it.
    Unknown,
    /// Its parameters can't be read.
    Parameters(String),
    /// What it asks for can't be done, and why.
    Refused(String),
    /// A fault of the server's own.
    Internal,
}

impl Fault {
    pub(super) fn say(self, method: &str) -> (ErrorCode, String) {
        match self {
            Fault::Unknown => (
                ErrorCode::MethodNotFound,
                format!("nothing answers `{method}`"),
            ),
            Fault::Parameters(why) => (ErrorCode::InvalidParams, why),
            Fault::Refused(why) => (ErrorCode::RequestFailed, why),
            Fault::Internal => (
                ErrorCode::InternalError,
                "a fault of todoc's own: the text may be looked at again".to_owned(),
            ),
        }
    }
}
