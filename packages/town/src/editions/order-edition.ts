import { type CaseId, type Instant, isRefusal, MINUTE, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { zoneOf } from '@gezhi/clock';
import {
  type CountedRequest,
  canonicalJson,
  decidedExclusions,
  decideEdition,
  draftEdition,
  EDITION_POLICY,
  type Edition,
  type EditionAct,
  type EditionBy,
  type EditionCommand,
  type EditionContext,
  type EditionHead,
  type EditionInput,
  type EditionPolicy,
  type EditionState,
  evolveEdition,
  monthWindow,
  type Verdict,
} from '@gezhi/measures';
import {
  addEditionAct,
  addLedgerEvent,
  type EditionTextRow,
  editionActs,
  headOf,
  insertWords,
  inTransaction,
  isConflict,
  keepEditionText,
  type WordsRow,
} from '@gezhi/storage';
import type { Town } from '../town.ts';
import { keepWords, newId } from '../words.ts';
import { foldActs } from './fold-acts.ts';
import { mayEdition } from './may-edition.ts';
import { readEditionCases, subjectsFor } from './read-edition-cases.ts';
import { type KeptInput, readInput, readList, readText } from './read-editions.ts';
import { sha256 } from './sha256.ts';
import { speaksFor } from './speaks-for.ts';

/** What somebody wants to happen to an edition; words are text here. */
export type EditionOrder =
  | { readonly do: 'draft'; readonly month: string; readonly by: EditionBy }
  | { readonly do: 'show'; readonly until: Instant }
  | { readonly do: 'appeal'; readonly number: string; readonly reason: string; readonly words: string }
  | { readonly do: 'decide'; readonly appeal: string; readonly verdict: Verdict }
  | { readonly do: 'freeze' }
  | { readonly do: 'publish' }
  | { readonly do: 'revise'; readonly reason: string };

/** The name of an edition within its district: what it is of. */
export function editionId(month: string, by: EditionBy): string {
  return `${month}-${by}`;
}

/**
 * Carries an order on an edition out: asks `may()`, computes what it needs, decides, and writes the act with its text in one transaction.
 * Two at once on the same edition: the later is refused as `stale`. A draft reads every case of its period once.
 */
export async function orderEdition(
  town: Town,
  id: string,
  order: EditionOrder,
  by: Actor,
  now: Instant,
): Promise<EditionState | Refusal> {
  const holds = mayEdition(town, `edition.${order.do}`, by);
  if (isRefusal(holds)) return holds;
  const acts = await editionActs(town.db.pool, town.district, id);
  const state = foldActs(id, acts);
  const prepared = await prepare(town, id, state, order, now);
  if (isRefusal(prepared)) return prepared;
  const { command, text, words } = prepared;
  const context = await contextFor(town, id, state, command, by, now);
  const act = decideEdition(state, command, context);
  if (isRefusal(act)) return act;
  return await write(town, id, { act, text, words, seq: (acts.at(-1)?.seq ?? 0) + 1 }, by, now, state);
}

type Prepared = {
  readonly command: EditionCommand;
  readonly text?: EditionTextRow;
  readonly words?: WordsRow;
};

async function prepare(
  town: Town,
  id: string,
  state: EditionState | undefined,
  order: EditionOrder,
  now: Instant,
): Promise<Prepared | Refusal> {
  switch (order.do) {
    case 'draft':
      return await prepareDraft(town, id, order, now);
    case 'appeal':
      return await prepareAppeal(town, id, state, order, now);
    case 'freeze':
      return state ? await prepareFreeze(town, state) : noEdition(id);
    case 'revise':
      return state ? await prepareRevision(town, state, order.reason) : noEdition(id);
    case 'show':
    case 'decide':
    case 'publish':
      return { command: order };
  }
}

function noEdition(id: string): Refusal {
  return refuse('no-such-edition', `There is no edition ${id} here.`);
}

async function prepareDraft(
  town: Town,
  id: string,
  { month, by }: Extract<EditionOrder, { do: 'draft' }>,
  now: Instant,
): Promise<Prepared | Refusal> {
  const period = periodOf(town, month, EDITION_POLICY);
  if (!period || id !== editionId(month, by)) {
    return refuse('bad-period', `"${month}" is no month of an edition.`, { month, wanted: '2026-05' });
  }
  if (now < period.to) {
    return refuse('period-not-over', 'An edition is drafted when its period has ended.', { ends: period.to });
  }
  const position = await headOf(town.db.pool, town.district);
  const head = headFor(town, id, by, period, position, 0);
  const text = await compute(town, head, EDITION_POLICY, {});
  return { command: { do: 'draft', hash: text.hash, position }, text };
}

/** The assessment month by its name (2026-05), under the policy's first day; `undefined` for anything else. */
export function periodOf(
  town: Town,
  month: string,
  policy: EditionPolicy,
): EditionHead['period'] | undefined {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (!year) return undefined;
  const zone = zoneOf(town.profile.zone);
  const offset = (at: Instant): number => zone.offsetAt(at) / MINUTE;
  const { from, to } = monthWindow(policy.rates, { year: Number(year), month: Number(number) }, offset);
  return { name: month, from, to };
}

function headFor(
  town: Town,
  id: string,
  by: EditionBy,
  period: EditionHead['period'],
  position: number,
  revision: number,
): EditionHead {
  return { id, district: town.district, by, period, position: { [town.district]: position }, revision };
}

async function compute(
  town: Town,
  head: EditionHead,
  policy: EditionPolicy,
  decided: NonNullable<EditionInput['decided']>,
): Promise<EditionTextRow> {
  const position = head.position[town.district]!;
  const cases = await readEditionCases(town, head.by, policy.rates, head.period, position);
  return textOf(head, { cases, subjects: subjectsFor(town, head.by), decided }, policy);
}

/** The edition as it is kept: its bytes, its list and its input. */
function textOf(head: EditionHead, input: KeptInput, policy: EditionPolicy): EditionTextRow {
  const { edition, list } = draftEdition(head, input, policy, sha256);
  return {
    edition: head.id,
    hash: edition.hash,
    content: canonicalJson(edition),
    list: canonicalJson(list),
    input: canonicalJson(input),
  };
}

async function prepareFreeze(town: Town, state: EditionState): Promise<Prepared> {
  const edition = await readText(town, state.id, state.hash);
  const input = await readInput(town, state.id, state.hash);
  const text = textOf(edition, { ...input, decided: decidedExclusions(state) }, edition.policy);
  return { command: { do: 'freeze', hash: text.hash }, text };
}

async function prepareRevision(town: Town, state: EditionState, reason: string): Promise<Prepared> {
  const edition: Edition = await readText(town, state.id, state.hash);
  const position = await headOf(town.db.pool, town.district);
  const head = headFor(town, state.id, edition.by, edition.period, position, state.revision + 1);
  const text = await compute(town, head, edition.policy, decidedExclusions(state));
  return { command: { do: 'revise', hash: text.hash, position, reason }, text };
}

async function prepareAppeal(
  town: Town,
  id: string,
  state: EditionState | undefined,
  { number, reason, words }: Extract<EditionOrder, { do: 'appeal' }>,
  now: Instant,
): Promise<Prepared | Refusal> {
  if (!state) return noEdition(id);
  if (words.trim() === '') return refuse('no-words', 'An appeal says why, in words.');
  const request = (await readList(town, id, state.hash)).find((one) => one.number === number);
  const kept = keepWords(now, (request?.caseId ?? newId(now)) as CaseId, number, words);
  const command = { do: 'appeal', appeal: newId(now), number, reason, words: kept.ref } as const;
  return { command, words: kept.row };
}

async function contextFor(
  town: Town,
  id: string,
  state: EditionState | undefined,
  command: EditionCommand,
  by: Actor,
  now: Instant,
): Promise<EditionContext> {
  const looks = state !== undefined && (command.do === 'appeal' || command.do === 'decide');
  const list: readonly CountedRequest[] = looks ? await readList(town, id, state.hash) : [];
  const edition = state ? await readText(town, id, state.hash) : undefined;
  return {
    now,
    by: { ...by, unit: town.posts.get(by.post)?.unit ?? '' },
    appealDays: (edition?.policy ?? EDITION_POLICY).appealDays,
    find: (number) => list.find((one) => one.number === number),
    speaksFor: (unit, request) => speaksFor(town, unit, request),
  };
}

type Writing = Pick<Prepared, 'text' | 'words'> & { readonly act: EditionAct; readonly seq: number };

async function write(
  town: Town,
  id: string,
  { act, text, words, seq }: Writing,
  by: Actor,
  now: Instant,
  state: EditionState | undefined,
): Promise<EditionState | Refusal> {
  const row = {
    edition: id,
    seq,
    type: act.type,
    at: now,
    post: by.post,
    person: by.person ?? null,
    data: act,
  };
  try {
    await inTransaction(town.db.pool, async (client) => {
      await addEditionAct(client, town.district, row);
      await addLedgerEvent(client, town.district, {
        kind: 'edition',
        at: now,
        body: { edition: id, seq, type: act.type, by: { ...by }, data: { ...act } },
      });
      if (text) await keepEditionText(client, town.district, text);
      if (words) await insertWords(client, town.district, [words]);
    });
  } catch (error) {
    if (!isConflict(error)) throw error;
    return refuse('stale', 'Somebody else has just done something to this edition; look again.');
  }
  return evolveEdition(id, state, act)!;
}
