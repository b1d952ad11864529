import { setTimeout } from "node:timers/promises";
import { json } from "@sveltejs/kit";

export async function GET() {
  await setTimeout(3000);
  return json({ slow: "done" });
}
