import type { Account } from './account.ts';
import { SESSION_COOKIE, sealToken } from './cookies.ts';
import type { Gate } from './gate.ts';
import { SESSION_MS } from './library.ts';

/** Opens a session for somebody who was proved to be there in another way than by a password; answers the cookie that it goes by. */
export async function sessionFor(gate: Gate, { id }: Account): Promise<readonly string[]> {
  const { internalAdapter } = await gate.library.$context;
  const { token } = await internalAdapter.createSession(id);
  const secure = gate.baseUrl.startsWith('https:') ? '; Secure' : '';
  const value = sealToken(gate.cookieKey, token);
  return [
    `${SESSION_COOKIE}=${value}; Max-Age=${SESSION_MS / 1000}; Path=/; HttpOnly; SameSite=Lax${secure}`,
  ];
}
