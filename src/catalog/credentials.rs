//! What credentials look like, and what they are called. Their issuers give them a beginning of their
//! own, so that they are found in texts. The lengths are those of the shortest that are issued.

/// How credentials of a kind are written.
#[derive(Debug)]
pub struct Shape {
    /// What to call one.
    pub noun: &'static str,
    /// What it begins with.
    pub start: &'static str,
    /// The least number of characters behind that.
    pub least: usize,
    /// The characters behind it, besides letters and digits.
    pub others: &'static str,
    /// Whether browsers may have it: its owner says from which pages it is taken.
    pub public: bool,
}

const fn shape(
    noun: &'static str,
    start: &'static str,
    least: usize,
    others: &'static str,
) -> Shape {
    Shape {
        noun,
        start,
        least,
        others,
        public: false,
    }
}

/// The kinds, in the order in which they are looked for.
pub const SHAPES: &[Shape] = &[
    // OpenAI, Anthropic and others.
    shape("a secret key", "sk-", 20, "-_"),
    shape("a secret key of Stripe", "sk_live_", 16, ""),
    shape("a secret key of Stripe", "sk_test_", 16, ""),
    shape("a restricted key of Stripe", "rk_live_", 16, ""),
    shape("an access key of AWS", "AKIA", 16, ""),
    shape("an access key of AWS", "ASIA", 16, ""),
    shape("a token of GitHub", "ghp_", 36, ""),
    shape("a token of GitHub", "gho_", 36, ""),
    shape("a token of GitHub", "ghs_", 36, ""),
    shape("a token of GitHub", "github_pat_", 36, "_"),
    shape("a token of GitLab", "glpat-", 20, "-_"),
    shape("a key of Groq", "gsk_", 32, ""),
    shape("a token of Hugging Face", "hf_", 30, ""),
    shape("a token of npm", "npm_", 36, ""),
    shape("a token of Slack", "xoxb-", 20, "-"),
    shape("a token of Slack", "xoxp-", 20, "-"),
    Shape {
        public: true,
        ..shape("a key of Google", "AIza", 35, "-_")
    },
];

/// What the names of secrets end in.
const ENDINGS: &[&str] = &[
    "ACCESS_KEY",
    "API_KEY",
    "APIKEY",
    "CREDENTIALS",
    "ENCRYPTION_KEY",
    "PASSWD",
    "PASSWORD",
    "PRIVATE_KEY",
    "PWD",
    "SECRET",
    "SECRET_KEY",
    "SIGNING_KEY",
    "TOKEN",
];

/// Whether a name is that of a secret.
#[must_use]
pub fn names_a_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    ENDINGS.iter().any(|ending| {
        let before = name.strip_suffix(ending);
        before.is_some_and(|before| before.is_empty() || before.ends_with(['_', '-']))
    })
}
