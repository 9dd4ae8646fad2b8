import { isoInstant, parseInstant, type Refusal } from '@gezhi/basis';
import { whoIsResponsible } from '@gezhi/duty';
import { placesAt, segmentsNear } from '@gezhi/place';
import { openCasesByPhase } from '@gezhi/storage';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { layerLabel, placeNamed, postNamed, unitNamed } from '../views/names.ts';
import { sayAnyReason } from '../views/reasons.ts';

export async function getTown({ town, app }: Turn<'getTown'>): Promise<RouteAnswer> {
  const { profile } = town;
  const { district, name, zone, calendar } = profile;
  const links = {
    openapi: '/api/openapi.json',
    kinds: '/api/kinds',
    scenes: '/api/scenes',
    open311: '/open311/v2/discovery.json',
    ...(app.practiceUrl ? { practice: app.practiceUrl } : {}),
  };
  return {
    status: 200,
    body: {
      district,
      name,
      zone,
      calendar,
      layers: profile.layers.map(({ code, tiling }) => ({ code, name: layerLabel(town, code), tiling })),
      units: [...town.units.values()].map(({ code, name, kind, level, parent, place }) => ({
        code,
        name,
        kind,
        level,
        ...(parent ? { parent } : {}),
        ...(place ? { place } : {}),
      })),
      now: await openCasesByPhase(town.db.pool, town.district),
      links,
    },
  };
}

export function listKinds({ town }: Turn<'listKinds'>): RouteAnswer {
  const kinds = [...town.kinds.values()].map(({ code, name, requestKind, public: isPublic }) => ({
    code,
    name,
    ...(requestKind ? { requestKind } : {}),
    public: isPublic === true,
  }));
  return { status: 200, body: { kinds } };
}

export function listScenes({ town }: Turn<'listScenes'>): RouteAnswer {
  const scenes = [...town.packs.values()].map(({ scene, clocks, process }) => ({
    id: scene.id,
    version: scene.version,
    name: scene.name,
    owner: scene.owner,
    purpose: scene.purpose,
    basis: scene.basis,
    expires: String(scene.expires),
    clocks: { profile: clocks.profile, source: clocks.source, confirmed: clocks.confirmed },
    states: Object.values(process.states).map(({ name, phase, label }) => ({ name, phase, label })),
    actions: Object.values(process.actions).map(({ name, act, label, power, from }) => ({
      name,
      act,
      label,
      power,
      from: typeof from === 'string' ? from : [...from],
    })),
  }));
  return { status: 200, body: { scenes } };
}

export function findPlaces({ town, query, now }: Turn<'findPlaces'>): RouteAnswer {
  const { lon, lat } = query;
  const found = placesAt(town.places, { lon, lat }, momentOf(query.at, now));
  return {
    status: 200,
    body: {
      layers: Object.fromEntries(
        Object.entries(found).map(([layer, codes]) => [layer, codes.map((code) => placeNamed(town, code))]),
      ),
      lines: segmentsNear(town.lines, { lon, lat }).map(({ line, segment }) => ({ line, segment })),
    },
  };
}

/** Who was responsible at that minute. Places are those of that minute too. */
export function findResponsible({ town, query, now }: Turn<'whoIsResponsible'>): RouteAnswer | Refusal {
  const { kind, lon, lat } = query;
  const at = momentOf(query.at, now);
  const knownAt = momentOf(query.knownAt, now);
  const places: Record<string, readonly string[]> = { ...placesAt(town.places, { lon, lat }, at) };
  for (const { line, segment } of segmentsNear(town.lines, { lon, lat })) {
    places[line] = [...(places[line] ?? []), segment];
  }
  const who = whoIsResponsible(town.duties, { kind, places, at, knownAt });
  return {
    status: 200,
    body: {
      outcome: who.outcome,
      ...(who.unit ? { unit: unitNamed(town, who.unit) } : {}),
      ...(who.post ? { post: postNamed(town, who.post) } : {}),
      persons: who.persons,
      ...(who.standIn ? { standIn: who.standIn } : {}),
      at: isoInstant(at),
      knownAt: isoInstant(knownAt),
      because: who.because.map((reason) => sayAnyReason(town, reason)),
    },
  };
}

function momentOf(text: string | undefined, now: number): number {
  return text === undefined ? now : parseInstant(text)!;
}
