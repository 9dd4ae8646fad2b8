import {
  CODE_MS,
  endResident,
  makeResidentTicket,
  openByResidentCode,
  openByResidentTicket,
  RESIDENT_MS,
  TICKET_MS,
} from '@gezhi/accounts';
import { type Instant, isoInstant, isRefusal, MINUTE, type Refusal, refuse } from '@gezhi/basis';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { readCookies, setCookie } from '../pages/kit/cookies.ts';
import { isFromElsewhere } from '../session/is-from-us.ts';
import { askCode, mattersOf, RESIDENT_COOKIE, residentIn } from '../session/resident-session.ts';

const PRIVATE = { 'cache-control': 'no-store' };

/** Has a code sent. Refuses `no-contact`, `too-many-tries`. */
export async function askResidentCode(turn: Turn<'askResidentCode'>): Promise<RouteAnswer | Refusal> {
  const { app, town, body, language, request } = turn;
  const gate = await app.gate();
  if (!gate) return refuse('no-sign-in', 'There is no town yet.');
  const { sendCode: send, onFault } = app;
  const { address, subscribes = false } = body;
  const asked = { address, subscribes, machine: request.ip, language };
  const refused = await askCode({ gate, town, send, onFault }, asked);
  if (refused) return refused;
  return { status: 202, headers: PRIVATE, body: { validMinutes: CODE_MS / MINUTE } };
}

/** Hands over a resident whose address another system proved: only its key may, no post. Refuses `no-token`, `no-contact`. */
export async function handOverResident(turn: Turn<'handOverResident'>): Promise<RouteAnswer | Refusal> {
  const { app, town, body, request } = turn;
  if (!request.service) return refuse('no-token', 'This is for the key of a system.');
  const gate = await app.gate();
  const mark = await town.vault.markOf(town.district, body.address);
  if (!gate || !mark) return refuse('no-contact', 'This is no telephone number and no mail address.');
  const ticket = await makeResidentTicket(gate, { district: town.district, mark, machine: request.ip });
  return { status: 201, headers: PRIVATE, body: { ticket, validSeconds: TICKET_MS / 1000 } };
}

/** Opens a session by the code, or by a ticket. Refuses `wrong-code`, `too-many-tries`, `cross-site`. */
export async function openResidentSession(turn: Turn<'openResidentSession'>): Promise<RouteAnswer | Refusal> {
  const { town, now, request, reply } = turn;
  if (isFromElsewhere(request)) return refuse('cross-site', 'Sign in from a page of this site.');
  const opened = await opening(turn);
  if (isRefusal(opened)) return opened;
  setCookie(request, reply, RESIDENT_COOKIE, opened.token, RESIDENT_MS / 1000);
  const requests = await mattersOf(town, opened.mark, now);
  return { status: 200, headers: PRIVATE, body: { until: isoInstant(opened.expiresAt), requests } };
}

type Opened = { readonly token: string; readonly expiresAt: Instant; readonly mark: Buffer };

async function opening({ app, town, body, request }: Turn<'openResidentSession'>): Promise<Opened | Refusal> {
  const gate = await app.gate();
  if (!gate) return refuse('wrong-code', 'The code is wrong, or its ten minutes are over.');
  if ('ticket' in body) return await openByResidentTicket(gate, town.district, body.ticket);
  const mark = await town.vault.markOf(town.district, body.address);
  if (!mark) return refuse('wrong-code', 'The code is wrong, or its ten minutes are over.');
  const asking = { district: town.district, mark, machine: request.ip };
  const opened = await openByResidentCode(gate, asking, body.code);
  return isRefusal(opened) ? opened : { ...opened, mark };
}

export async function closeResidentSession(
  turn: Turn<'closeResidentSession'>,
): Promise<RouteAnswer | Refusal> {
  const { app, town, request, reply } = turn;
  if (isFromElsewhere(request)) return refuse('cross-site', 'Leave from a page of this site.');
  const gate = await app.gate();
  if (gate) await endResident(gate, town.district, readCookies(request).get(RESIDENT_COOKIE));
  setCookie(request, reply, RESIDENT_COOKIE, '', 0);
  return { status: 204 };
}

/** The open requests of whoever is there. Refuses `no-session`. */
export async function getResident(turn: Turn<'getResident'>): Promise<RouteAnswer | Refusal> {
  const { app, town, now, request } = turn;
  const mark = await residentIn(await app.gate(), town, request);
  if (!mark) return refuse('no-session', 'Ask for a code first.');
  return { status: 200, headers: PRIVATE, body: { requests: await mattersOf(town, mark, now) } };
}
