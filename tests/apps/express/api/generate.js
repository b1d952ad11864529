// Puts among the packages what no lock file has, as Prisma does with its client.
import { mkdirSync, writeFileSync } from "node:fs";

const folder = new URL("node_modules/.pnpm/client/node_modules/.prisma/client/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("index.js", folder), "module.exports = {};\n");
