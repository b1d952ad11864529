module ahead

go 1.99
