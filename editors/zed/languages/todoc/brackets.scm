; Made from the table of statements by tests/suite/grammars: change it there.

("{" @open "}" @close)
("[" @open "]" @close)
