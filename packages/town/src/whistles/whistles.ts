import { DAY, type Instant } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import { type Band, band, WHISTLE_BAND } from '@gezhi/measures';
import { averageMarks, countKindsByPlace, type MarkAverage } from '@gezhi/storage';
import { streetsOf } from '../editions/streets-of.ts';
import type { Town } from '../town.ts';

/** A mark that fewer gave says more about them than about the unit. */
export const MARKS_N_MIN = 5;
/** The window of bands and averages. */
export const WHISTLE_WINDOW_MS = 90 * DAY;

/** The kinds of whistle: those of the scene of that name. */
export function whistleKinds(town: Town): readonly string[] {
  return (town.packs.get('whistle')?.kinds ?? []).map(({ code }) => code);
}

/** Per street, how many whistles to how many other cases there, as a band with its interval: never a score, in the order of codes. */
export async function whistleBands(
  town: Town,
  now: Instant,
): Promise<readonly { readonly street: string; readonly band: Band }[]> {
  const window = { from: now - WHISTLE_WINDOW_MS, to: now + 1 };
  const rows = await countKindsByPlace(town.db.pool, town.district, { kinds: whistleKinds(town), ...window });
  const streets = streetsOf(town);
  const byStreet = Map.groupBy(
    rows.filter(({ place }) => streets.has(place)),
    ({ place }) => streets.get(place)!,
  );
  return [...byStreet]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([street, counts]) => {
      const sum = (of: 'counted' | 'others'): number => counts.reduce((all, row) => all + row[of], 0);
      return { street, band: band(sum('counted'), sum('others'), WHISTLE_BAND) };
    });
}

/** What units were given by each other after whistles, 1 … 5 on average for each dimension, from five marks on. Of units, never of a person. */
export async function whistleMarks(town: Town, now: Instant): Promise<readonly MarkAverage[]> {
  const window = { from: now - WHISTLE_WINDOW_MS, to: now + 1, atLeast: MARKS_N_MIN };
  return await averageMarks(town.db.pool, town.district, window);
}

/** 专班（临时党支部）: the street's leader as secretary, a delegate of each unit that did not refuse as member; by post, never by person. */
export type TaskForce = {
  readonly secretary: string | undefined;
  readonly members: readonly { readonly unit: string; readonly post: string | undefined }[];
};

const LEADER_POSTS = ['head', 'desk', 'dutyPost'] as const;
const DELEGATE_POSTS = ['desk', 'dutyPost', 'head'] as const;

/** Who sits on the task force of a whistle, by the posts of the units that were called. */
export function taskForceOf(town: Town, c: Case): TaskForce {
  const units = [...new Set(c.tasks.filter(({ steps }) => !steps?.refused).map(({ unit }) => unit))];
  return {
    secretary: c.lead && postIn(town, c.lead.unit, LEADER_POSTS),
    members: units
      .filter((unit) => unit !== c.lead?.unit)
      .map((unit) => ({ unit, post: postIn(town, unit, DELEGATE_POSTS) })),
  };
}

function postIn(town: Town, unit: string, kinds: readonly string[]): string | undefined {
  const posts = [...town.posts.values()].filter((post) => post.unit === unit);
  return kinds.map((kind) => posts.find((post) => post.kind === kind)?.code).find(Boolean);
}
