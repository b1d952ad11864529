// The variables whose names start so.
export function starting(start) {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => name.startsWith(start)));
}
