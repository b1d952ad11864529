import { greeting } from "@studio/words";

export const dynamic = "force-dynamic";

export default async function Page() {
  const response = await fetch(`${process.env.API_URL}/words`, { cache: "no-store" });
  return (
    <main>
      {greeting}: {await response.text()}. Browsers ask {process.env.NEXT_PUBLIC_API_URL}.
    </main>
  );
}
