export interface Greeting {
  greeting: string | undefined;
  token: string | undefined;
}

export function greetingOf(variables: Record<string, string | undefined>): Greeting {
  return { greeting: variables.GREETING, token: variables.API_TOKEN };
}
