import { createRoot } from "react-dom/client";

function Page() {
  return <main>The API is at {import.meta.env.VITE_API_URL}</main>;
}

createRoot(document.getElementById("root")).render(<Page />);
