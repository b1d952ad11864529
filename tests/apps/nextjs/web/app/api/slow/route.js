export const dynamic = "force-dynamic";

export async function GET() {
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return Response.json({ slow: "done" });
}
