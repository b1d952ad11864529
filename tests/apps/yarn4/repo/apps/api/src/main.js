import { createServer } from "node:http";
import { greeting, slowly } from "@greeter/words";

let status = 200;
const answers = {
  "GET /health": () => ({}),
  "POST /break": () => ({ status: (status = 503) }),
  "GET /greeting": greeting,
  "GET /slow": slowly,
};

const server = createServer(async (request, response) => {
  const answer = answers[`${request.method} ${request.url}`];
  const content = answer ? await answer() : {};
  response.writeHead(answer ? status : 404).end(JSON.stringify(content));
});
server.listen(Number(process.env.PORT));
process.on("SIGTERM", () => server.close());
