import type { Case, Fact } from '@gezhi/cases';
import type { Target } from '@gezhi/scene';
import { type Town, unitsAbove } from '@gezhi/town';

/** Whom a notice is for: a requester by number; whoever is on duty for a unit; a post by code. */
export type Told = { readonly target: 'requester' | 'unit' | 'post'; readonly code: string };

/**
 * Whom a rule tells of a fact, each once. A unit that the matter is about is not told, nor one below it (北京市接诉即办工作条例: what is said
 * about a unit is not handled by it).
 */
export function targetsOf(town: Town, to: Target, fact: Fact, after: Case): readonly Told[] {
  if (to === 'requester')
    return numbersIn(fact, after).map((code) => ({ target: 'requester' as const, code }));
  const { against = [] } = after as { readonly against?: readonly string[] };
  const units = [...new Set(unitsOf(town, to.of, fact, after))].filter(
    (unit) => town.units.has(unit) && ![unit, ...unitsAbove(town, unit)].some((one) => against.includes(one)),
  );
  return units.map((unit) => toldIn(town, unit, to.post));
}

/** A fact about one voice is told to that requester, every other to all who speak in the case. */
function numbersIn(fact: Fact, after: Case): readonly string[] {
  const { number, voice } = fact.data as { number?: string; voice?: { number: string } };
  const one = number ?? voice?.number;
  if (one === undefined) return Object.keys(after.voices);
  return Object.hasOwn(after.voices, one) ? [one] : [];
}

function unitsOf(town: Town, of: string, fact: Fact, after: Case): readonly string[] {
  const lead = after.lead?.unit;
  const [head, tail = ''] = of.split('.');
  switch (head) {
    case 'lead':
      return lead === undefined ? [] : [lead];
    case 'coUnits':
      return [...after.coUnits, ...after.tasks.filter((t) => t.role === 'co').map((t) => t.unit)];
    case 'above':
      return lead === undefined ? [] : unitsAbove(town, lead).slice(0, 1);
    case 'district':
      return districtOf(town, lead);
    case 'unitKind':
      return [...town.units.values()].filter((unit) => unit.kind === tail).map((unit) => unit.code);
    default:
      return unitsInField(tail, fact, after);
  }
}

/** The unit of the district above the lead; without a lead, or none of that level above it, the highest there is. */
function districtOf(town: Town, lead: string | undefined): readonly string[] {
  const chain = lead === undefined ? [] : [lead, ...unitsAbove(town, lead)];
  const district = chain.find((unit) => town.units.get(unit)?.level === 'district') ?? chain.at(-1);
  return district === undefined || district === lead ? [] : [district];
}

/** The units that a field of the fact names: one, several, or that of a task. */
function unitsInField(field: string, fact: Fact, after: Case): readonly string[] {
  const value = (fact.data as Readonly<Record<string, unknown>>)[field];
  if (field === 'task') {
    // The clock of a task is named `<clock>/<task>`.
    const { clock } = fact.data as { clock?: string };
    const named = value ?? clock?.split('/')[1];
    return after.tasks.filter((task) => task.task === named).map((task) => task.unit);
  }
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one): one is string => typeof one === 'string');
}

/** The first post of that kind in the unit; the unit's duty post where it has none. */
function toldIn(town: Town, unit: string, kind: string): Told {
  if (kind === 'dutyPost') return { target: 'unit', code: unit };
  const posts = [...town.posts.values()].filter((post) => post.unit === unit && post.kind === kind);
  const [first] = posts.map((post) => post.code).sort();
  return first === undefined ? { target: 'unit', code: unit } : { target: 'post', code: first };
}
