// Made for each request: a page that is made at build time has no data.
export const dynamic = "force-dynamic";

// What `fetch` tells of a connection that was kept open, and that the other side closed.
const CLOSED = ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"];

// Asks the API. Connections that were kept open may be closed by a pod that ends just as a request goes
// out: `fetch` doesn't ask again by itself. A moment later those that closed with it are known to be.
async function ask(path) {
  const url = `${process.env.API_URL ?? process.env.BACKEND_URL}${path}`;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(url, { cache: "no-store" });
      return answer.ok ? (await answer.json()).items.join(", ") : `failed with ${answer.status}`;
    } catch (error) {
      if (attempt === 5 || !CLOSED.includes(error.cause?.code ?? error.code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}

// Fails where the API doesn't answer, as a probe wants to know; whoever asks for `?tells` reads why.
export default async function Page({ searchParams }) {
  const { tells } = await searchParams;
  const items = await ask("/items").catch((error) => {
    if (tells === undefined) throw error;
    return `failed with ${error.cause?.code ?? ""} ${error.cause ?? error}`;
  });
  return (
    <main>
      <p>{`Items: ${items}.`}</p>
      <p>{`Browsers ask ${process.env.NEXT_PUBLIC_API_URL}.`}</p>
    </main>
  );
}
