import { type Instant, isRefusal, MINUTE } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { zoneOf } from '@gezhi/clock';
import {
  type CountChange,
  type CountedRequest,
  compareEditions,
  compareLists,
  type Edition,
  type HelpPlan,
  helpPlan,
  type NumberChange,
} from '@gezhi/measures';
import type { Town } from '../town.ts';
import { mayEdition } from './may-edition.ts';
import { readEditionCases } from './read-edition-cases.ts';
import { type EditionSummary, publishedTexts, readList, readText } from './read-editions.ts';
import type { NamesIn } from './say-edition.ts';
import { speaksFor } from './speaks-for.ts';

/**
 * The text of an edition that somebody may see: what is published, for everybody; what is shown but not published, for staff of those
 * measured; a draft, for those who make it. `undefined` where there is nothing for them.
 */
export function hashFor(
  town: Town,
  summary: EditionSummary,
  by: Actor | undefined,
  revision?: number,
): string | undefined {
  const texts = publishedTexts(summary);
  if (revision !== undefined) return texts.find((text) => text.revision === revision)?.hash;
  const last = texts.at(-1);
  if (last) return last.hash;
  if (!by) return undefined;
  return summary.state.phase !== 'drafted' || readsAll(town, by) ? summary.state.hash : undefined;
}

/** Whether a post reads every list behind an edition (`edition.read`). */
export function readsAll(town: Town, by: Actor): boolean {
  return !isRefusal(mayEdition(town, 'edition.read', by));
}

/** How each request counts, for those who may know: the hotline all (`edition.read`), a unit its own (`edition.appeal`). Nobody else any. */
export async function listFor(
  town: Town,
  id: string,
  hash: string,
  by: Actor,
): Promise<readonly CountedRequest[]> {
  const list = await readList(town, id, hash);
  if (readsAll(town, by)) return list;
  if (isRefusal(mayEdition(town, 'edition.appeal', by))) return [];
  const unit = town.posts.get(by.post)?.unit;
  return unit === undefined ? [] : list.filter((request) => speaksFor(town, unit, request));
}

export type Revision = {
  readonly revision: number;
  readonly hash: string;
  readonly at: Instant;
  /** Against the one before; empty for the first. */
  readonly changes: readonly NumberChange[];
};

/** Each publication with the numbers it changed. */
export async function revisionsOf(town: Town, summary: EditionSummary): Promise<readonly Revision[]> {
  const texts = publishedTexts(summary);
  const editions = await Promise.all(texts.map(({ hash }) => readText(town, summary.state.id, hash)));
  return texts.map((text, at) => {
    const before = editions[at - 1];
    return { ...text, changes: before ? compareEditions(before, editions[at]!) : [] };
  });
}

/** Which requests a revision counts otherwise than the one before: why its numbers changed. */
export async function whyRevised(
  town: Town,
  summary: EditionSummary,
  revision: number,
): Promise<readonly CountChange[]> {
  const texts = publishedTexts(summary);
  const [before, after] = [texts[revision - 1], texts[revision]];
  if (!before || !after) return [];
  const { id } = summary.state;
  return compareLists(await readList(town, id, before.hash), await readList(town, id, after.hash));
}

const YEAR_MS = 366 * 86_400_000;

/** The help plan for one row, with a year behind it. Reads that year's cases once. */
export async function helpPlanFor(town: Town, edition: Edition, subject: string): Promise<HelpPlan> {
  const zone = zoneOf(town.profile.zone);
  const window = { from: edition.period.to - YEAR_MS, to: edition.period.to };
  const rates = { ...edition.policy.rates, dateBasis: 'created' as const };
  const position = edition.position[town.district]!;
  const cases = await readEditionCases(town, edition.by, rates, window, position);
  return helpPlan(subject, cases, edition.period, edition.policy, (at) => zone.offsetAt(at) / MINUTE);
}

/** Names of a town's codes, for what is said of an edition. */
export function namesIn(town: Town, edition: Pick<Edition, 'by'>, lang: 'zh' | 'en'): NamesIn {
  const places = new Map(town.places.places.map(({ code, name }) => [code, name]));
  const unit = (code: string): string => town.units.get(code)?.name ?? code;
  return (sort, code) => {
    if (sort === 'kind') return town.kinds.get(code)?.name[lang] ?? code;
    if (sort === 'unit' || (sort === 'subject' && edition.by === 'unit')) return unit(code);
    return places.get(code) ?? code;
  };
}
