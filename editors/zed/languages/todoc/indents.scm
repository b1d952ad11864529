; Made from the table of statements by tests/suite/grammars: change it there.

(_ "{" "}" @end) @indent
