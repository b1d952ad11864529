import { fileURLToPath } from "node:url";

// The server of a workspace is traced from its top.
const root = fileURLToPath(new URL("../..", import.meta.url));

export default { output: "standalone", outputFileTracingRoot: root, turbopack: { root } };
