// Made for each request: a page that is made at build time has no data.
export const dynamic = "force-dynamic";

export default async function Page() {
  const api = process.env.API_URL ?? process.env.BACKEND_URL;
  const answer = await fetch(`${api}/items`, { cache: "no-store" });
  const items = answer.ok ? (await answer.json()).items.join(", ") : `failed with ${answer.status}`;
  return (
    <main>
      <p>{`Items: ${items}.`}</p>
      <p>{`Browsers ask ${process.env.NEXT_PUBLIC_API_URL}.`}</p>
    </main>
  );
}
