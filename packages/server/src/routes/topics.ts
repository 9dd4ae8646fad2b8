import { type CaseId, DAY, isRefusal, parseInstant, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { findPlace } from '@gezhi/place';
import { DEFAULT_TOPIC_POLICY } from '@gezhi/text';
import {
  hiddenFrom,
  historyOf,
  keptTopics,
  TOPIC_WINDOWS,
  type TopicRun,
  type TopicStand,
  type Town,
  type TownTopic,
  topicsIn,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** How heat is reckoned, for whoever reads it. */
export const HEAT_FORMULA = {
  zh: '每人计 min(2, 1 + 0.25 ln n)，n 为其来件数，按其最近一次来件距今时间衰减（半个窗口减半）后相加；未留电话的来件合计开平方。',
  en: 'The sum over people of min(2, 1 + 0.25 ln n), n being how often somebody wrote, halved for every half window since they wrote last; messages without a number count together, as the root of their different wordings.',
} as const;

/** A window longer than this is not read at once. */
const WINDOW_MAX_MS = 366 * DAY;

export type TopicsAsked = {
  readonly days?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly place?: string | undefined;
  readonly kind?: string | undefined;
};

/** Topics of a window: the kept run of a standard one; for staff any other, found now. */
export async function readTopics(turn: Turn<'readTopics'>): Promise<RouteAnswer | Refusal> {
  const { town, query, actor, now } = turn;
  const run = await topicsAsked(town, query, actor, now);
  return isRefusal(run) ? run : { status: 200, body: await viewOf(town, run, actor) };
}

/**
 * The same for a page. Refuses `staff-only` where somebody else names a place, a kind or a window of their own, `bad-window`, and `bad-input` for a place or kind that is not there.
 */
export async function topicsAsked(
  town: Town,
  { days = '7', from, to, place, kind }: TopicsAsked,
  actor: Actor | undefined,
  now: number,
): Promise<TopicRun | Refusal> {
  const isStandard = from === undefined && to === undefined && place === undefined && kind === undefined;
  const scope = actor ? 'staff' : 'public';
  const length = TOPIC_WINDOWS.find((one) => String(one) === days) ?? TOPIC_WINDOWS[0];
  if (isStandard) {
    const kept = await keptTopics(town, scope, length, now);
    return kept ?? { ...NONE, scope, days: length, from: now - length * DAY, to: now };
  }
  if (!actor) return refuse('staff-only', 'Only the windows of 7 and 30 days are for everybody.');
  const window = {
    from: parseInstant(from ?? '') ?? (parseInstant(to ?? '') ?? now) - length * DAY,
    to: parseInstant(to ?? '') ?? now,
  };
  const isNone = window.to <= window.from || window.from < 0;
  if (isNone || window.to - window.from > WINDOW_MAX_MS)
    return refuse('bad-window', 'A window ends after it begins, and is no longer than a year.', window);
  if (place !== undefined && nameOf(town, place) === undefined)
    return refuse('bad-input', `There is no place "${place}".`, { field: 'place' });
  if (kind !== undefined && !town.kinds.has(kind))
    return refuse('bad-input', `There is no kind "${kind}".`, { field: 'kind' });
  return await topicsIn(town, { ...window, scope, place, kind }, now);
}

const NONE = { madeAt: 0, coveredFrom: 0, policy: DEFAULT_TOPIC_POLICY.version, messages: 0, topics: [] };

async function viewOf(town: Town, run: TopicRun, actor: Actor | undefined): Promise<object> {
  const all = run.topics.flatMap(({ cases }) => cases as readonly CaseId[]);
  const hidden = actor ? await hiddenFrom(town, actor, all) : new Set<CaseId>();
  const ids = run.topics.map(({ id }) => id);
  const history = actor ? await historyOf(town, ids, run.to) : new Map<string, readonly TopicStand[]>();
  return {
    policy: { version: run.policy, formula: HEAT_FORMULA },
    scope: run.scope,
    from: iso(run.from),
    to: iso(run.to),
    madeAt: run.madeAt === 0 ? null : iso(run.madeAt),
    messages: run.messages,
    cutBefore: run.coveredFrom > run.from ? iso(run.coveredFrom) : null,
    topics: run.topics.map((topic) =>
      topicView(town, topic, actor !== undefined, hidden, history.get(topic.id) ?? []),
    ),
  };
}

function topicView(
  town: Town,
  topic: TownTopic,
  isStaff: boolean,
  hidden: ReadonlySet<CaseId>,
  history: readonly TopicStand[],
): Record<string, unknown> {
  const { id, label, where, since, latest, isNew, voices, people, joined, heat, season } = topic;
  const { mergedFrom, splitFrom } = topic;
  const cases = topic.cases.filter((caseId) => !hidden.has(caseId as CaseId));
  return {
    id,
    label,
    where: where.map((one) => ({
      code: one.place,
      name: nameOf(town, one.place) ?? one.place,
      voices: one.voices,
    })),
    since: iso(since),
    latest: iso(latest),
    isNew,
    voices,
    people,
    joined: joined ?? 0,
    heat,
    season: season && seasonView(season),
    ...(isStaff
      ? {
          kinds: topic.kinds.map(({ kind, voices: n }) => ({
            code: kind,
            name: town.kinds.get(kind)?.name ?? { zh: kind, en: kind },
            voices: n,
          })),
          cases: cases.map((caseId) => ({ caseId, link: `/cases/${caseId}` })),
          history: history.map(({ day, voices: n, people: who, heat: hot }) => ({
            day,
            voices: n,
            people: who,
            heat: Math.round(hot * 100) / 100,
          })),
        }
      : {}),
    mergedFrom,
    splitFrom,
  };
}

function seasonView({
  kind,
  area,
  count,
  expected,
  low,
  high,
  unusual,
}: NonNullable<TownTopic['season']>): object {
  return { kind, area: area ?? null, count, expected: Math.round(expected * 10) / 10, low, high, unusual };
}

function nameOf(town: Town, code: string): string | undefined {
  for (const layer of town.profile.layers) {
    const place = findPlace(town.places, layer.code, code);
    if (place) return place.name;
  }
  return undefined;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
