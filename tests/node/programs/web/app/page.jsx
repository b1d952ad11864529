// Made for each request: a page that is made at build time has no data.
export const dynamic = "force-dynamic";

// Asks the API. A connection that was kept open may be closed by a pod that ends just as a request goes
// out: `fetch` tells of that, and doesn't ask again by itself.
async function ask(path) {
  const url = `${process.env.API_URL ?? process.env.BACKEND_URL}${path}`;
  const once = () => fetch(url, { cache: "no-store" });
  try {
    return await once();
  } catch (error) {
    if (error.cause?.code !== "UND_ERR_SOCKET" && error.cause?.code !== "ECONNRESET") throw error;
    return once();
  }
}

export default async function Page() {
  const answer = await ask("/items");
  const items = answer.ok ? (await answer.json()).items.join(", ") : `failed with ${answer.status}`;
  return (
    <main>
      <p>{`Items: ${items}.`}</p>
      <p>{`Browsers ask ${process.env.NEXT_PUBLIC_API_URL}.`}</p>
    </main>
  );
}
