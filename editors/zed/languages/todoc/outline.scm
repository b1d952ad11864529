; Made from the table of statements by tests/suite/grammars: change it there.

(source_file (statement head: (word) @context . (word) @name
  (#any-of? @context "app" "cron" "external" "job" "mysql" "postgres" "redis" "secret" "target" "tier")) @item)
(statement head: (word) @name . block: (_)) @item
