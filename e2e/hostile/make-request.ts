import { openApi } from '@gezhi/contract';
import type { MountedRoute } from '@gezhi/server';
import { type Seeded, seeded } from '../kit/seeded.ts';
import type { PageForm } from './forms.ts';
import { DEEP_JSON, FILES, payloadsOf } from './payloads.ts';
import { fitting, type Known, type Schema, spoil } from './schema-values.ts';
import type { Caller, World } from './world.ts';

/** One request, ready for the line. */
export type Hostile = {
  readonly caller: Caller;
  /** As it is mounted; what it was made for. */
  readonly route: MountedRoute;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
};

export type Making = {
  readonly world: World;
  readonly routes: readonly MountedRoute[];
  readonly forms: ReadonlyMap<string, readonly PageForm[]>;
};

/** The n-th request of a seed: the same one every time over the same town. */
export function makeRequest(making: Making, seed: number, n: number): Hostile {
  const random = seeded(seed).branch(n);
  const { world } = making;
  const route = making.routes[n % making.routes.length]!;
  const caller = random.pick(world.callers);
  const maker: Maker = { making, random, route, caller, payloads: payloadsOf(random, allIds(world)) };
  const body = isWriting(route.method) ? bodyOf(maker) : undefined;
  return {
    caller,
    route,
    method: random.chance(0.02) ? random.pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) : route.method,
    path: pathOf(maker),
    headers: { ...headersOf(maker), ...(body ? { 'content-type': body.type } : {}) },
    ...(body ? { body: body.bytes } : {}),
  };
}

type Maker = {
  readonly making: Making;
  readonly random: Seeded;
  readonly route: MountedRoute;
  readonly caller: Caller;
  readonly payloads: ReturnType<typeof payloadsOf>;
};

const allIds = (world: World): readonly string[] => Object.values(world.ids).flat();

function isWriting(method: string): boolean {
  return method === 'POST' || method === 'PUT';
}

function knownOf({ making, random, caller }: Maker): Known {
  const { ids } = making.world;
  return (field) => {
    if (field === 'number' && caller.headers['x-number'] && random.chance(0.6))
      return caller.headers['x-number'];
    if (field === 'code' && caller.headers['x-code'] && random.chance(0.6)) return caller.headers['x-code'];
    if (field === 'input') return fitting(random.pick(INPUTS), '', () => undefined, random);
    if (field === 'action') return random.pick(ACTIONS);
    const list = ids[field] ?? ids[ALIASES[field] ?? ''];
    return list && random.pick(list);
  };
}

/** Fields that hold what another field is called after. */
const ALIASES: Readonly<Record<string, string>> = {
  after: 'id',
  into: 'id',
  caseId: 'id',
  ruling: 'id',
  round: 'id',
  item: 'id',
  place: 'unit',
  owner: 'unit',
  approver: 'post',
  follows: 'number',
};

const SCHEMAS = (openApi().components as { schemas: Record<string, Schema & { $ref?: string }> }).schemas;
const INPUTS = Object.entries(SCHEMAS)
  .filter(([name]) => name.endsWith('Input'))
  .map(([, schema]) => schema);
const ACTIONS = [
  ...[
    'triage',
    'dispatch',
    'accept',
    'note',
    'answer',
    'finish',
    'check',
    'callBack',
    'close',
    'reopen',
    'merge',
  ],
  ...[
    'split',
    'task',
    'refer',
    'decline',
    'link',
    'extend',
    'object',
    'exclude',
    'supervise',
    'concern',
    'setKind',
  ],
];

function resolved(schema: unknown): Schema {
  const reference = (schema as { $ref?: string }).$ref;
  const name = reference?.split('/').at(-1);
  return name ? SCHEMAS[name]! : (schema as Schema);
}

type Operation = {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};

function operationOf({ method, url }: MountedRoute): Operation | undefined {
  const paths = openApi().paths as Record<string, Record<string, Operation>>;
  return paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
}

function pathOf(maker: Maker): string {
  const { route, random, payloads } = maker;
  const known = knownOf(maker);
  const path = route.url.replace(/:(\w+)|\*/g, (all, name: string | undefined) => {
    if (random.chance(0.3)) return encoded(payloads.text(), random);
    if (all === '*') return random.pick(TAILS[route.url] ?? ['x']);
    return encodeURIComponent(String(known(name!) ?? random.pick(['1', 'x', 'case', '2026-04'])));
  });
  const query = queryOf(maker, known);
  return query ? `${path}?${query}` : path;
}

/** What stands behind a mount that takes every path. */
const TAILS: Readonly<Record<string, readonly string[]>> = {
  '/open311/v2/*': [
    ...['discovery.json', 'discovery.xml', 'services.json', 'services.xml', 'services/lamp.fault.json'],
    ...['requests.json', 'requests.xml', 'requests/1.json', 'tokens/1.json', 'servicerequestupdates.json'],
  ],
  '/ledger/:district/*': ['checkpoint', 'key.pub', 'tile/0/000', 'tile/entries/000'],
};

function encoded(text: string, random: Seeded): string {
  // A lone surrogate has no UTF-8: it goes as the bytes that a careless client sends.
  const safe = encodeURIComponent(text.replace(/\p{Cs}/gu, '')).slice(0, 20_000);
  if (random.chance(0.1)) return '%ed%a0%80%ff';
  return random.chance(0.05) ? safe.replaceAll('%', '%25') : safe;
}

function queryOf(maker: Maker, known: Known): string {
  const { route, random, payloads } = maker;
  const pairs: [string, string][] = [];
  for (const { name, in: where, schema } of operationOf(route)?.parameters ?? []) {
    if (where === 'query' && random.chance(0.6))
      pairs.push([name, String(fitting(resolved(schema), name, known, random))]);
  }
  if (random.chance(0.3)) pairs.push([random.pick(QUERY_NAMES), payloads.text()]);
  if (pairs.length > 0 && random.chance(0.5)) pairs[random.whole(0, pairs.length - 1)]![1] = payloads.text();
  if (random.chance(0.05) && pairs[0]) pairs.push(pairs[0]);
  if (random.chance(0.01)) for (let i = 0; i < 3000; i += 1) pairs.push([`p${i % 1500}`, String(i)]);
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value, random)}`).join('&');
}

const QUERY_NAMES = [
  ...[
    'q',
    'lang',
    'district',
    'next',
    'after',
    'limit',
    'from',
    'to',
    'unit',
    'kind',
    'place',
    'code',
    'page',
  ],
  ...[
    'jurisdiction_id',
    'service_request_id',
    'start_date',
    'end_date',
    'status',
    'lat',
    'long',
    'page_size',
  ],
  ...[
    '__proto__',
    'constructor',
    'a[b]',
    'q[]',
    'format',
    'by',
    'level',
    'month',
    'phase',
    'since',
    'api_key',
  ],
];

type Body = { readonly type: string; readonly bytes: Buffer };

function bodyOf(maker: Maker): Body {
  const { random, route } = maker;
  const operation = operationOf(route);
  const chance = random.next();
  if (chance < 0.03) return { type: randomType(random), bytes: junk(random) };
  if (chance < 0.05) return { type: 'application/json', bytes: Buffer.from(DEEP_JSON) };
  if (chance < 0.06) return { type: 'application/json', bytes: Buffer.alloc(2_000_000, '[') };
  const types = Object.keys(operation?.requestBody?.content ?? {});
  if (types.includes('multipart/form-data') || (route.url.includes('open311') && random.chance(0.2)))
    return multipart(maker);
  if (!operation) return formBody(maker);
  return jsonBody(maker, types[0] ?? 'application/json', operation);
}

function jsonBody(maker: Maker, type: string, operation: Operation): Body {
  const { random, payloads } = maker;
  const schema = resolved(operation.requestBody?.content[type]?.schema ?? {});
  let value: unknown = fitting(schema, '', knownOf(maker), random);
  if (type.includes('cloudevents')) value = { ...(value as object), ...eventOf(maker) };
  for (let times = Math.max(0, random.whole(-2, 2)); times > 0; times -= 1)
    value = spoil(value, payloads.value, random);
  let bytes: Buffer = Buffer.from(JSON.stringify(value) ?? 'null');
  if (random.chance(0.05)) bytes = broken(bytes, random);
  return { type, bytes };
}

function eventOf(maker: Maker): object {
  const { random } = maker;
  const data = fitting(SCHEMAS.ReportData ?? {}, '', knownOf(maker), random) as object;
  return {
    specversion: '1.0',
    type: 'gezhi.report.v1',
    source: 'https://hostile.example',
    id: String(random.next()),
    data: { ...data, words: '虚构的一件事' },
  };
}

/** A form that this caller was shown, with some fields spoilt; or names of fields that pages have, without their token. */
function formBody(maker: Maker): Body {
  const { random, payloads, making, caller, route } = maker;
  const pattern = new RegExp(
    `^${route.url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:(\w+)/g, '[^/]+')}$`,
  );
  const fitting = (making.forms.get(caller.name) ?? []).filter(({ action }) =>
    pattern.test(action.split('?')[0]!),
  );
  const known = knownOf(maker);
  const fields: [string, string][] = fitting.length
    ? [...random.pick(fitting).fields]
    : FIELD_NAMES.filter(() => random.chance(0.3)).map((name) => [name, String(known(name) ?? 'x')]);
  for (const field of fields) {
    const spoils = /token|form/i.test(field[0]) ? 0.03 : 0.3;
    if (random.chance(spoils)) field[1] = payloads.text();
    else if (field[1] === '' && random.chance(0.5)) field[1] = String(known(field[0]) ?? '1');
    if (random.chance(0.05)) fields.push([field[0], payloads.text()]);
    if (fields.length > 200) break;
  }
  const text = fields
    .map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value, random)}`)
    .join('&');
  return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(text) };
}

const FIELD_NAMES = [
  ...[
    'words',
    'number',
    'code',
    'id',
    'way',
    'address',
    'name',
    'placeText',
    'kind',
    'action',
    'formToken',
    'post',
  ],
  ...[
    'person',
    'note',
    'unit',
    'reason',
    'purpose',
    'until',
    'service_code',
    'description',
    'lat',
    'long',
    'api_key',
  ],
  ...[
    'jurisdiction_id',
    'address_string',
    'email',
    'first_name',
    'phone',
    'media_url',
    'attribute[x]',
    'status',
  ],
];

function multipart(maker: Maker): Body {
  const { random, payloads } = maker;
  const boundary = 'hostile-boundary';
  const parts: Buffer[] = [];
  const count = random.chance(0.05) ? 2500 : random.whole(0, 8);
  for (let i = 0; i < count; i += 1) {
    const isFile = random.chance(count > 8 ? 0.01 : 0.6);
    const name = random.pick(['photo', 'media', 'words', '__proto__', '']);
    const file = isFile
      ? `; filename="${random.pick(['a.jpg', '../../a.php', 'a\0.png', '`id`.gif', ''])}"`
      : '';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n${isFile ? 'content-type: image/jpeg\r\n' : ''}\r\n`;
    parts.push(
      Buffer.from(head),
      isFile ? random.pick(FILES) : Buffer.from(payloads.text()),
      Buffer.from('\r\n'),
    );
  }
  if (random.chance(0.8)) parts.push(Buffer.from(`--${boundary}--\r\n`));
  const named = random.chance(0.95) ? `; boundary=${boundary}` : '';
  return { type: `multipart/form-data${named}`, bytes: Buffer.concat(parts) };
}

function randomType(random: Seeded): string {
  return random.pick([
    ...['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'application/xml', 'x/y', '/'],
    ...[
      'application/json; charset=utf-7',
      'multipart/form-data',
      'application/cloudevents-batch+json',
      'text/csv',
    ],
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ]);
}

function junk(random: Seeded): Buffer {
  const bytes = Buffer.alloc(random.whole(0, 5000));
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = random.whole(0, 255);
  return bytes;
}

/** Cut off, or with bytes that are no UTF-8. */
function broken(bytes: Buffer, random: Seeded): Buffer {
  if (random.chance(0.5)) return bytes.subarray(0, random.whole(0, bytes.length));
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[random.whole(0, copy.length - 1)] = random.pick([0xff, 0xc0, 0x80, 0]);
  return copy;
}

function headersOf(maker: Maker): Record<string, string> {
  const { random, caller, payloads } = maker;
  const headers: Record<string, string> = { accept: random.pick(ACCEPTS) };
  for (const [name, value] of Object.entries(caller.headers))
    if (!name.startsWith('x-n') && name !== 'x-code') headers[name] = value;
  if (random.chance(0.15)) headers[random.pick(HEADER_NAMES)] = headerText(payloads.text());
  if (random.chance(0.01)) headers['x-huge'] = 'h'.repeat(random.whole(8_000, 30_000));
  if (random.chance(0.01)) for (let i = 0; i < 1500; i += 1) headers[`x-${i}`] = '1';
  return headers;
}

/** What a header can carry: one byte a character, no line ends. */
function headerText(text: string): string {
  return Buffer.from(text.replace(/[\0\r\n]/g, ''))
    .toString('latin1')
    .replace(/\p{Cc}/gu, '')
    .slice(0, 4000);
}

const ACCEPTS = [
  'text/html',
  'application/json',
  'application/x-ndjson',
  '*/*',
  'application/xml',
  'text/csv',
];
const HEADER_NAMES = [
  ...[
    'accept-language',
    'cookie',
    'authorization',
    'if-none-match',
    'last-event-id',
    'x-forwarded-for',
    'host',
  ],
  ...[
    'content-encoding',
    'x-forwarded-proto',
    'origin',
    'sec-fetch-site',
    'range',
    'ce-id',
    'ce-type',
    'ce-source',
  ],
  ...['ce-specversion', 'referer', 'user-agent', 'accept', 'if-modified-since', 'x-http-method-override'],
];
