import { MINUTE, type Refusal, refuse } from '@gezhi/basis';
import type { Gate } from './gate.ts';
import { SSO_ID } from './library.ts';
import { noteSecurity } from './security-log.ts';
import { entered, type From, headersOf, type Step } from './sign-in.ts';
import { openSitting } from './sitting.ts';
import { takeTries } from './tries.ts';

/** The path that the provider sends browsers back to; it is registered there, after our address. */
export const SSO_PATH = `/api/auth/callback/${SSO_ID}`;

const MACHINE = { triesMax: 60, stretchMs: 15 * MINUTE };

/** Where a browser goes to sign in at the provider, and the cookies by which it is known when it comes back. */
export type Leaving = { readonly url: string; readonly cookies: readonly string[] };

/** Sends a browser to the provider: code flow with PKCE, state and nonce (OpenID Connect Core 1.0, 3.1; RFC 9700). Refuses `no-sign-in`. */
export async function beginSingleSignOn(gate: Gate, from: From): Promise<Leaving | Refusal> {
  if (!gate.singleSignOn) return refuse('no-sign-in', 'There is no single sign-on here.');
  const body = { provider: SSO_ID, callbackURL: '/staff', errorCallbackURL: '/staff' };
  const { headers, response } = await gate.library.api.signInSocial({ body, ...headersOf(from) });
  if (!response.url) return refuse('no-sign-in', 'The provider cannot be reached.');
  return { url: response.url, cookies: headers.getSetCookie() };
}

/**
 * Takes a browser back from the provider. Whoever it names must have an account here; their second factor is asked where the provider asks
 * for none. Refuses `no-sign-in`, `wrong-sign-in`, `too-many-tries`.
 */
export async function finishSingleSignOn(gate: Gate, query: string, from: From): Promise<Step | Refusal> {
  const { singleSignOn, baseUrl } = gate;
  if (!singleSignOn) return refuse('no-sign-in', 'There is no single sign-on here.');
  const tooMany = await takeTries(gate, singleSignOn.district, [
    { use: 'sso machine', of: from.machine, limit: MACHINE },
  ]);
  if (tooMany) return tooMany;
  const { headers } = headersOf(from);
  const answer = await gate.library.handler(new Request(`${baseUrl}${SSO_PATH}${query}`, { headers }));
  const cookies = answer.headers.getSetCookie();
  const strong = singleSignOn.asksSecondFactor === true;
  const sitting = await openSitting(gate, cookies, { strong, browser: from.browser });
  if (!sitting || sitting.account.district !== singleSignOn.district) {
    await noteSecurity(gate, singleSignOn.district, { event: 'signInFailed', machine: from.machine });
    return refuse('wrong-sign-in', 'Whoever signed in there has no account here.');
  }
  if (strong) return await entered(gate, cookies, sitting, from, 'sso');
  return sitting.account.hasSecondFactor ? { step: 'second', cookies } : { step: 'enrol', cookies, sitting };
}
