import { Fault, type Instant } from '@gezhi/basis';
import type {
  CountedRequest,
  Edition,
  EditionAct,
  EditionCase,
  EditionInput,
  EditionState,
  Exclusion,
} from '@gezhi/measures';
import { type EditionActRow, type EditionTextPart, editionActs, editionText } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { foldActs } from './fold-acts.ts';

/** An edition as a list shows it. */
export type EditionSummary = { readonly state: EditionState; readonly acts: readonly EditionActRow[] };

/** Every edition of a district with its acts, the newest name first. */
export async function listEditions(town: Town): Promise<readonly EditionSummary[]> {
  const acts = await editionActs(town.db.pool, town.district);
  const byId = Map.groupBy(acts, ({ edition }) => edition);
  return [...byId]
    .flatMap(([id, own]) => {
      const state = foldActs(id, own);
      return state ? [{ state, acts: own }] : [];
    })
    .reverse();
}

/** One edition with its acts; `undefined` where there is none. */
export async function findEdition(town: Town, id: string): Promise<EditionSummary | undefined> {
  const acts = await editionActs(town.db.pool, town.district, id);
  const state = foldActs(id, acts);
  return state && { state, acts };
}

/** The hash under which each revision was published, and when: 0 first. Empty before it is published. */
export function publishedTexts({
  acts,
}: EditionSummary): readonly { readonly revision: number; readonly hash: string; readonly at: Instant }[] {
  return acts.flatMap(({ data, at }) => {
    const act = data as EditionAct;
    if (act.type === 'published') return [{ revision: 0, hash: act.hash, at }];
    return act.type === 'revised' ? [{ revision: act.revision, hash: act.hash, at }] : [];
  });
}

/** @throws Fault `no-edition-text` where the text is not kept */
export async function readText(town: Town, id: string, hash: string): Promise<Edition> {
  return JSON.parse(await partOf(town, id, hash, 'content')) as Edition;
}

export async function readList(town: Town, id: string, hash: string): Promise<readonly CountedRequest[]> {
  return JSON.parse(await partOf(town, id, hash, 'list')) as CountedRequest[];
}

/** What an edition was computed from. */
export type KeptInput = {
  readonly cases: readonly EditionCase[];
  readonly subjects: EditionInput['subjects'];
  readonly decided: Readonly<Record<string, Exclusion>>;
};

export async function readInput(town: Town, id: string, hash: string): Promise<KeptInput> {
  return JSON.parse(await partOf(town, id, hash, 'input')) as KeptInput;
}

/** A part of a text to the byte as it was hashed. */
export async function partOf(town: Town, id: string, hash: string, part: EditionTextPart): Promise<string> {
  const text = await editionText(town.db.pool, town.district, id, hash, part);
  if (text !== undefined) return text;
  throw new Fault('no-edition-text', `The edition ${id} has no text with the hash ${hash}.`, {
    hint: 'Was the database restored from an older copy? Draft it again.',
  });
}
