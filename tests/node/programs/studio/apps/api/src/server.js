// An API that is well while its database can be reached.
import { createServer } from "node:http";
import { connect } from "node:net";
import { greeting } from "@studio/words";

const database = new URL(process.env.DATABASE_URL);

const isReached = () =>
  new Promise((resolve) => {
    const socket = connect({ host: database.hostname, port: Number(database.port), timeout: 2000 });
    const end = (reached) => {
      socket.destroy();
      resolve(reached);
    };
    socket.on("connect", () => end(true));
    socket.on("timeout", () => end(false));
    socket.on("error", () => end(false));
  });

const server = createServer(async ({ url }, response) => {
  const isWell = url !== "/health" || (await isReached());
  response.writeHead(isWell ? 200 : 503).end(greeting.toLowerCase());
});
server.listen(process.env.PORT);
process.on("SIGTERM", () => server.close());
