; Made from the table of statements by tests/suite/grammars: change it there.

[(block) (keys) (options) (patch)] @indent
"}" @outdent
