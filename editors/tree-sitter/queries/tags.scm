; Made from the table of statements by tests/suite/grammars: change it there.

(source_file (statement head: (word) @_word . (word) @name
  (#any-of? @_word "app" "cron" "external" "job" "mongodb" "mysql" "postgres" "rabbitmq" "redis" "secret" "target" "tier" "valkey")) @definition.class)
(reference object: (word) @name) @reference.class
