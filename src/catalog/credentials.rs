//! What credentials look like. Their issuers give most a beginning of their own, so that they are found
//! in texts. Lengths are those of the shortest that are issued.

/// How credentials of a kind are written.
#[derive(Debug)]
pub struct CredentialShape {
    /// What to call one.
    pub noun: &'static str,
    /// What it begins with; or, if there is a `before`, what stands in it.
    pub start: &'static str,
    /// What is behind that, as [`items`] reads it.
    pub body: &'static str,
    /// What is in front of a `start` that stands within.
    pub before: &'static str,
    /// Whether other names have this shape, so that its body must look like one at random.
    pub is_weak: bool,
    /// Whether browsers may have it: its owner says from which pages it is taken.
    pub public: bool,
}

/// A part of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// These very characters.
    Text(&'a str),
    /// Characters of a kind, `least` or more.
    Run {
        /// The kind: see [`is_of`].
        kind: u8,
        /// The least number.
        least: usize,
    },
}

/// The parts of a shape, which blanks keep apart: `n20` are twenty letters and digits or more, and
/// anything but a letter of a kind with a number stands for itself.
pub fn items(shape: &str) -> impl Iterator<Item = Item<'_>> {
    shape
        .split(' ')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let number = part.get(1..).and_then(|rest| rest.parse().ok());
            match (part.as_bytes().first(), number) {
                (Some(kind), Some(least)) if KINDS.contains(kind) => {
                    Item::Run { kind: *kind, least }
                }
                _ => Item::Text(part),
            }
        })
}

/// The kinds of characters.
const KINDS: &[u8] = b"nwhdubvz";

/// Whether a byte is of a kind: `n` letters and digits, `w` those with `-_`, `h` hexadecimal digits,
/// `d` digits, `u` digits and letters in upper case, `b` base64, `v` those of versions, paths and
/// base64 for URLs, `z` anything but quotes and blanks.
#[must_use]
pub fn is_of(kind: u8, byte: u8) -> bool {
    match kind {
        b'n' => byte.is_ascii_alphanumeric(),
        b'w' => byte.is_ascii_alphanumeric() || b"-_".contains(&byte),
        b'h' => byte.is_ascii_hexdigit(),
        b'd' => byte.is_ascii_digit(),
        b'u' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        b'b' => byte.is_ascii_alphanumeric() || b"+/=".contains(&byte),
        b'v' => byte.is_ascii_alphanumeric() || b"-_.=~+/".contains(&byte),
        b'z' => byte.is_ascii_graphic() && !b"\"'`<>\\".contains(&byte),
        _ => false,
    }
}

/// A kind that its beginning alone gives away.
const fn shape(noun: &'static str, start: &'static str, body: &'static str) -> CredentialShape {
    CredentialShape {
        noun,
        start,
        body,
        before: "",
        is_weak: false,
        public: false,
    }
}

/// A kind whose beginning other names have as well.
const fn weak(noun: &'static str, start: &'static str, body: &'static str) -> CredentialShape {
    CredentialShape {
        is_weak: true,
        ..shape(noun, start, body)
    }
}

/// A kind that something in its middle gives away.
const fn marked(
    noun: &'static str,
    before: &'static str,
    start: &'static str,
    body: &'static str,
) -> CredentialShape {
    CredentialShape {
        before,
        ..shape(noun, start, body)
    }
}

/// The kinds, in the order in which they are looked for.
pub const SHAPES: &[CredentialShape] = &[
    // Models.
    shape("a key of Anthropic", "sk-ant-", "w20"),
    shape("a key of OpenAI", "sk-proj-", "w20"),
    shape("a key of OpenAI", "sk-svcacct-", "w20"),
    shape("a key of OpenAI", "sk-admin-", "w40"),
    shape("a key of OpenRouter", "sk-or-v1-", "h32"),
    // OpenAI, DeepSeek and others.
    weak("a secret key", "sk-", "w20"),
    shape("a key of Groq", "gsk_", "n32"),
    shape("a key of xAI", "xai-", "n64"),
    shape("a key of Perplexity", "pplx-", "n40"),
    shape("a key of Replicate", "r8_", "n37"),
    weak("a key of Fireworks", "fw_", "n22"),
    shape("a key of NVIDIA", "nvapi-", "w60"),
    shape("a key of Tavily", "tvly-", "w28"),
    shape("a key of LangSmith", "lsv2_pt_", "h32 _ h10"),
    shape("a key of LangSmith", "lsv2_sk_", "h32 _ h10"),
    shape("a key of Langfuse", "sk-lf-", "h8 - h4 - h4 - h4 - h12"),
    shape("a key of Pinecone", "pcsk_", "n5 _ n40"),
    shape("a token of Hugging Face", "hf_", "n30"),
    shape("a token of Hugging Face", "api_org_", "n34"),
    // Clouds.
    shape("an access key of AWS", "AKIA", "u16"),
    shape("an access key of AWS", "ASIA", "u16"),
    shape("an access key of AWS", "ABIA", "u16"),
    shape("an access key of AWS", "ACCA", "u16"),
    weak("an access key of AWS", "A3T", "u17"),
    shape("a key of AWS Bedrock", "ABSK", "b109"),
    shape("a key of AWS Bedrock", "bedrock-api-key-", "b20"),
    weak("an access key of Alibaba Cloud", "LTAI", "n17"),
    weak("an access key of Tencent Cloud", "AKID", "n32"),
    marked("a client secret of Azure", "v3 d1", "Q~", "v31"),
    shape("a token of Google", "ya29.", "w40"),
    shape("a client secret of Google", "GOCSPX-", "w28"),
    CredentialShape {
        public: true,
        ..shape("a key of Google", "AIza", "w35")
    },
    shape("a token of DigitalOcean", "dop_v1_", "h64"),
    shape("a token of DigitalOcean", "doo_v1_", "h64"),
    shape("a token of DigitalOcean", "dor_v1_", "h64"),
    shape("a key of Cloudflare", "v1.0-", "h24 - h146"),
    shape("a key of Heroku", "HRKU-AA", "w50"),
    shape("a token of Fly.io", "fo1_", "w43"),
    shape("a token of Fly.io", "fm1a_", "b100"),
    shape("a token of Fly.io", "fm1r_", "b100"),
    shape("a token of Fly.io", "fm2_", "b100"),
    shape("a key of Render", "rnd_", "n28"),
    shape("a token of Netlify", "nfp_", "n36"),
    shape("a token of Vercel", "vercel_blob_rw_", "n20"),
    shape("a token of Scalingo", "tk-us-", "w48"),
    shape("a key of Linode", "lin_pat_", "n40"),
    shape("a key of Tailscale", "tskey-", "w5 - w20"),
    shape("a token of OpenShift", "sha256~", "w43"),
    // Code and packages.
    shape("a token of GitHub", "ghp_", "n36"),
    shape("a token of GitHub", "gho_", "n36"),
    shape("a token of GitHub", "ghu_", "n36"),
    shape("a token of GitHub", "ghs_", "n36"),
    shape("a token of GitHub", "ghr_", "n36"),
    shape("a token of GitHub", "github_pat_", "w36"),
    shape("a token of GitLab", "glpat-", "w20"),
    shape("a token of GitLab", "glcbt-", "w20"),
    shape("a token of GitLab", "gldt-", "w20"),
    shape("a token of GitLab", "glffct-", "w20"),
    shape("a token of GitLab", "glft-", "w20"),
    shape("a token of GitLab", "glimt-", "w25"),
    shape("a token of GitLab", "glagent-", "w50"),
    shape("a secret of GitLab", "gloas-", "w64"),
    shape("a token of GitLab", "glptt-", "h40"),
    shape("a token of GitLab", "glrt-", "w20"),
    shape("a token of GitLab", "glsoat-", "w20"),
    shape("a token of GitLab", "GR1348941", "w20"),
    shape("a session of GitLab", "_gitlab_session=", "n32"),
    weak("a token of Bitbucket", "ATBB", "n32"),
    shape("a token of Atlassian", "ATATT3", "v60"),
    shape("a token of npm", "npm_", "n36"),
    shape("a token of PyPI", "pypi-AgE", "w50"),
    shape("a token of RubyGems", "rubygems_", "h48"),
    shape("a token of Clojars", "CLOJARS_", "n60"),
    weak("a token of crates.io", "cio", "n32"),
    weak("a key of NuGet", "oy2", "n43"),
    shape("a password of NuGet", "Password\" value=\"", "z8"),
    shape("a token of Docker Hub", "dckr_pat_", "w27"),
    shape("a token of Docker Hub", "dckr_oat_", "w27"),
    shape("a login of Docker", "\"auth\":\"", "b12"),
    shape("a login of Docker", "\"auth\": \"", "b12"),
    shape("a key of Artifactory", "AKCp", "n69"),
    shape("a token of Artifactory", "cmVmd", "n59"),
    shape("a token of Sourcegraph", "sgp_", "n16 _ h40"),
    shape("a token of Sourcegraph", "sgp_local_", "h40"),
    shape("a token of Sourcegraph", "sgp_", "h40"),
    shape("a token of SonarQube", "sqp_", "h40"),
    shape("a token of SonarQube", "squ_", "h40"),
    shape("a token of SonarQube", "sqa_", "h40"),
    shape("a token of CircleCI", "CCIPAT_", "w40"),
    shape("a token of Buildkite", "bkua_", "h40"),
    // Infrastructure.
    shape("a token of Vault", "hvs.", "w90"),
    shape("a token of Vault", "hvb.", "w138"),
    weak("a token of Vault", "s.", "n24"),
    marked("a token of Terraform", "n14", ".atlasv1.", "v60"),
    shape("a token of Pulumi", "pul-", "h40"),
    shape("a token of Doppler", "dp.pt.", "n40"),
    shape("a token of Doppler", "dp.st.", "v40"),
    shape("a token of Infisical", "st.", "h24 . h32"),
    shape("a key of 1Password", "A3-", "u6 - u6 - u5 - u5 - u5"),
    shape("a key of 1Password", "A3-", "u6 - u11 - u5 - u5 - u5"),
    shape("a token of 1Password", "ops_eyJ", "b200"),
    shape("a key of age", "AGE-SECRET-KEY-1", "u58"),
    shape("a key of Harness", "pat.", "w22 . n24 . n20"),
    shape("a key of Harness", "sat.", "w22 . n24 . n20"),
    shape("a key of Octopus Deploy", "API-", "u26"),
    shape("a key of Infracost", "ico-", "n32"),
    shape("a token of Prefect", "pnu_", "n36"),
    shape("a token of Databricks", "dapi", "h32"),
    shape("a token of Authress", "authress_", "n5 . n4 .acc"),
    shape("a token of Authress", "scauth_", "n5 . n4 .acc"),
    shape("a token of Authress", "sc_", "n5 . n4 .acc"),
    shape("a token of Authress", "ext_", "n5 . n4 .acc"),
    // Data.
    shape("a token of PlanetScale", "pscale_tkn_", "v32"),
    shape("a token of PlanetScale", "pscale_oauth_", "v32"),
    shape("a password of PlanetScale", "pscale_pw_", "v32"),
    weak("a key of ClickHouse", "4b1d", "n38"),
    shape("a key of Supabase", "sbp_", "h40"),
    shape("a key of Supabase", "sb_secret_", "w20"),
    shape("a key of Neon", "napi_", "n60"),
    shape("a token of Airtable", "pat", "n14 . h64"),
    shape("a token of Notion", "ntn_", "d11 n35"),
    shape("a token of Notion", "secret_", "n43"),
    shape("a key of Linear", "lin_api_", "n40"),
    shape("a key of Linear", "lin_oauth_", "h60"),
    shape("a token of Contentful", "CFPAT-", "w43"),
    marked("a key of MaxMind", "n6 _ n29", "_mmk", ""),
    // Money.
    shape("a secret key of Stripe", "sk_live_", "n10"),
    shape("a secret key of Stripe", "sk_test_", "n10"),
    shape("a secret key of Stripe", "sk_prod_", "n10"),
    shape("a restricted key of Stripe", "rk_live_", "n10"),
    shape("a restricted key of Stripe", "rk_test_", "n10"),
    shape("a restricted key of Stripe", "rk_prod_", "n10"),
    shape("a webhook secret of Stripe", "whsec_", "b32"),
    weak("a secret key", "sk_", "z29"),
    shape("a token of Square", "sq0atp-", "w22"),
    shape("a secret of Square", "sq0csp-", "w40"),
    weak("a token of Square", "EAAA", "w22"),
    shape("a key of Flutterwave", "FLWSECK_TEST-", "n12"),
    shape("a key of Flutterwave", "FLWSECK-", "n32"),
    shape("a key of Flutterwave", "FLWPUBK_TEST-", "n32"),
    shape("a token of PayPal", "access_token$production$", "n16 $ h32"),
    shape("a key of Razorpay", "rzp_live_", "n14"),
    shape("a token of Shopify", "shpat_", "h32"),
    shape("a token of Shopify", "shpca_", "h32"),
    shape("a token of Shopify", "shppa_", "h32"),
    shape("a secret of Shopify", "shpss_", "h32"),
    shape("a key of EasyPost", "EZAK", "n54"),
    shape("a key of EasyPost", "EZTK", "n54"),
    shape("a token of Shippo", "shippo_live_", "h40"),
    shape("a token of Shippo", "shippo_test_", "h40"),
    shape("a token of Duffel", "duffel_live_", "w43"),
    shape("a token of Duffel", "duffel_test_", "w43"),
    // Messages.
    shape("a token of Slack", "xoxb-", "w18"),
    shape("a token of Slack", "xoxp-", "w20"),
    shape("a token of Slack", "xoxe-", "w30"),
    shape("a token of Slack", "xoxe.xoxb-", "w30"),
    shape("a token of Slack", "xoxe.xoxp-", "w30"),
    shape("a token of Slack", "xoxa-", "w8"),
    shape("a token of Slack", "xoxr-", "w8"),
    shape("a token of Slack", "xoxo-", "w12"),
    shape("a token of Slack", "xoxs-", "w12"),
    shape("a token of Slack", "xapp-", "d1 - n5 - d5 - n10"),
    shape("a webhook of Slack", "hooks.slack.com/services/", "b40"),
    shape("a webhook of Slack", "hooks.slack.com/workflows/", "b40"),
    shape("a webhook of Slack", "hooks.slack.com/triggers/", "b40"),
    shape(
        "a webhook of Teams",
        ".webhook.office.com/webhookb2/",
        "h8 - w20",
    ),
    shape(
        "a webhook of Discord",
        "discord.com/api/webhooks/",
        "d17 / w60",
    ),
    shape(
        "a webhook of Discord",
        "discordapp.com/api/webhooks/",
        "d17 / w60",
    ),
    // The user's number in base64, a time, and a signature.
    shape("a token of a bot of Discord", "MT", "n22 . w6 . w27"),
    shape("a token of a bot of Discord", "Mj", "n22 . w6 . w27"),
    shape("a token of a bot of Discord", "Mz", "n22 . w6 . w27"),
    shape("a token of a bot of Discord", "ND", "n22 . w6 . w27"),
    shape("a token of a bot of Discord", "NT", "n22 . w6 . w27"),
    shape("a token of a bot of Discord", "Nj", "n22 . w6 . w27"),
    shape("a token of a bot of Discord", "Nz", "n22 . w6 . w27"),
    shape("a token of a bot of Discord", "OD", "n22 . w6 . w27"),
    shape("a token of a bot of Discord", "OT", "n22 . w6 . w27"),
    marked("a key of Mailchimp", "h32", "-us", "d1"),
    shape("a key of SendGrid", "SG.", "w16 . w16"),
    shape("a key of Brevo", "xkeysib-", "h64 - n16"),
    shape("a key of Resend", "re_", "n8 _ n20"),
    weak("a key of Mailgun", "key-", "h32"),
    shape("a key of Postmark", "POSTMARK_API_", "n10"),
    weak("a key of Twilio", "SK", "h32"),
    marked("a token of Telegram", "d8", ":AA", "w33"),
    marked("a token of Facebook", "d15", "|", "w27"),
    shape("a token of Facebook", "EAAM", "n100"),
    shape("a token of Facebook", "EAAC", "n100"),
    // Watching.
    shape("a key of Grafana", "eyJrIjoi", "b70"),
    shape("a token of Grafana", "glc_", "b32"),
    shape("a token of Grafana", "glsa_", "n32 _ h8"),
    shape("a token of Sentry", "sntrys_", "b40"),
    shape("a token of Sentry", "sntryu_", "h64"),
    shape("a token of Dynatrace", "dt0c01.", "n24 . n64"),
    shape("a key of New Relic", "NRAK-", "u27"),
    shape("a key of New Relic", "NRII-", "w32"),
    shape("a key of PostHog", "phx_", "n40"),
    shape("a key of Postman", "PMAK-", "h24 - h34"),
    shape("a key of ReadMe", "rdme_", "n70"),
    shape("a secret of Adobe", "p8e-", "n32"),
    shape("a token of Frame.io", "fio-u-", "w64"),
    shape("a token of Figma", "figd_", "w40"),
    shape("a secret of 42", "s-s4t2ud-", "h64"),
    shape("a secret of 42", "s-s4t2af-", "h64"),
    shape("a token of SettleMint", "sm_aat_", "n16"),
    shape("a token of SettleMint", "sm_pat_", "n16"),
    shape("a token of SettleMint", "sm_sat_", "n16"),
    // Headers.
    weak("a token in a header", "Bearer ", "v20"),
    weak("a token in a header", "Authorization: Token ", "v20"),
    shape("a login in a header", "Authorization: Basic ", "b8"),
    shape("a JSON Web Token in base64", "ZXlK", "b60"),
];

/// Names of values that are secrets in URLs and in lists of `key=value`, in lower case.
pub const PARAMETERS: &[&str] = &[
    "_auth",
    "_authtoken",
    "_password",
    "access_token",
    "accesskey",
    "accountkey",
    "api_key",
    "api-key",
    "apikey",
    "auth_token",
    "client_secret",
    "pass",
    "passwd",
    "password",
    "private_token",
    "pwd",
    "refresh_token",
    "secret",
    "sharedaccesskey",
    "sharedaccesssignature",
    "sslpassword",
    "token",
];

/// What texts hold that stand for a credential, in lower case.
pub const PLACEHOLDERS: &[&str] = &[
    "your",
    "xxxx",
    "changeme",
    "change-me",
    "change_me",
    "replace",
    "placeholder",
    "redacted",
    "<",
    "{",
    "$(",
    "[",
    "...",
    "…",
    "•",
    "***",
    "1234567890123456",
];
