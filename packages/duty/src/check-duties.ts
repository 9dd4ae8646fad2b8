import { type Finding, finding } from './finding.ts';
import { coversKind, isKindPattern, matchOf } from './kind-pattern.ts';
import type { RegistryData } from './registry-data.ts';
import { badCorrections, closeReplaced, timesMeet } from './times.ts';
import { type Duty, isCommunity } from './unit.ts';

/** What is wrong with the duties, one by one and against each other. */
export function checkDuties(data: RegistryData): Finding[] {
  const known = knownOf(data);
  const alone = data.duties.flatMap((duty, row) => checkDuty(known, duty, row));
  return [...alone, ...twoLeads(data), ...unitsWithoutPost(data), ...checkRules(data)];
}

type Known = {
  readonly units: ReadonlyMap<string, { readonly kind: RegistryData['units'][number]['kind'] }>;
  readonly posts: ReadonlyMap<string, string>;
  readonly layers: ReadonlySet<string>;
  readonly places: ReadonlySet<string> | undefined;
  readonly kinds: readonly string[] | undefined;
};

function knownOf(data: RegistryData): Known {
  return {
    units: new Map(data.units.map((unit) => [unit.code, unit])),
    posts: new Map(data.posts.map((post) => [post.code, post.unit])),
    layers: new Set(data.layers.map((layer) => layer.code)),
    places: data.places && new Set(data.places.map(({ layer, code }) => placeKey(layer, code))),
    kinds: data.kinds,
  };
}

function placeKey(layer: string, code: string): string {
  return `${layer} ${code}`;
}

function checkDuty(known: Known, duty: Duty, row: number): Finding[] {
  const { unit, kind, layer, place } = duty;
  const where = { table: 'duties', row, key: `${unit} ${kind} ${layer} ${place}` } as const;
  const found: Finding[] = [];
  if (!known.units.has(unit)) found.push(finding('dangling-unit', where, { unit }));
  found.push(...checkPost(known, duty, where));
  if (duty.basis.trim() === '') found.push(finding('no-basis', where, { unit, kind }));
  found.push(...checkKind(known, kind, where));
  if (!known.layers.has(layer)) found.push(finding('unknown-layer', where, { layer }));
  else if (place !== '*' && known.places && !known.places.has(placeKey(layer, place))) {
    found.push(finding('unknown-place', where, { layer, place }));
  }
  if (hasNoEffect(known, duty)) {
    found.push(finding('community-lead-by-list', where, { unit, kind, role: duty.role }));
  }
  return found;
}

type Where = Parameters<typeof finding>[1];

function checkPost(known: Known, { unit, post }: Duty, where: Where): Finding[] {
  if (post === undefined) return [];
  const owner = known.posts.get(post);
  if (owner === undefined) return [finding('dangling-post', where, { post })];
  return owner === unit ? [] : [finding('post-of-other-unit', where, { post, owner, unit })];
}

function checkKind(known: Known, kind: string, where: Where): Finding[] {
  if (!isKindPattern(kind)) return [finding('bad-kind', where, { kind })];
  const isKnown = known.kinds?.some((one) => coversKind(kind, one)) ?? true;
  return isKnown || kind === '*' ? [] : [finding('unknown-kind', where, { kind })];
}

/** A committee as lead by a prefix, or as last resort: routing passes over such a duty. */
function hasNoEffect(known: Known, duty: Duty): boolean {
  const unit = known.units.get(duty.unit);
  if (unit === undefined || !isCommunity(unit.kind) || duty.role === 'co') return false;
  return duty.role === 'fallback' || matchOf(duty.kind) !== 'exact';
}

/** Different units that lead the same kind in the same place at the same time, told once at the later record. */
function twoLeads(data: RegistryData): Finding[] {
  if (badCorrections(data.duties).length > 0) return [];
  const rows = closeReplaced('duties', data.duties).map((duty, row) => ({ duty, row }));
  const leads = rows.filter(({ duty }) => duty.role === 'lead');
  const slots = Map.groupBy(leads, ({ duty }) => `${duty.kind} ${placeKey(duty.layer, duty.place)}`);
  return [...slots].flatMap(([key, slot]) =>
    slot.flatMap(({ duty, row }, i) => {
      const rivals = slot.slice(0, i).filter((one) => isRival(one.duty, duty));
      if (rivals.length === 0) return [];
      const units = [...new Set([...rivals.map((rival) => rival.duty.unit), duty.unit])].join('、');
      const { kind, place } = duty;
      return [finding('two-leads', { table: 'duties', row, key }, { kind, place, units })];
    }),
  );
}

function isRival(a: Duty, b: Duty): boolean {
  return a.unit !== b.unit && timesMeet(a, b);
}

function unitsWithoutPost(data: RegistryData): Finding[] {
  const busy = new Set(data.duties.map((duty) => duty.unit));
  const staffed = new Set(data.posts.map((post) => post.unit));
  const seen = new Set<string>();
  return data.units.flatMap(({ code }, row) => {
    if (!busy.has(code) || staffed.has(code) || seen.has(code)) return [];
    seen.add(code);
    return [finding('unit-without-post', { table: 'units', row, key: code }, { unit: code })];
  });
}

function checkRules(data: RegistryData): Finding[] {
  const layers = new Set(data.layers.map((layer) => layer.code));
  return (data.kindRules ?? []).flatMap((rule, row) => {
    const where = { table: 'kindRules', row, key: rule.kind } as const;
    const bad = isKindPattern(rule.kind) ? [] : [finding('bad-kind', where, { kind: rule.kind })];
    const unknown = rule.layers.filter((layer) => !layers.has(layer));
    return [...bad, ...unknown.map((layer) => finding('unknown-layer', where, { layer }))];
  });
}
