export function load() {
  return { greeting: process.env.GREETING };
}
