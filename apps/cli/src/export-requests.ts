import { type CaseId, Fault, type Instant, isRefusal, type RequestNumber, SECOND } from '@gezhi/basis';
import { type CarriedVoice, type Case, clocksOf, type Fact, type Phase, replay } from '@gezhi/cases';
import type { Imported } from '@gezhi/connectors';
import { findPlace } from '@gezhi/place';
import { casesTouched, headOf, listCases, loadFacts, wordsById } from '@gezhi/storage';
import { dueIn, type Person, processOf, readContacts, type Town } from '@gezhi/town';
import { labelIn } from './names-of.ts';

export type ExportOptions = {
  /** Only requests of cases with something new after this position. */
  readonly since?: number;
  /** With names and telephone numbers. */
  readonly contacts: boolean;
  readonly now: Instant;
};

const CASES_A_PAGE = 500;

/**
 * Every request of a town as a record that the profiles write, newest cases first; each as its case stands now. What was erased is left
 * out. Memory holds a page of cases.
 */
export async function* exportRequests(town: Town, options: ExportOptions): AsyncGenerator<Imported> {
  for await (const caseIds of pagesOf(town, options.since)) {
    const histories = await loadFacts(town.db.pool, town.district, caseIds);
    const cases = caseIds.flatMap((caseId) => {
      const facts = histories.get(caseId);
      const c = facts && replay(facts);
      return c ? [{ c, reply: replyOf(facts) }] : [];
    });
    const words = await wordsById(
      town.db.pool,
      town.district,
      cases.flatMap(({ c, reply }) => refsOf(c, reply)),
    );
    const people = options.contacts
      ? await requesters(
          town,
          cases.flatMap(({ c }) => Object.keys(c.voices)),
          options.now,
        )
      : new Map();
    for (const { c, reply } of cases) {
      for (const voice of Object.values(c.voices))
        yield recordOf(town, c, voice, reply, words, people.get(voice.number));
    }
  }
}

async function* pagesOf(town: Town, since: number | undefined): AsyncGenerator<readonly CaseId[]> {
  const { pool } = town.db;
  if (since !== undefined) {
    const touched = await casesTouched(pool, town.district, since, await headOf(pool, town.district), []);
    for (let i = 0; i < touched.length; i += CASES_A_PAGE)
      yield touched.slice(i, i + CASES_A_PAGE).map(({ caseId }) => caseId);
    return;
  }
  let after: CaseId | undefined;
  for (;;) {
    const page = await listCases(pool, town.district, after === undefined ? {} : { after }, CASES_A_PAGE);
    if (page.length === 0) return;
    yield page.map((row) => row.case_id);
    after = page.at(-1)!.case_id;
  }
}

type Reply = { readonly words: string; readonly at: number };

/** The last thing that was answered: on the spot, as a refusal to dispatch, or when the work was reported done. */
function replyOf(facts: readonly Fact[]): Reply | undefined {
  const fact = facts.findLast((f) => f.type === 'answered' || f.type === 'declined' || f.type === 'done');
  const words = (fact?.data as { words?: { id: string } } | undefined)?.words;
  return fact && words ? { words: words.id, at: fact.occurredAt } : undefined;
}

function refsOf(c: Case, reply: Reply | undefined): string[] {
  const said = Object.values(c.voices).flatMap((voice) => (voice.words ? [voice.words.id] : []));
  return reply ? [...said, reply.words] : said;
}

async function requesters(
  town: Town,
  numbers: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, Person>> {
  const order = { purpose: 'handOver', by: { post: 'operator' } };
  const read = await readContacts(town, numbers as readonly RequestNumber[], order, now);
  if (isRefusal(read)) throw new Fault(read.code, read.because);
  return new Map([...read].flatMap(([number, { requester }]) => (requester ? [[number, requester]] : [])));
}

function recordOf(
  town: Town,
  c: Case,
  voice: CarriedVoice,
  reply: Reply | undefined,
  words: ReadonlyMap<string, string>,
  person: Person | undefined,
): Imported {
  const said = voice.words && words.get(voice.words.id);
  const answered = reply && words.get(reply.words);
  const external = c.externals[0];
  return {
    source: `gezhi/${town.district}`,
    id: voice.number,
    occurredAt: wholeSecond(voice.saidAt),
    requestKind: voice.requestKind,
    channel: voice.channel,
    ...(CHANNELS[voice.channel] ? { channelLabel: CHANNELS[voice.channel] } : {}),
    publicity: voice.publicity,
    ...(said ? { words: said } : {}),
    ...caseFields(town, c),
    ...(answered && reply ? { reply: answered, replyAt: wholeSecond(reply.at) } : {}),
    ...(person ? { requester: requesterOf(person) } : {}),
    ...callbackOf(voice),
    ...(external ? { external } : {}),
  };
}

/** As such files write moments; parts of a second would make them unreadable to whoever takes them over. */
function wholeSecond(at: Instant): Instant {
  return at - (at % SECOND);
}

const CHANNELS: Readonly<Record<string, string>> = {
  phone: '电话',
  hotlineDesk: '热线话务',
  web: '网站',
  app: '手机应用',
  grid: '网格员',
  open311: '开放接口',
};

function caseFields(town: Town, c: Case): Partial<Imported> {
  const handle = clocksOf(processOf(town, c), c, (stage, of, at) => dueIn(town, stage, of, at)).find(
    ({ clock }) => clock === 'handle',
  );
  const kind = labelIn('zh', town.kinds.get(c.kind)?.name) ?? c.kind;
  return {
    kind: c.kind,
    kindLabel: kind,
    ...(c.dispatchedFirstAt === undefined ? {} : { dispatchedAt: wholeSecond(c.dispatchedFirstAt) }),
    ...(handle?.due ? { dueAt: wholeSecond(handle.due.dueAt) } : {}),
    ...(c.endedAt === undefined ? {} : { closedAt: wholeSecond(c.endedAt) }),
    ...(c.lead ? { unit: town.units.get(c.lead.unit)?.name ?? c.lead.unit } : {}),
    ...(c.place.point ? { point: c.place.point } : {}),
    statedPlaces: placesOf(town, c),
    status: STATUS[c.phase],
  };
}

/** What a phase is called by those who write such files: whatever is not ended there is being worked on. */
const STATUS: Readonly<Record<Phase, NonNullable<Imported['status']>>> = {
  received: 'open',
  triage: 'open',
  dispatched: 'dispatched',
  underway: 'underway',
  done: 'underway',
  check: 'underway',
  answered: 'answered',
  referred: 'referred',
  declined: 'declined',
  closed: 'closed',
};

/** District, street and community by name, from the town's own divisions; what a source stated, as it stated it. */
function placesOf(town: Town, c: Case): Readonly<Record<string, string>> {
  const stated: Record<string, string> = {};
  for (const [layer, codes] of Object.entries(c.place.layers)) {
    for (const code of codes) {
      const place = findPlace(town.places, layer, code);
      const level = place?.level ? LEVELS[place.level] : layer;
      if (level) stated[level] = place?.name ?? code;
    }
  }
  return stated;
}

const LEVELS: Readonly<Record<string, string>> = {
  district: 'district',
  county: 'district',
  street: 'street',
  town: 'street',
  township: 'street',
  community: 'community',
  village: 'community',
};

function requesterOf({ name, reachMe }: Person): NonNullable<Imported['requester']> {
  const phone = reachMe?.find(({ way }) => way === 'phone' || way === 'sms')?.address;
  return { ...(name ? { name } : {}), ...(phone ? { phone } : {}) };
}

function callbackOf({ callback }: CarriedVoice): Pick<Imported, 'callback'> {
  if (!callback) return {};
  if (callback.answer === 'unreachable') return { callback: { valid: 'no' } };
  const { contacted, solved, satisfied } = callback.answer;
  const isWhole = contacted !== 'noAnswer' && solved !== 'noAnswer' && satisfied !== 'noAnswer';
  return { callback: { valid: isWhole ? 'yes' : 'no', contacted, solved, satisfied } };
}
