; Made from the table of statements by tests/suite/grammars: change it there.

[(block) (keys) (options) (patch)] @indent.begin
"}" @indent.branch @indent.end
(raw) @indent.auto
[(comment) (string)] @indent.ignore
