export const greeting = "Words of all";
