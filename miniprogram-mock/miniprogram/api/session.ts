// The tokens: renewed before they run out or when the server refuses them, once for all calls that wait.
import { ApiError } from './errors';
import type { LoginView, TokensView } from './schema';
import { TransportFailure } from './transport';
import type { SignedIn, Tokens } from './types';

/** A token that ends within this time is renewed first: an upload should not find out after its last byte. */
const marginMs = 30_000;

export interface SessionParts {
  tokens: { read(): Tokens | null; write(tokens: Tokens | null): void };
  now(): number;
  login(): Promise<string | null>;
  /** A POST to a public path: one try, for a refresh token and a login code are good for one. */
  exchange<T>(path: string, body: object): Promise<T>;
  signedOut(): ApiError;
  onSignedOut(): void;
}

export type Session = ReturnType<typeof createSession>;

export function createSession(parts: SessionParts) {
  const { tokens } = parts;
  let renewing: Promise<string> | null = null;
  let entering: Promise<SignedIn> | null = null;
  // Counts the sign-outs: an answer that comes after one must not bring the tokens back.
  let era = 0;

  function keep(answer: TokensView, userId: string, since: number): string {
    if (since !== era) {
      throw parts.signedOut();
    }

    tokens.write({ accessToken: answer.accessToken, refreshToken: answer.refreshToken, expiresAt: parts.now() + answer.expiresIn * 1000, userId });
    return answer.accessToken;
  }

  async function enter(): Promise<SignedIn> {
    const since = era;
    try {
      const code = await parts.login().catch(() => {
        // What wx.login fails for is the network.
        throw new TransportFailure('offline');
      });
      if (code === null) {
        throw parts.signedOut();
      }

      const answer = await parts.exchange<LoginView>('/api/v1/auth/wechat', { code });
      keep(answer, answer.user.id, since);
      return answer.user;
    } catch (error) {
      if (isRefusal(error) && since === era) {
        tokens.write(null);
        parts.onSignedOut();
      }

      throw error;
    }
  }

  function signIn(): Promise<SignedIn> {
    entering ??= enter().finally(() => entering = null);
    return entering;
  }

  async function renew(): Promise<string> {
    const since = era;
    const held = tokens.read();
    if (held) {
      try {
        return keep(await parts.exchange<TokensView>('/api/v1/auth/refresh', { refreshToken: held.refreshToken }), held.userId, since);
      } catch (error) {
        if (!isRefusal(error) || since !== era) {
          throw error;
        }
      }
    }

    await signIn();
    const fresh = tokens.read();
    if (!fresh) {
      throw parts.signedOut();
    }

    return fresh.accessToken;
  }

  return {
    signIn,

    /** A token to send; another one than `refused`, which the server did not take. */
    async token(refused?: string): Promise<string> {
      const held = tokens.read();
      if (held && held.accessToken !== refused && held.expiresAt - marginMs > parts.now()) {
        return held.accessToken;
      }

      renewing ??= renew().finally(() => renewing = null);
      return renewing;
    },

    forget() {
      era += 1;
      tokens.write(null);
    },
  };
}

/** The server spoke, and will not have it: unlike a network that failed, or a server that is busy. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && ['unauthorized', 'forbidden', 'invalid'].includes(error.kind);
}
