import ms from "ms";

export const greeting = () => ({ greeting: process.env.GREETING, token: process.env.API_TOKEN });

export const slowly = () =>
  new Promise((done) => setTimeout(() => done({ slow: "done" }), ms("3s")));
