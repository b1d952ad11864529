// Tells what the build saw and what the process sees.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { starting } from "./starting.js";

const HEALTH = "/it's/$HOME/$(SHARED)/!*;=@&/a%20b";

const seen = {
  build: JSON.parse(readFileSync("seen.json", "utf8")),
  process: { ...starting("E_"), SHARED: process.env.SHARED },
  secret: process.env.B_SECRET,
  words: process.argv.slice(2),
};
const server = createServer((request, response) => {
  if (request.url === "/") {
    response.end(JSON.stringify(seen));
  } else {
    response.statusCode = request.url === HEALTH ? 200 : 404;
    response.end();
  }
});
server.listen(Number(process.env.PORT));
process.on("SIGTERM", () => server.close());
