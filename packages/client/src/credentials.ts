/** Who calls: nobody, the holder of a token or of a key, or whoever `getToken` signs in. */
export type Credentials =
  | { token?: string; getToken?: never; apiKey?: never }
  | { apiKey: string; token?: never; getToken?: never }
  | {
      /** Asked for a token before the first call, and again when the server refuses the last one. */
      getToken: () => string | Promise<string>;
      token?: never;
      apiKey?: never;
    };

export type Tokens = {
  current: () => string | undefined | Promise<string | undefined>;
  /** Forgets a token that the server refused; answers whether there may be another. */
  renew: (refused: string | undefined) => boolean;
};

/** Calls that wait for a token share one question for it. */
export function createTokens({ token, getToken, apiKey }: Credentials): Tokens {
  if (getToken === undefined) return { current: () => token ?? apiKey, renew: () => false };
  let asked: Promise<string> | undefined;
  let held: string | undefined;
  const ask = async () => {
    try {
      held = await getToken();
      return held;
    } finally {
      asked = undefined;
    }
  };
  return {
    current: () => {
      if (held !== undefined) return held;
      asked ??= ask();
      return asked;
    },
    renew: (refused) => {
      if (held === refused) held = undefined;
      return refused !== undefined;
    },
  };
}
