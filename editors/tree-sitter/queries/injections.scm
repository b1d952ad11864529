; Made from the table of statements by tests/suite/grammars: change it there.

((raw) @injection.content
  (#set! injection.language "yaml"))
((comment) @injection.content
  (#set! injection.language "comment"))
