import { greeting } from "@studio/words";

document.body.append(`${greeting}, from ${import.meta.env.VITE_API_URL}`);
