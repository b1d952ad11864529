export const dynamic = "force-dynamic";

export function GET() {
  return Response.json({ greeting: process.env.GREETING, token: process.env.API_TOKEN });
}
