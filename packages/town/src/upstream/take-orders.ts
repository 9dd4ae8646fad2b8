import { type CaseId, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Act, Actor } from '@gezhi/cases';
import { replay } from '@gezhi/cases';
import type { Imported } from '@gezhi/connectors';
import {
  addUpstreamNews,
  inTransaction,
  loadFacts,
  saveUpstreamOrder,
  type UpstreamNews,
  type UpstreamOrderRow,
  upstreamOrders,
} from '@gezhi/storage';
import { act } from '../act.ts';
import type { Incoming } from '../incoming.ts';
import { keyedHash } from '../keyed-hash.ts';
import { takeIn } from '../take-in.ts';
import { processOf, type Town } from '../town.ts';

/** What became of one order: new here, changed (what), or the same as before. */
export type TakenOrder = {
  readonly number: string;
  readonly outcome: 'received' | 'changed' | 'same' | 'refused';
  readonly caseId?: CaseId;
  readonly what: readonly UpstreamNews['what'][];
  readonly reason?: string;
};

/** The post that acts for another system: no person, and no power but what the scene's list gives it. */
const UPSTREAM: Actor = { post: 'upstream' };
const SYSTEM = /^[a-z][a-z0-9-]{1,31}$/;
const NUMBER = /^[\p{L}\p{N}][\p{L}\p{N}._/#-]{0,63}$/u;

/**
 * Takes work orders of the system above in, as often as they are sent: an order is known by system and number. A new one opens a case that
 * keeps their number and their term; a known one is compared, and what is new becomes a follow-up (other words), a link (another term), an
 * urging, or a note (withdrawn there: people here decide what follows, for somebody was promised an answer). Orders go one by one, each in
 * transactions of its own, so that one that is refused stops no other and a batch that was cut off is sent again whole.
 *
 * Refuses `bad-input` where `system` is no name; an order without a number of theirs is refused by itself.
 */
export async function takeOrders(
  town: Town,
  system: string,
  rows: readonly Imported[],
  now: Instant,
): Promise<readonly TakenOrder[] | Refusal> {
  if (!SYSTEM.test(system))
    return refuse('bad-input', `"${system}" is no name of a system: small letters, digits and -.`, {
      field: 'system',
    });
  const taken: TakenOrder[] = [];
  for (const row of rows) taken.push(await takeOrder(town, system, row, now));
  return taken;
}

async function takeOrder(town: Town, system: string, row: Imported, now: Instant): Promise<TakenOrder> {
  const { pool } = town.db;
  if (!NUMBER.test(row.id) || row.id.startsWith('row-'))
    return { number: row.id, outcome: 'refused', what: [], reason: 'no-number' };
  const [known] = await upstreamOrders(pool, town.district, { system, numbers: [row.id] });
  if (!known) return await receive(town, system, row, now);
  const what = await compare(town, known, row, now);
  return { number: row.id, caseId: known.caseId, outcome: what.length > 0 ? 'changed' : 'same', what };
}

async function receive(town: Town, system: string, row: Imported, now: Instant): Promise<TakenOrder> {
  const [receipt] = await takeIn(town, [incomingOf(town, system, row)], now);
  if (!receipt || isRefusal(receipt)) {
    const reason = receipt ? receipt.code : 'not-taken';
    await note(town, { system, number: row.id, at: now, what: 'refused', reason });
    return { number: row.id, outcome: 'refused', what: [], reason };
  }
  const order: UpstreamOrderRow = {
    system,
    number: row.id,
    caseId: receipt.caseId,
    request: receipt.number ?? '',
    wordsHash: hashOf(town, row),
    term: termOf(row) ?? null,
    status: row.statusLabel ?? row.status ?? null,
    urged: 0,
    withdrawn: false,
    receivedAt: now,
    updatedAt: now,
  };
  await keep(town, order, [{ system, number: row.id, at: now, what: 'received' }]);
  return { number: row.id, caseId: receipt.caseId, outcome: 'received', what: ['received'] };
}

function incomingOf(town: Town, system: string, row: Imported): Incoming {
  const dueAt = termOf(row);
  const { name, phone, account } = row.requester ?? {};
  const address = phone ?? account;
  const reachMe = address ? { reachMe: [{ way: 'phone' as const, address }] } : {};
  return {
    source: `upstream/${system}`,
    id: row.id,
    type: 'gezhi.upstream.v1',
    occurredAt: row.occurredAt,
    channel: row.channel ?? 'upstream',
    words: wordsOf(row) || row.id,
    ...kindOf(town, row),
    ...(row.requestKind ? { requestKind: row.requestKind } : {}),
    publicity: row.publicity ?? 'private',
    ...(row.point ? { point: { lon: row.point[0], lat: row.point[1] } } : {}),
    ...placeOf(town, row),
    ...(name || address ? { requester: { ...(name ? { name } : {}), ...reachMe } } : {}),
    external: { system, number: row.id, ...(dueAt === undefined ? {} : { dueAt }) },
    // Each order is answered by itself, whatever others say the same.
    mayJoin: false,
  };
}

/** Our kind of that code or name; none where theirs is no kind of ours, and it is read from the words. */
function kindOf(town: Town, { kind, kindLabel }: Imported): Pick<Incoming, 'kind'> {
  if (kind && town.kinds.has(kind)) return { kind };
  const said = kindLabel?.split(/[→>/]/).at(-1)?.trim();
  const named = [...town.kinds.values()].filter(({ name }) => said && name.zh === said);
  return named.length === 1 ? { kind: named[0]!.code } : {};
}

const FINEST_FIRST = ['community', 'street', 'district'] as const;
const LEVELS: Readonly<Record<(typeof FINEST_FIRST)[number], readonly string[]>> = {
  community: ['community', 'village'],
  street: ['street', 'town', 'township'],
  district: ['district', 'county'],
};

/** The finest place that they name and that we know by that name or code; all that they wrote stands as words too. */
function placeOf(
  town: Town,
  { placeText, statedPlaces }: Imported,
): Pick<Incoming, 'placeText' | 'statedPlaces'> {
  const said = [statedPlaces?.street, statedPlaces?.community, placeText].filter(Boolean).join(' ');
  for (const level of FINEST_FIRST) {
    const named = statedPlaces?.[level];
    const found = town.places.places.filter(
      (place) => LEVELS[level].includes(place.level ?? '') && (place.name === named || place.code === named),
    );
    const [place] = found;
    if (place && found.length === 1)
      return { statedPlaces: { [place.layer]: place.code }, ...(said ? { placeText: said } : {}) };
  }
  return said ? { placeText: said } : {};
}

function wordsOf({ title, words }: Imported): string {
  return [title, words].filter(Boolean).join('\n');
}

/** Until when they want an answer: the term of the order, or the one that they pass on from above themselves. */
function termOf({ dueAt, external }: Imported): Instant | undefined {
  return dueAt ?? external?.dueAt;
}

function hashOf(town: Town, row: Imported): Buffer {
  return keyedHash(town.secret, `upstream\n${wordsOf(row)}`);
}

const WITHDRAWN = new Set(['已撤销', '撤销', '撤单', '已撤单', '作废', '已作废', '撤回', '已撤回']);
const URGED = /催办|催单/;

/** Does here what is new there; answers what that was. */
async function compare(
  town: Town,
  known: UpstreamOrderRow,
  row: Imported,
  now: Instant,
): Promise<readonly UpstreamNews['what'][]> {
  const { system, number } = known;
  const what: UpstreamNews['what'][] = [];
  let next: UpstreamOrderRow = { ...known };
  const wordsHash = hashOf(town, row);
  if (wordsOf(row) && known.wordsHash?.equals(wordsHash) !== true) {
    await follow(town, known, row, wordsHash, now);
    next = { ...next, wordsHash };
    what.push('words');
  }
  const term = termOf(row);
  if (term !== undefined && term !== known.term) {
    await say(town, known, 'link', `term-${term}`, { system, number, dueAt: term }, now);
    next = { ...next, term };
    what.push('term');
  }
  const status = row.statusLabel ?? row.status ?? null;
  const isUrged = URGED.test(`${row.extra?.tags ?? ''} ${status ?? ''}`);
  if (isUrged && (known.urged === 0 || (status !== known.status && URGED.test(status ?? '')))) {
    const words = `上级系统催办（${system} ${number}）`;
    await say(town, known, 'urge', `urged-${known.urged + 1}`, { words }, now);
    next = { ...next, urged: known.urged + 1 };
    what.push('urged');
  }
  if (status !== null && WITHDRAWN.has(status) && !known.withdrawn) {
    const words = `上级系统已撤销此单（${system} ${number}），请核实后办结或继续办理。`;
    await say(town, known, 'note', 'withdrawn', { words }, now);
    next = { ...next, withdrawn: true };
    what.push('withdrawn');
  }
  if (status !== known.status) {
    next = { ...next, status };
    if (what.length === 0) what.push('status');
  }
  if (what.length === 0) return what;
  await keep(
    town,
    { ...next, updatedAt: now },
    what.map((one) => ({ system, number, at: now, what: one })),
  );
  return what;
}

/** Other words are a follow-up to the request that the order became. */
async function follow(
  town: Town,
  { system, number, request }: UpstreamOrderRow,
  row: Imported,
  hash: Buffer,
  now: Instant,
): Promise<void> {
  const signal: Incoming = {
    source: `upstream/${system}`,
    id: `${number}#${hash.toString('hex', 0, 8)}`,
    type: 'gezhi.upstream.v1',
    occurredAt: now,
    channel: 'upstream',
    words: wordsOf(row),
    follows: request as NonNullable<Incoming['follows']>,
  };
  const [receipt] = await takeIn(town, [signal], now);
  if (receipt && isRefusal(receipt))
    await note(town, { system, number, at: now, what: 'refused', reason: receipt.code });
}

/** Carries an act out for the other system, where the process has it and the case takes it; what it refuses is noted and seen. */
async function say(
  town: Town,
  { system, number, caseId }: UpstreamOrderRow,
  kind: Act,
  what: string,
  input: Readonly<Record<string, unknown>>,
  now: Instant,
): Promise<void> {
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  const action = c && Object.values(processOf(town, c).actions).find((one) => one.act === kind);
  const commandId = `upstream/${system}/${number}/${what}`;
  const done = action
    ? await act(town, { commandId, caseId, action: action.name, by: UPSTREAM, input }, now)
    : refuse('unknown-action', 'The process has no such act.');
  if (isRefusal(done))
    await note(town, { system, number, at: now, what: 'refused', reason: `${kind}: ${done.code}` });
}

async function note(town: Town, news: UpstreamNews): Promise<void> {
  await inTransaction(town.db.pool, (client) => addUpstreamNews(client, town.district, news));
}

async function keep(town: Town, order: UpstreamOrderRow, news: readonly UpstreamNews[]): Promise<void> {
  await inTransaction(town.db.pool, async (client) => {
    await saveUpstreamOrder(client, town.district, order);
    for (const one of news) await addUpstreamNews(client, town.district, one);
  });
}
