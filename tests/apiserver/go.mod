module todoc.test/apiserver

go 1.26
