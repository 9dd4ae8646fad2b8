import { createHmac, timingSafeEqual } from 'node:crypto';
import { isRefusal, parseRequestNumber, type Refusal, refuse } from '@gezhi/basis';
import type { Fact, FactType } from '@gezhi/cases';
import {
  extendedStatusOfPhase,
  type NewRequest,
  type Open311Port,
  type RequestUpdate,
  type Service,
  type Submitted,
} from '@gezhi/open311';
import { findRequest, publicFactsBetween } from '@gezhi/storage';
import { addPhoto, newId, openingCode, type Person, type ReachMe, readPhoto, type Town } from '@gezhi/town';
import type { AppContext } from '../app-context.ts';
import { promiseOf } from '../receipt-of.ts';
import { readToken } from '../tokens.ts';
import { stateLabel } from '../views/wire.ts';
import { publicCases } from './open311-requests.ts';

const SCOPE = 'open311';

/** The API key of an account that may send requests by Open311; it holds until the installation's secret changes. */
export function apiKeyOf(secret: Buffer, account: string): string {
  const body = Buffer.from(JSON.stringify({ account, scope: SCOPE })).toString('base64url');
  return `${body}.${sign(secret, body).toString('base64url')}`;
}

function sign(secret: Buffer, body: string): Buffer {
  return createHmac('sha256', secret).update(`api-key:${body}`).digest();
}

/** The account of an API key; a staff token speaks for its post. */
export function accountOf(secret: Buffer, key: string): string | undefined {
  const [body = '', mac = ''] = key.split('.');
  const given = Buffer.from(mac, 'base64url');
  const right = sign(secret, body);
  if (given.length === right.length && timingSafeEqual(given, right)) {
    return (JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { account: string }).account;
  }
  return readToken(secret, key)?.post;
}

/** The running towns as Open311 sees them: each district is a jurisdiction, each kind a service, each public request a request. */
export function open311Port(app: AppContext): Open311Port {
  const { installation, now } = app;
  const changeset = now();
  const townOf = (jurisdiction: string): Town => installation.towns.get(jurisdiction)!;
  const services = servicesOf();
  const cases = publicCases(app);
  return {
    jurisdictions: () =>
      [...installation.towns.values()].map(({ district, profile }) => ({
        id: district,
        name: profile.name.zh,
      })),
    discovery: () => ({
      changeset,
      contact: `${app.baseUrl}/`,
      keyService: `${app.baseUrl}/`,
      endpoints: [{ url: `${app.baseUrl}/open311/v2`, changeset, type: 'production' }],
    }),
    keyOf: (key) => {
      const account = accountOf(installation.secret, key);
      return account === undefined ? undefined : { account };
    },
    services: (jurisdiction) => services(townOf(jurisdiction)),
    submit: (jurisdiction, input, { account }) => submit(app, townOf(jurisdiction), input, account),
    byToken: async () => undefined,
    find: (jurisdiction, query) => cases.find(townOf(jurisdiction), query),
    get: (jurisdiction, ids) => cases.get(townOf(jurisdiction), ids),
    updates: async (jurisdiction, query) => {
      const town = townOf(jurisdiction);
      const facts = await publicFactsBetween(town.db.pool, town.district, { ...query, types: UPDATING });
      const numbers = await cases.numbersOf(town, [...new Set(facts.map((fact) => fact.caseId))]);
      return facts.flatMap((fact) => updateOf(town, fact, numbers.get(fact.caseId)));
    },
    postUpdate: async (jurisdiction, update, { account }) => {
      const town = townOf(jurisdiction);
      const number = parseRequestNumber(update.serviceRequestId);
      if (!number || !(await findRequest(town.db.pool, town.district, number))) {
        return refuse('unknown-request', 'service_request_id was not found.');
      }
      const [taken] = await app.intake.submit(town, [
        {
          source: `open311/${account}/updates`,
          id: update.updateId,
          type: 'open311.update',
          occurredAt: Math.min(now(), update.updatedAt),
          channel: 'open311',
          words: update.description,
          follows: number,
        },
      ]);
      app.writes.count += 1;
      return isRefusal(taken) ? taken : { updateId: update.updateId };
    },
  };
}

/** Facts that change what the public knows of a request. */
const UPDATING: readonly FactType[] = [
  'opened',
  'dispatched',
  'accepted',
  'answered',
  'referred',
  'declined',
  'done',
  'closed',
  'reopened',
  'merged',
];

/** What is said publicly is the state, in the town's own words; what units write to a requester stays between them. */
function updateOf(town: Town, fact: Fact, number: string | undefined): RequestUpdate[] {
  const { to, phase } = fact.data as { to?: string; phase?: Parameters<typeof extendedStatusOfPhase>[0] };
  if (!number || !to || !phase) return [];
  return [
    {
      updateId: `${fact.caseId}.${fact.seq}`,
      serviceRequestId: number,
      status: extendedStatusOfPhase(phase, { merged: fact.type === 'merged' }),
      updatedAt: fact.recordedAt,
      description: stateLabel(town, to).zh,
    },
  ];
}

/** One frozen list for each town, so that it is written only once. */
function servicesOf(): (town: Town) => readonly Service[] {
  const lists = new WeakMap<Town, readonly Service[]>();
  return (town) => {
    const known = lists.get(town);
    if (known) return known;
    const list = [...town.kinds.values()].map(({ code, name, public: isPublic, words }): Service => {
      const group = code.split('.')[0] ?? code;
      return {
        code,
        name: name.zh,
        description: name.en,
        type: 'realtime',
        groups: [group],
        keywords: [...(isPublic ? [] : ['private']), ...(words ?? [])],
        attributes: [],
      };
    });
    lists.set(town, Object.freeze(list));
    return list;
  };
}

async function submit(
  app: AppContext,
  town: Town,
  input: NewRequest,
  account: string,
): Promise<Submitted | Refusal> {
  const now = app.now();
  const pictures = await Promise.all(
    [...input.files.map((file) => Buffer.from(file.bytes)), ...input.mediaUrls.flatMap(dataUrl)].map(
      readPhoto,
    ),
  );
  const bad = pictures.find(isRefusal);
  if (bad) return bad;
  const words = [input.title, input.description].filter(Boolean).join('\n');
  const requester = personOf(input);
  const sent = { source: `open311/${account}`, id: newId(now) };
  const [taken] = await app.intake.submit(town, [
    {
      ...sent,
      type: 'open311.request',
      occurredAt: now,
      channel: 'open311',
      kind: input.serviceCode,
      publicity: 'public',
      ...(words ? { words } : {}),
      ...(input.point ? { point: { lon: input.point.long, lat: input.point.lat } } : {}),
      ...(input.addressString ? { placeText: input.addressString } : {}),
      ...(requester ? { requester } : {}),
      ...(input.attributes.length > 0 ? { attributes: { attributes: input.attributes } } : {}),
    },
  ]);
  if (!taken) return refuse('not-answered', 'Intake gave no answer.');
  if (isRefusal(taken)) return taken;
  app.writes.count += 1;
  const number = taken.number!;
  for (const [i, photo] of pictures.entries()) {
    if (taken.spooled || isRefusal(photo)) continue;
    const by = { post: 'requester' };
    const order = { commandId: `open311/${number}/${i}`, caseId: taken.caseId, by, number, public: true };
    const added = await addPhoto(town, order, photo, now);
    if (isRefusal(added)) app.onFault(new Error(added.because), 'open311 photo');
  }
  const { promise } = await promiseOf(app, town, { ...sent, words }, number, now);
  return {
    serviceRequestId: number,
    serviceNotice:
      `查询码 / code: ${openingCode(town.secret, number)}` +
      (promise === undefined ? '' : `\n\n收件凭证 / receipt (docs/ledger.md):\n${promise}`),
  };
}

/** The bytes of a `data:` address; other addresses are not fetched, they may point into our own network. */
function dataUrl(url: string): Buffer[] {
  const [, base64] = /^data:image\/[\w.+-]+;base64,(.+)$/s.exec(url) ?? [];
  return base64 ? [Buffer.from(base64, 'base64')] : [];
}

function personOf(input: NewRequest): Person | undefined {
  const name = [input.lastName, input.firstName].filter(Boolean).join(' ');
  const reachMe: ReachMe[] = [
    ...(input.phone ? [{ way: 'phone', address: input.phone } as const] : []),
    ...(input.email ? [{ way: 'mail', address: input.email } as const] : []),
  ];
  if (!name && reachMe.length === 0) return undefined;
  return { ...(name ? { name } : {}), ...(reachMe.length > 0 ? { reachMe } : {}) };
}
