import { isCaseId, isRefusal, parseRequestNumber, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, replay } from '@gezhi/cases';
import { ancestors, findPlace } from '@gezhi/place';
import type { Because, Policy, Resource } from '@gezhi/powers';
import type { Pack } from '@gezhi/scene';
import { findRequest, loadFacts } from '@gezhi/storage';
import { holderOf, resourceOf } from '../may.ts';
import { packOfKind, type Town } from '../town.ts';
import { unitsAbove } from '../units-above.ts';
import { powersOf } from './check-powers.ts';
import { statesAt } from './dated-states.ts';
import { gateOf } from './gate-of.ts';

/** The published power list of a scene: what it permits and forbids, as it runs. */
export type PublishedList = {
  readonly scene: string;
  readonly name: Pack['scene']['name'];
  readonly powers: readonly string[];
  readonly policies: readonly Policy[];
};

/** The power lists of a town, the main scene's first. */
export function powerLists(town: Town): readonly PublishedList[] {
  const packs = [town.pack, ...[...town.packs.values()].filter((pack) => pack !== town.pack)];
  return packs.map((pack) => ({
    scene: pack.scene.id,
    name: pack.scene.name,
    powers: powersOf(pack),
    policies: gateOf(town, pack).policies,
  }));
}

/** Whether a post holds a power over something, by which policy of which scene. */
export type ExplainedPower = {
  readonly who: Actor;
  readonly power: string;
  readonly scene: string;
  readonly allowed: boolean;
  readonly because: Because;
};

/**
 * Explains a power. `who` is a post or the staff number of somebody on one (then all of their posts answer); `what` is a case, a request's
 * number, or `kind@place` for a matter of a kind at a place that nobody leads yet.
 *
 * Refuses `no-such-post`, `no-such-case`, `no-such-kind`, `no-such-place`.
 */
export async function explainPower(
  town: Town,
  asked: { readonly who: string; readonly power: string; readonly what: string },
): Promise<readonly ExplainedPower[] | Refusal> {
  const actors = actorsOf(town, asked.who);
  if (actors.length === 0) {
    return refuse('no-such-post', `There is no post and no staff number "${asked.who}" here.`);
  }
  const what = await whatIs(town, asked.what);
  if (isRefusal(what)) return what;
  const gate = gateOf(town, what.pack);
  return actors.map((who) => ({
    who,
    power: asked.power,
    scene: what.pack.scene.id,
    ...gate.decide(holderOf(town, who), asked.power, what.resource),
  }));
}

function actorsOf(town: Town, who: string): readonly Actor[] {
  if (town.posts.has(who)) return [{ post: who }];
  return town.staff.flatMap(({ person, post }) =>
    person === who && town.posts.has(post) ? [{ post, person }] : [],
  );
}

type What = { readonly pack: Pack; readonly resource: Resource };

async function whatIs(town: Town, what: string): Promise<What | Refusal> {
  if (what.includes('@')) return matterAt(town, what);
  const number = parseRequestNumber(what);
  const caseId = isCaseId(what) ? what : number && (await findRequest(town.db.pool, town.district, number));
  const facts = caseId ? (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) : undefined;
  const c = facts && replay(facts);
  if (!c) return refuse('no-such-case', `There is no case ${what} here.`);
  return { pack: town.packs.get(c.scene) ?? town.pack, resource: resourceOf(town, c) };
}

function matterAt(town: Town, what: string): What | Refusal {
  const [kind = '', code = ''] = what.split('@');
  const known = town.kinds.get(kind);
  if (!known) return refuse('no-such-kind', `There is no kind "${kind}" here.`);
  const layer = town.profile.layers.find((one) => findPlace(town.places, one.code, code))?.code;
  if (layer === undefined) return refuse('no-such-place', `There is no place "${code}" here.`);
  return {
    pack: packOfKind(town, kind),
    resource: {
      kind,
      secret: known.traits.includes('secret'),
      coUnits: [],
      places: [code, ...ancestors(town.places, layer, code).map((above) => above.code)],
      during: statesAt(town, code),
      unitAncestors: (unit) => unitsAbove(town, unit),
    },
  };
}
