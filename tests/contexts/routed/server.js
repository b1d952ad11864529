const express = require("express");

const app = express();
app.use(express.json());
app.get("/health", (request, response) => response.send("ok"));
app.use("/items", require("./items"));
app.listen(process.env.PORT);
