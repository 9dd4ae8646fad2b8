import type { FastifyRequest } from 'fastify';
import type { Channel } from './rate-limits.ts';

/**
 * The way by which a request comes; `undefined` for probes of the service itself, which are never turned away. It is told by the route
 * and by what kind of key is shown, before the key is checked: a wrong key does not lead into a wider channel than none.
 */
export function channelOf(request: FastifyRequest): Channel | undefined {
  const url = request.routeOptions.url ?? '';
  const { method } = request;
  if (/^\/(healthz|readyz|metrics|assets\/)/.test(url)) return undefined;
  if (url.startsWith('/open311/')) return 'open311';
  if (method === 'POST' && SIGN_IN.test(url)) return 'sign-in';
  const hasKey = request.headers.authorization !== undefined;
  if (!hasKey && CODE.test(`${method} ${url}`)) return 'code';
  if (method === 'POST' && url === '/api/signals') return 'intake';
  if (!url.startsWith('/api/')) return 'web';
  return hasKey || request.headers.cookie?.includes('gezhi_staff=') ? 'staff' : 'api';
}

/** Where somebody proves who they are by a password, a code that was sent, or a link. */
const SIGN_IN = /^\/(?:staff(?:$|\/)|setup|my\/code|api\/(?:session|auth|accounts?|resident)(?:$|\/))/;

/** Where six digits or a link open something. */
const CODE = /^(?:GET|POST|HEAD) \/(api\/requests\/|api\/media\/|api\/explain\/|t\/)|^POST \/my(?:$|\/)/;
