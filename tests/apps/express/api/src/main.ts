import { setTimeout } from "node:timers/promises";
import express from "express";

const app = express();
let healthy = true;

app.get("/health", (_, response) => {
  response.sendStatus(healthy ? 200 : 503);
});

app.post("/break", (_, response) => {
  healthy = false;
  response.sendStatus(204);
});

app.get("/greeting", (_, response) => {
  response.json({ greeting: process.env.GREETING, token: process.env.API_TOKEN });
});

app.get("/slow", async (_, response) => {
  await setTimeout(3000);
  response.json({ slow: "done" });
});

const server = app.listen(Number(process.env.PORT));
process.on("SIGTERM", () => server.close());
