; Made from the table of statements by tests/suite/grammars: change it there.

(source_file (statement head: (word) @_word . (word) @name
  (#any-of? @_word "app" "cron" "external" "job" "mysql" "postgres" "redis" "secret" "target" "tier")) @definition.class)
(reference object: (word) @name) @reference.class
