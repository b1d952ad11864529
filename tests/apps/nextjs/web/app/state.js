// One for all routes, which are bundled apart.
export const state = (globalThis.state ??= { healthy: true });
