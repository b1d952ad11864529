//! Operators: programs in the cluster that run several servers as one database.

use super::{AccountNames, NameRules, words};

/// An operator, and what it takes and makes.
#[derive(Debug)]
pub struct Operator {
    /// Its name.
    pub name: &'static str,
    /// The version of it whose objects ours are.
    pub version: &'static str,
    /// The version of the API that its objects are of.
    pub api: &'static str,
    /// The kind of the object that stands for a database.
    pub kind: &'static str,
    /// What kubectl calls that kind, whatever other kinds have its name.
    pub resource: &'static str,
    /// The definition of that kind in a cluster.
    pub definition: &'static str,
    /// The URL of what installs it.
    pub install: &'static str,
    /// The repository of the images that it runs.
    pub images: &'static str,
    /// What follows the version in their tags.
    pub variant: &'static str,
    /// The first release of each major version that has such a tag.
    pub releases: &'static [(u32, u32)],
    /// How its images sort texts: as those of the engine do.
    pub locale: &'static str,
    /// How images of others do, which may have no other locale.
    pub plain_locale: &'static str,
    /// The end of the name of the Service that leads to the server which takes writes.
    pub writes: &'static str,
    /// The end of the name of the Service that leads to the others, where there are some.
    pub reads: &'static str,
    /// What it makes besides: kinds of objects, and the ends of their names behind that of the database's.
    pub makes: &'static [(&'static str, &'static str)],
    /// The kind among them that an application has one of its own of.
    pub account: &'static str,
    /// The label of its pods whose value is the object's name.
    pub pod_label: &'static str,
    /// The label, and its value, of the operator's own pods.
    pub own_label: (&'static str, &'static str),
    /// The port at which it, and the other servers, ask a server how it is.
    pub status_port: u16,
    /// The label by which it looks at a Secret as soon as that changes.
    pub reload_label: &'static str,
    /// The keys of the Secret that it reads: the user, and the password.
    pub secret_keys: (&'static str, &'static str),
    /// How long the name of a database's object may be.
    pub longest_name: usize,
    /// The most servers that are taken for meant.
    pub most: u32,
    /// What users may be called, besides what the engine says.
    pub users: NameRules,
    /// What databases may be called, besides what the engine says.
    pub databases: NameRules,
    /// The setting whose value is a list of its own in the object.
    pub libraries: &'static str,
    /// Settings that it makes itself, and refuses.
    pub own_settings: &'static [&'static str],
    /// A command within the pod that takes writes which saves a database, as [`Copying`](super::Copying) says.
    pub save: fn(account: AccountNames<'_>) -> Vec<String>,
    /// A command there that reads what was saved, as the database's owner.
    pub load: fn(account: AccountNames<'_>) -> Vec<String>,
}

/// Operators are told apart by their names.
impl PartialEq for Operator {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Operator {}

/// `CloudNativePG`. Its limits and names are those of its version 1.27.
pub(super) const CLOUDNATIVE_PG: Operator = Operator {
    name: "CloudNativePG",
    version: "1.27",
    api: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    resource: "cluster.postgresql.cnpg.io",
    definition: "clusters.postgresql.cnpg.io",
    install: "https://raw.githubusercontent.com/cloudnative-pg/cloudnative-pg/release-1.27/releases/cnpg-1.27.0.yaml",
    images: "ghcr.io/cloudnative-pg/postgresql",
    // With all locales. The release of Debian stays: another one sorts texts otherwise, and indexes with them.
    variant: "standard-trixie",
    releases: &[(13, 22), (14, 19), (15, 14), (16, 10), (17, 6), (18, 0)],
    locale: "en_US.utf8",
    plain_locale: "C.UTF-8",
    writes: "-rw",
    reads: READS,
    makes: &[
        ("Service", READS),
        ("Service", "-r"),
        ("Secret", "-ca"),
        ("Secret", "-server"),
        ("Secret", "-replication"),
        ("PodDisruptionBudget", ""),
        ("PodDisruptionBudget", "-primary"),
        (ACCOUNT, ""),
    ],
    account: ACCOUNT,
    pod_label: "cnpg.io/cluster",
    own_label: ("app.kubernetes.io/name", "cloudnative-pg"),
    status_port: 8000,
    reload_label: "cnpg.io/reload",
    secret_keys: ("username", "password"),
    longest_name: 50,
    most: 30,
    users: NameRules {
        longest: 63,
        reserved: &["postgres", "streaming_replica", "cnpg_pooler_pgbouncer"],
    },
    databases: NameRules {
        longest: 63,
        reserved: &["postgres", "template0", "template1"],
    },
    libraries: "shared_preload_libraries",
    own_settings: OWN_SETTINGS,
    save,
    load,
};

/// Servers that follow the one that takes writes: it has no endpoint where there is that one alone.
const READS: &str = "-ro";

/// In its pods one user logs in without a password, and by the socket alone.
const ADMINISTRATOR: &str = "postgres";

fn save(AccountNames { database, .. }: AccountNames<'_>) -> Vec<String> {
    let flags = ["pg_dump", "--no-owner", "--no-privileges"];
    let flags = flags.map(str::to_owned).into_iter();
    let whom = words(["-U", ADMINISTRATOR, "-d", database]);
    flags.chain(whom).collect()
}

fn load(AccountNames { user, database }: AccountNames<'_>) -> Vec<String> {
    let flags = words(["psql", "-Xq", "-v", "ON_ERROR_STOP=1"]).into_iter();
    let whom = words(["-U", ADMINISTRATOR, "-d", database]);
    let role = format!("SET ROLE \"{user}\"");
    let script = words(["-c", &role, "-f", "-"]);
    flags.chain(whom).chain(script).collect()
}

const ACCOUNT: &str = "ServiceAccount";

/// Those that its webhook refuses, in the order of the alphabet.
const OWN_SETTINGS: &[&str] = &[
    "allow_system_table_mods",
    "archive_cleanup_command",
    "archive_command",
    "archive_mode",
    "bonjour",
    "bonjour_name",
    "cluster_name",
    "config_file",
    "data_directory",
    "data_sync_retry",
    "event_source",
    "external_pid_file",
    "hba_file",
    "hot_standby",
    "ident_file",
    "jit_provider",
    "listen_addresses",
    "log_destination",
    "log_directory",
    "log_file_mode",
    "log_filename",
    "log_rotation_age",
    "log_rotation_size",
    "log_truncate_on_rotation",
    "logging_collector",
    "pg_failover_slots.primary_dsn",
    "pg_failover_slots.standby_slot_names",
    "port",
    "primary_conninfo",
    "primary_slot_name",
    "promote_trigger_file",
    "recovery_end_command",
    "recovery_min_apply_delay",
    "recovery_target",
    "recovery_target_action",
    "recovery_target_inclusive",
    "recovery_target_lsn",
    "recovery_target_name",
    "recovery_target_time",
    "recovery_target_timeline",
    "recovery_target_xid",
    "restart_after_crash",
    "restore_command",
    "ssl",
    "ssl_ca_file",
    "ssl_cert_file",
    "ssl_crl_file",
    "ssl_dh_params_file",
    "ssl_ecdh_curve",
    "ssl_key_file",
    "ssl_passphrase_command",
    "ssl_passphrase_command_supports_reload",
    "ssl_prefer_server_ciphers",
    "stats_temp_directory",
    "synchronized_standby_slots",
    "synchronous_standby_names",
    "syslog_facility",
    "syslog_ident",
    "syslog_sequence_numbers",
    "syslog_split_messages",
    "temp_tablespaces",
    "unix_socket_directories",
    "unix_socket_group",
    "unix_socket_permissions",
];

/// A setting among the arguments of a server: the number of its first word, its name and its value.
pub type ArgumentSetting<'a> = (usize, String, &'a str);

/// The settings that arguments of a server are, as it reads them itself: `-c NAME=VALUE` or
/// `--NAME=VALUE`. A name is written with `-` or `_`.
///
/// # Errors
/// The number of the first argument that isn't a setting.
pub fn settings<'a>(args: &[&'a str]) -> Result<Vec<ArgumentSetting<'a>>, usize> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(word) = args.get(at) {
        let (text, words) = match (*word, args.get(at + 1)) {
            ("-c", Some(next)) => (*next, 2),
            (word, _) => match word.strip_prefix("--").or_else(|| word.strip_prefix("-c")) {
                Some(text) => (text, 1),
                None => return Err(at),
            },
        };
        let (name, value) = text.split_once('=').ok_or(at)?;
        let name = name.replace('-', "_");
        let is_letter = |c: char| c.is_ascii_alphanumeric() || "_.".contains(c);
        if name.is_empty() || !name.chars().all(is_letter) {
            return Err(at);
        }
        all.push((at, name, value));
        at += words;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{OWN_SETTINGS, settings};

    #[test]
    fn arguments_are_settings_as_a_server_reads_them() {
        let read = |args: &[&str]| {
            let all = settings(args)?.into_iter();
            Ok::<_, usize>(
                all.map(|(at, name, value)| format!("{at} {name} {value}"))
                    .collect(),
            )
        };
        let args = ["-c", "max_connections=200", "--work-mem=8MB", "-cfsync=a=b"];
        let expected = ["0 max_connections 200", "2 work_mem 8MB", "3 fsync a=b"];
        assert_eq!(read(&args), Ok(expected.map(str::to_owned).to_vec()));
        assert_eq!(read(&[]), Ok(Vec::new()));
        assert_eq!(read(&["-c", "a=b", "-N", "5"]), Err(2));
        assert_eq!(read(&["-c"]), Err(0));
        assert_eq!(read(&["-c", "fsync"]), Err(0));
        assert_eq!(read(&["postgres"]), Err(0));
        assert_eq!(read(&["--=b"]), Err(0));
    }

    #[test]
    fn its_own_settings_are_in_order() {
        assert!(OWN_SETTINGS.is_sorted());
    }
}
