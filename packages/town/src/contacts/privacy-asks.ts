import { type Instant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { type Case, isOpenPhase, replay } from '@gezhi/cases';
import { keepMonths, saidMonths } from '@gezhi/scene';
import { findRequest, loadFacts } from '@gezhi/storage';
import type { Incoming, Receipt } from '../incoming.ts';
import { takeIn } from '../take-in.ts';
import type { Town } from '../town.ts';
import { type ErasedContact, eraseContact } from './erase-contact.ts';
import { eraseSaid } from './erase-said.ts';
import { readContact } from './read-contact.ts';
import { monthsAfter } from './retention.ts';

/** What somebody may ask about their own data (PIPL Art. 44–50); each is a kind of the scene `privacy`, with the law's clock. */
export const PRIVACY_ASKS = ['copy', 'correct', 'delete', 'object', 'appeal'] as const;
export type PrivacyAsk = (typeof PRIVACY_ASKS)[number];

/** What came of it: a case with its own number, and for a deletion what was done at once. */
export type PrivacyAsked = {
  readonly receipt: Receipt;
  /** `inUse` while the matter is open: the data are still needed, and go when its term has run. */
  readonly erasure?: ErasedContact | 'inUse';
};

const SCENE = 'privacy';

/**
 * Opens a case about somebody's own data, beside the one it is about. A deletion is carried out at once as far as the law lets it: destroyed
 * where no term runs, else stored only, with the reason (PIPL Art. 47). Sending it twice is harmless.
 *
 * Refuses `no-such-request`, `nothing-said`.
 */
export async function askPrivacy(
  town: Town,
  ask: {
    readonly number: RequestNumber;
    readonly what: PrivacyAsk;
    readonly words: string;
    readonly commandId: string;
  },
  now: Instant,
): Promise<PrivacyAsked | Refusal> {
  const { number, what, words } = ask;
  const c = await caseOf(town, number);
  if (!c) return refuse('no-such-request', `There is no request ${number} here.`);
  if (!words.trim()) return refuse('nothing-said', 'Say in a few words what you ask for.');
  const common = await commonOf(town, ask, c, now);
  const receipt = await takeOne(town, { ...common, kind: `privacy.${what}`, scene: SCENE }, now);
  if (isRefusal(receipt) || what !== 'delete') return isRefusal(receipt) ? receipt : { receipt };
  return { receipt, erasure: await eraseAsLawful(town, number, c, now) };
}

/**
 * Opens a complaint that somebody was treated worse because they complained. It is about the unit that led the matter, which neither reads
 * nor works on it (《北京市接诉即办工作条例》第8条). Refuses `no-such-request`, `nothing-said`, `no-unit`.
 */
export async function reportRetaliation(
  town: Town,
  ask: { readonly number: RequestNumber; readonly words: string; readonly commandId: string },
  now: Instant,
): Promise<Receipt | Refusal> {
  const { number, words } = ask;
  const c = await caseOf(town, number);
  if (!c) return refuse('no-such-request', `There is no request ${number} here.`);
  if (!words.trim()) return refuse('nothing-said', 'Say in a few words what happened.');
  const against = [...new Set([...(c.lead ? [c.lead.unit] : []), ...(c.against ?? [])])];
  if (against.length === 0) return refuse('no-unit', 'No unit has worked on this matter yet.');
  const kind = [...town.kinds.values()].find(({ traits }) => traits.includes('aboutUnit'));
  const common = await commonOf(town, ask, c, now);
  return await takeOne(town, { ...common, ...(kind ? { kind: kind.code } : {}), against }, now);
}

async function caseOf(town: Town, number: RequestNumber): Promise<Case | undefined> {
  const caseId = await findRequest(town.db.pool, town.district, number);
  return caseId && replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
}

async function commonOf(
  town: Town,
  { number, words, commandId }: { number: RequestNumber; words: string; commandId: string },
  c: Case,
  now: Instant,
): Promise<Incoming> {
  const own = await readContact(town, { number, purpose: 'own', by: { post: 'requester' } }, now);
  const requester = isRefusal(own) ? undefined : own.requester;
  const places = Object.entries(c.place.layers).flatMap(([layer, [code]]) =>
    code === undefined ? [] : [[layer, code]],
  );
  return {
    source: 'pages/my',
    id: `${number}/${commandId}`,
    type: 'gezhi.report.v1',
    occurredAt: now,
    channel: 'web',
    words,
    publicity: 'private',
    mayJoin: false,
    attributes: { about: number },
    statedPlaces: Object.fromEntries(places),
    ...(requester ? { requester } : {}),
  };
}

async function takeOne(town: Town, signal: Incoming, now: Instant): Promise<Receipt | Refusal> {
  const [receipt] = await takeIn(town, [signal], now);
  return receipt ?? refuse('nothing-said', 'Nothing was taken in.');
}

async function eraseAsLawful(
  town: Town,
  number: RequestNumber,
  c: Case,
  now: Instant,
): Promise<ErasedContact | 'inUse'> {
  if (isOpenPhase(c.phase)) return 'inUse';
  const purposes = [...town.purposes.values()];
  const order = (months: number | undefined): Parameters<typeof eraseSaid>[2] => {
    const until = months === undefined ? now : monthsAfter(c.endedAt ?? now, months);
    return { now, cause: 'asked', ...(until > now ? { term: { until, reason: KEPT_BECAUSE } } : {}) };
  };
  const who = await eraseContact(town, number, order(keepMonths(purposes, c.kind)));
  const said = await eraseSaid(town, { number }, order(saidMonths(purposes, c.kind)));
  return 'until' in said && (!('until' in who) || who.until < said.until)
    ? { erased: 0, until: said.until, reason: said.reason }
    : who;
}

/** What the person is told of why it is only stored. */
const KEPT_BECAUSE =
  '办件记录的保存期限未满（《个人信息保护法》第47条第2款） / the record of the matter has to be kept that long';
