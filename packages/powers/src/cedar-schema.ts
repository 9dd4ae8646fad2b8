import { CASE_ATTRIBUTES, prefixesOf } from './attributes.ts';

/**
 * The Cedar schema that policies are checked against: posts and requesters act on cases; units and places are named by them. `powers` are
 * all powers there are: a policy about another one is a misspelt policy.
 */
export function cedarSchema(powers: readonly string[]): string {
  const groups = new Set(powers.flatMap((power) => [...prefixesOf(power)]));
  const actions = [...new Set(powers)].filter((power) => !groups.has(power)).sort();
  const attributes = Object.entries(CASE_ATTRIBUTES).map(
    ([name, { sort, of, optional }]) =>
      `  ${name}${optional ? '?' : ''}: ${sort === 'set' ? `Set<${of}>` : of},`,
  );
  return `entity Unit, Place;
// Whoever holds a post of the registry. \`above\`: all units above theirs; \`circle\`: theirs and those above.
entity Post = {
  person: String,
  roles: Set<String>,
  code: String,
  kind: String,
  unit: Unit,
  unitKind: String,
  unitLevel: String,
  above: Set<Unit>,
  circle: Set<Unit>,
  place?: Place,
};
// Whoever holds none: who asked, and what the system does by itself under a role.
entity Requester = { person: String, roles: Set<String> };
entity Case = {
${attributes.join('\n')}
};
${[...groups]
  .sort()
  .map((group) => `action ${JSON.stringify(group)}${memberOf(group)};`)
  .join('\n')}
${actions.map((power) => `action ${JSON.stringify(power)}${memberOf(power)} appliesTo { principal: [Post, Requester], resource: [Case] };`).join('\n')}
`;
}

function memberOf(power: string): string {
  const groups = prefixesOf(power);
  return groups.length === 0 ? '' : ` in [${groups.map((group) => JSON.stringify(group)).join(', ')}]`;
}
