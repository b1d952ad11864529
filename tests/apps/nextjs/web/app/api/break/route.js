import { state } from "../../state";

export function POST() {
  state.healthy = false;
  return new Response(null, { status: 204 });
}
