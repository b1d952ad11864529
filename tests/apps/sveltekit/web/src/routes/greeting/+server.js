import { json } from "@sveltejs/kit";

export function GET() {
  return json({ greeting: process.env.GREETING, token: process.env.API_TOKEN });
}
