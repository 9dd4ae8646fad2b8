import { DAY, HOUR, type Instant, mintCaseId, openedAtOf } from '@gezhi/basis';
import { findPlace } from '@gezhi/place';
import {
  findTopicRun,
  inTransaction,
  keepTopicDays,
  keepTopicRun,
  type TopicRunRow,
  type TopicScope,
  type TopicWords,
  topicDays,
  topicWords,
} from '@gezhi/storage';
import { DEFAULT_TOPIC_POLICY, type KnownTopic, type Topic, type TopicMessage } from '@gezhi/text';
import { dayIn } from '../day-in.ts';
import { keyedHash } from '../keyed-hash.ts';
import { secretKinds } from '../secret.ts';
import type { Town } from '../town.ts';
import { findTopicsApart } from './find-apart.ts';
import { type Season, seasonsOf } from './season.ts';

/** A topic of a town: where are codes of its divisions, `cases` those behind it, `season` how its main kind stands to what the time of year would give. */
export type TownTopic = Omit<Topic, 'growth'> & {
  readonly cases: readonly string[];
  readonly kinds: readonly { readonly kind: string; readonly voices: number }[];
  readonly season: Season | null;
  /** Voices that were joined to a case that others had opened: “me too”, told apart. */
  readonly joined: number;
};

export type TopicRun = Omit<TopicRunRow, 'topics'> & { readonly topics: readonly TownTopic[] };

export type TopicQuery = {
  readonly from: Instant;
  readonly to: Instant;
  readonly scope: TopicScope;
  /** A place by its code, with all that lies in it. */
  readonly place?: string | undefined;
  readonly kind?: string | undefined;
};

/** The windows of which runs are kept, in days. */
export const TOPIC_WINDOWS = [7, 30] as const;
/** As many messages are read at most; where there are more, the newest, and `coveredFrom` says from when. */
export const TOPIC_MESSAGES_MAX = 5_000;
const TOPICS_KEPT = 60;
/** A run that is older is not shown: the words behind it may be gone. */
const RUN_HOLDS_MS = DAY;

/** What many said in a window, in cases that were opened in it. Found when asked for: some milliseconds a message, in a thread of its own. */
export async function topicsIn(
  town: Town,
  query: TopicQuery,
  now: Instant,
  previous: readonly KnownTopic[] = [],
): Promise<TopicRun> {
  const { from, to, scope } = query;
  const rows = await topicWords(
    town.db.pool,
    town.district,
    {
      fromId: mintCaseId(from, new Uint8Array(10)),
      toId: mintCaseId(to, new Uint8Array(10).fill(255)),
      places: query.place === undefined ? undefined : placesIn(town, query.place),
      kind: query.kind,
      isPublic: scope === 'public',
      butKinds: secretKinds(town),
    },
    TOPIC_MESSAGES_MAX + 1,
  );
  const isCut = rows.length > TOPIC_MESSAGES_MAX;
  const read = rows.slice(0, TOPIC_MESSAGES_MAX);
  const coveredFrom = isCut ? openedAtOf(read.at(-1)!.caseId) : from;
  const messages = read.map((row) => messageOf(town, row));
  const found = await findTopicsApart({
    messages,
    from: coveredFrom,
    to,
    previous,
    isPublic: scope === 'public',
  });
  const byId = new Map(read.map((row) => [row.id, row]));
  const topics = found.slice(0, TOPICS_KEPT).map((topic) => behind(topic, byId));
  const seasons = await seasonsOf(
    town,
    topics.map((topic) => {
      const [first] = topic.where;
      const isThere = first !== undefined && first.voices * 2 >= topic.voices;
      const area = isThere ? first.place : undefined;
      const places = area === undefined ? undefined : new Set(placesIn(town, area));
      return { kind: topic.kinds[0]?.kind ?? '', area, places };
    }),
    { from, to },
  );
  return {
    scope,
    days: Math.round((to - from) / DAY),
    madeAt: now,
    from,
    to,
    coveredFrom,
    policy: DEFAULT_TOPIC_POLICY.version,
    messages: read.length,
    topics: topics.map((topic, i) => ({ ...topic, season: seasons[i] ?? null })),
  };
}

/** Finds the topics of a standard window anew and keeps them; each that was there before keeps its id. */
export async function keepTopics(
  town: Town,
  { scope, days }: { readonly scope: TopicScope; readonly days: number },
  now: Instant,
): Promise<TopicRun> {
  const before = await findTopicRun(town.db.pool, town.district, scope, days);
  const known = (before?.topics ?? []) as readonly KnownTopic[];
  const run = { ...(await topicsIn(town, { from: now - days * DAY, to: now, scope }, now, known)), days };
  await inTransaction(town.db.pool, async (client) => {
    await keepTopicRun(client, town.district, run);
    if (scope === 'staff' && days === TOPIC_WINDOWS[0])
      await keepTopicDays(client, town.district, dayIn(town, now), run.topics);
  });
  return run;
}

export type TopicStand = {
  readonly day: string;
  readonly voices: number;
  readonly people: number;
  readonly heat: number;
};

/** How these topics stood from day to day, the oldest first: numbers alone. Kept of the week's topics of staff. */
export async function historyOf(
  town: Town,
  ids: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, readonly TopicStand[]>> {
  const since = dayIn(town, now - HISTORY_MS);
  const rows = await topicDays(town.db.pool, town.district, ids, since);
  return Map.groupBy(rows, ({ id }) => id);
}

const HISTORY_MS = 60 * DAY;

/** The kept run of a standard window; none where there is none yet, or none of the last day. */
export async function keptTopics(
  town: Town,
  scope: TopicScope,
  days: number,
  now: Instant,
): Promise<TopicRun | undefined> {
  const row = await findTopicRun(town.db.pool, town.district, scope, days);
  return row && row.madeAt > now - RUN_HOLDS_MS ? (row as TopicRun) : undefined;
}

/** Whether a standard window is to be read again: an hour after the last time. */
export async function topicsAreOld(
  town: Town,
  scope: TopicScope,
  days: number,
  now: Instant,
): Promise<boolean> {
  const row = await findTopicRun(town.db.pool, town.district, scope, days);
  return !row || row.madeAt <= now - HOUR || row.policy !== DEFAULT_TOPIC_POLICY.version;
}

function messageOf(town: Town, { id, caseId, said, place, lookup }: TopicWords): TopicMessage {
  const division = divisionOf(town, place);
  return {
    id,
    at: openedAtOf(caseId),
    text: said,
    ...(lookup
      ? { personKey: keyedHash(town.secret, `topics ${lookup.toString('hex')}`).toString('base64url') }
      : {}),
    ...(division ? { places: [division] } : {}),
  };
}

/** The place of the division tree in which a case lies, never anything finer. */
function divisionOf(town: Town, code: string): string | undefined {
  const tree = town.profile.layers[0]?.code;
  for (const layer of town.profile.layers) {
    const place = findPlace(town.places, layer.code, code);
    if (!place) continue;
    return place.layer === tree ? place.code : place.parent;
  }
  return undefined;
}

/** A place and all that lie in it, by their codes. */
function placesIn(town: Town, code: string): readonly string[] {
  const inside = new Set([code]);
  for (let grown = 0; grown < inside.size; ) {
    grown = inside.size;
    for (const place of town.places.places)
      if (place.parent !== undefined && inside.has(place.parent)) inside.add(place.code);
  }
  return [...inside];
}

function behind(topic: Topic, rows: ReadonlyMap<string, TopicWords>): Omit<TownTopic, 'season'> {
  const { growth: _, ...rest } = topic;
  const members = topic.members.map((id) => rows.get(id)!);
  const kinds = Map.groupBy(members, ({ kind }) => kind);
  const cases = [...new Set(members.map(({ caseId }) => caseId))];
  return {
    ...rest,
    cases,
    joined: members.length - cases.length,
    kinds: [...kinds]
      .map(([kind, those]) => ({ kind, voices: those.length }))
      .sort((a, b) => b.voices - a.voices || (a.kind < b.kind ? -1 : 1))
      .slice(0, 3),
  };
}
