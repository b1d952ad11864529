import { state } from "../../state";

export const dynamic = "force-dynamic";

export function GET() {
  return new Response(null, { status: state.healthy ? 200 : 503 });
}
