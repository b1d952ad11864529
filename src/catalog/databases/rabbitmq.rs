//! `RabbitMQ`, from the official image.

use super::{
    Copying, Engine, HostName, Layout, NameRules, Password, Setup, Start, Storage, connects, words,
};

/// The row.
pub(super) const ENGINE: Engine = Engine {
    word: "rabbitmq",
    doc: "a RabbitMQ in the cluster",
    external: "a RabbitMQ outside of the cluster",
    prose: "A RabbitMQ of one node in the cluster, on a claim. It needs a `version` (or an `image`, such as\n\
            `\"rabbitmq:4.1-management\"`), its `storage` and one `secret`, which is its password. Its\n\
            `database` is the virtual host. It keeps its data under the name of its host, which is the same\n\
            for each of its pods.",
    example: include_str!("rabbitmq.todo"),
    image: "rabbitmq",
    images: &[],
    derived: &[],
    versions: &["3.13", "4.0", "4.1", "4.2"],
    suggested: "4.2",
    format_numbers: 2,
    copying: Copying::Forward,
    port: 5672,
    scheme: "amqp",
    parameters: "",
    schemes: &["amqps"],
    driver: "amqp",
    drivers: &[],
    least_memory: 192,
    user: Some("rabbitmq"),
    users: NameRules {
        longest: 63,
        // It lets that one in from its own pod alone.
        reserved: &["guest"],
    },
    databases: NameRules {
        longest: 63,
        reserved: &[],
    },
    evicts: false,
    operator: None,
    uid: 999,
    password: Password {
        variables: &["RABBITMQ_DEFAULT_PASS"],
        client: "RABBITMQ_PASSWORD",
        required: true,
        changed_by: Some("rabbitmqctl change_password"),
    },
    forgets: false,
    variables,
    start: |_| Start {
        command: Vec::new(),
        // Those that are said stand behind it.
        args: words(["rabbitmq-server"]),
    },
    answers: |host, _| connects(host, ENGINE.port),
    // The image has no client that speaks AMQP.
    logs_in: None,
    // It listens once all else is done, user and virtual host among it. Its own tools start an Erlang of
    // their own, which takes seconds of a busy core.
    ready: |_| connects("127.0.0.1", ENGINE.port),
    storage: Layout::Always(Storage {
        mount: "/var/lib/rabbitmq",
        data: None,
    }),
    writable: &["/tmp", "/var/log/rabbitmq"],
    host_name: HostName::Kept,
    shared_memory: false,
    // Queues are written down.
    shutdown_seconds: 60,
    takes_empty: None,
};

fn variables(setup: &Setup<'_>) -> Vec<(&'static str, String)> {
    let account = setup.account.into_iter().flat_map(|account| {
        [
            ("RABBITMQ_DEFAULT_USER", account.user.to_owned()),
            ("RABBITMQ_DEFAULT_VHOST", account.database.to_owned()),
        ]
    });
    account.collect()
}
