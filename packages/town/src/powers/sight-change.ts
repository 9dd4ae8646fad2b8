import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '@gezhi/cases';
import type { Test } from '@gezhi/powers';
import type { Pack } from '@gezhi/scene';
import { countHeldChanges } from '@gezhi/storage';
import { holderOf } from '../may.ts';
import type { Town } from '../town.ts';
import type { ListOfPack } from './compare-powers.ts';
import { gateOf } from './gate-of.ts';
import { heldBy } from './held-by.ts';

/** What another power list would change for a sort of posts, by the open cases of the town as they stand. Posts are counted, never named. */
export type SightChange = {
  readonly postKind: string;
  readonly unitKind: string;
  readonly unitLevel: string;
  /** Posts of this sort, and those of them for which something would change. */
  readonly posts: number;
  readonly changed: number;
  /** Open cases that some of these posts would see in future, and would see no more: the most of any one post. */
  readonly gains: number;
  readonly loses: number;
};

/**
 * Who would see more or less of the open cases of a town if a scene had another power list. Sorts of posts for which nothing would change are
 * left out. Two filters in one statement for each post whose filter is another: some milliseconds each.
 */
export async function sightChange(town: Town, list: ListOfPack): Promise<readonly SightChange[]> {
  const pack = town.packs.get(list.scene.id);
  if (!pack) return [];
  const changed = { ...pack, powers: list.powers };
  const would: Town = { ...town, packs: new Map(town.packs).set(list.scene.id, changed) };
  const sorts = new Map<string, SightChange>();
  for (const { code, kind, unit } of town.posts.values()) {
    const of = town.units.get(unit);
    if (!of) continue;
    const by = { post: code };
    const [was, will] = [testOf(town, pack, by), testOf(would, changed, by)];
    const { gains, loses } = isDeepStrictEqual(was, will)
      ? NOTHING
      : await countHeldChanges(
          town.db.pool,
          town.district,
          heldBy(town, by, 'see'),
          heldBy(would, by, 'see'),
        );
    const key = `${kind}/${of.kind}/${of.level}`;
    const before = sorts.get(key);
    sorts.set(key, {
      postKind: kind,
      unitKind: of.kind,
      unitLevel: of.level,
      posts: (before?.posts ?? 0) + 1,
      changed: (before?.changed ?? 0) + (gains + loses > 0 ? 1 : 0),
      gains: Math.max(before?.gains ?? 0, gains),
      loses: Math.max(before?.loses ?? 0, loses),
    });
  }
  return [...sorts.values()].filter((sort) => sort.changed > 0);
}

function testOf(town: Town, pack: Pack, by: Actor): Test {
  return gateOf(town, pack).testOf(holderOf(town, by), 'see');
}

const NOTHING = { gains: 0, loses: 0 };
