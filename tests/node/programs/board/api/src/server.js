// An API that tells what the services behind it say.
import { createServer } from "node:http";
import { connect } from "node:net";

const [host, port] = process.env.SEARCH.split(":");

// Whether somebody listens there.
const isOpen = () =>
  new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 10_000 }, () => end(true));
    const end = (open) => {
      socket.destroy();
      resolve(open);
    };
    socket.on("timeout", () => end(false));
    socket.on("error", () => end(false));
  });

const answer = async (path) => {
  if (path === "/api/health") return [200, {}];
  if (path !== "/api/services") return [404, {}];
  const scores = await fetch(`${process.env.SCORES_URL}/health`);
  return [200, { scores: scores.ok, search: await isOpen() }];
};

const server = createServer(async ({ url }, response) => {
  const [status, content] = await answer(url).catch((error) => [500, { error: String(error) }]);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(content));
});
server.listen(process.env.PORT);
process.on("SIGTERM", () => server.close());
