CREATE TABLE orders (id serial PRIMARY KEY, name text NOT NULL);
