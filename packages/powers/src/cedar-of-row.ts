import type { PowerRow } from './power-table.ts';
import type { Relation } from './relation.ts';

/**
 * The Cedar policy that a row of the power list is: same effect, same powers, same conditions, its id, basis and sentences as annotations.
 * `may()` on the row and Cedar on this policy answer alike (tested).
 */
export function cedarOfRow(row: PowerRow): string {
  const { id, basis, text } = row;
  const notes = { id, basis, zh: text.zh, en: text.en };
  return [
    ...Object.entries(notes).map(([name, said]) => `@${name}(${quote(said)})`),
    bareCedarOfRow(row),
  ].join('\n');
}

/** The same without annotations, which an engine reads at half the cost. */
export function bareCedarOfRow(row: PowerRow): string {
  const conditions = conditionsOf(row);
  const when = conditions.length === 0 ? '' : `\nwhen { ${conditions.join(' &&\n  ')} }`;
  return `${row.effect} (principal, ${actionScope(row.powers)}, resource)${when};`;
}

function actionScope(powers: readonly string[]): string {
  if (powers.includes('*')) return 'action';
  return `action in [${powers.map((power) => `Action::${quote(power)}`).join(', ')}]`;
}

function conditionsOf(row: PowerRow): readonly string[] {
  const ofPost = (name: string, words: readonly string[] | undefined): readonly string[] =>
    words ? [`principal is Post && ${listOf(words)}.contains(principal.${name})`] : [];
  const relation = RELATION[row.relation];
  return [
    ...ofPost('kind', row.postKinds),
    ...ofPost('unitKind', row.unitKinds),
    ...ofPost('unitLevel', row.unitLevels),
    ...(row.roles ? [`principal.roles.containsAny(${listOf(row.roles)})`] : []),
    ...(row.kinds ? kindsTest(row.kinds) : []),
    ...(row.during ? [`resource.during.containsAny(${listOf(row.during)})`] : []),
    ...(relation === undefined ? [] : [relation]),
  ];
}

function kindsTest(kinds: readonly string[]): readonly string[] {
  if (kinds.includes('*')) return [];
  const tests = kinds.map((kind) => {
    const itself = kind.endsWith('.') ? kind.slice(0, -1) : kind;
    const under = kind.endsWith('.')
      ? ` || resource.kind like ${quote(kind).slice(0, -1).replaceAll('*', '\\*')}*"`
      : '';
    return `resource.kind == ${quote(itself)}${under}`;
  });
  return [`(${tests.join(' || ')})`];
}

const IS_LEAD = 'principal is Post && resource has lead && resource.lead == principal.unit';
const IS_CO = 'principal is Post && resource.coUnits.contains(principal.unit)';

const RELATION: Readonly<Record<Relation, string | undefined>> = {
  any: undefined,
  requester: 'resource has requester && resource.requester == principal.person',
  lead: IS_LEAD,
  coUnit: IS_CO,
  leadOrCo: `((${IS_LEAD}) || (${IS_CO}))`,
  notLead: `!(${IS_LEAD})`,
  above: 'principal is Post && resource.leadAbove.contains(principal.unit)',
  below: 'principal is Post && resource has lead && principal.above.contains(resource.lead)',
  doerOrBelow: 'principal is Post && resource.doneBy.containsAny(principal.circle)',
  concerned: 'principal is Post && resource.against.containsAny(principal.circle)',
  finder: 'principal is Post && resource has finder && resource.finder == principal.code',
  samePlace: 'principal is Post && principal has place && resource.places.contains(principal.place)',
};

function listOf(words: readonly string[]): string {
  return `[${words.map(quote).join(', ')}]`;
}

/** A string as Cedar writes it. */
function quote(text: string): string {
  return `"${text.replace(/["\\\n\r\t\0]/g, (c) => ESCAPES[c] ?? c)}"`;
}
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};
