//! Libraries of servers that must be told the address by which browsers know them.

/// What a library is told: a row of [`ADDRESSED`].
#[derive(Debug)]
pub struct AddressNeed {
    /// The package of npm's, with the beginnings of the versions that it holds for; none is all.
    pub package: &'static str,
    /// Those beginnings, without `^` and the like.
    pub versions: &'static [&'static str],
    /// The variables that tell it; one is enough, and the first is put forward.
    pub variables: &'static [&'static str],
    /// Whether https is what it takes for granted.
    pub takes_https: bool,
    /// Files in which the sources may settle it themselves, and the one word that one of them must have, if any.
    pub files: &'static [&'static str],
    /// That word.
    pub made_by: &'static str,
    /// Words in those files with which nothing is said.
    pub open: &'static [&'static str],
    /// What becomes of it untold, behind the package's name.
    pub fate: &'static str,
}

/// Those of which it is certain. Auth.js before version 5 knows `VERCEL` as well, which no pod has.
pub const ADDRESSED: &[AddressNeed] = &[
    AddressNeed {
        package: "@sveltejs/adapter-node",
        versions: &[],
        variables: &["ORIGIN", "PROTOCOL_HEADER"],
        takes_https: true,
        files: &[
            "svelte.config.js",
            "svelte.config.ts",
            "vite.config.js",
            "vite.config.ts",
        ],
        made_by: "",
        open: &["envPrefix", "checkOrigin", "trustedOrigins"],
        fate: "takes it for one of https, and refuses the forms of its own pages",
    },
    AddressNeed {
        package: "next-auth",
        versions: &["4"],
        variables: &["NEXTAUTH_URL", "AUTH_TRUST_HOST"],
        takes_https: false,
        files: &[],
        made_by: "",
        open: &[],
        fate: "leads whoever signs in to `http://localhost:3000`",
    },
    AddressNeed {
        package: "next-auth",
        versions: &["5", "beta"],
        variables: &["AUTH_URL", "AUTH_TRUST_HOST"],
        takes_https: false,
        files: &[
            "auth.ts",
            "auth.js",
            "src/auth.ts",
            "src/auth.js",
            "auth.config.ts",
            "auth.config.js",
            "src/auth.config.ts",
            "src/auth.config.js",
        ],
        made_by: "NextAuth(",
        open: &["trustHost", "NextAuth(async", "NextAuth((", "NextAuth(get"],
        fate: "trusts no host in production, and answers every request by an error",
    },
];
