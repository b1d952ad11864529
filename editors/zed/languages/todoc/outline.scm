; Made from the table of statements by tests/suite/grammars: change it there.

(source_file (statement head: (word) @context . (word) @name
  (#any-of? @context "app" "cron" "external" "job" "mongodb" "mysql" "postgres" "rabbitmq" "redis" "secret" "target" "tier" "valkey")) @item)
(statement head: (word) @name . block: (_)) @item
