// The gate beside cedar-wasm called by itself. `node bin/node.js bench/powers.ts`
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Actor, askCedar, makeGate, policiesOfRows, type Resource } from '@gezhi/powers';
import { readPack } from '@gezhi/scene';
import { cedar, SCENES_DIR } from '@gezhi/town';
import { type Line, median, percentile } from './report.ts';

const ABOVE: Readonly<Record<string, readonly string[]>> = {
  street: ['district'],
  village: ['street', 'district'],
};
const unitsAbove = (unit: string): readonly string[] => ABOVE[unit] ?? [];
const ACTOR: Actor = {
  person: 'S-1',
  roles: [],
  post: { code: 'p-1', kind: 'head', unit: 'street', unitKind: 'street', unitLevel: 'street' },
};
const POWERS = ['see', 'handle', 'urge', 'check', 'whistle', 'dispatch'];
const WARM = 200_000;
const COLD = 100;
const NAIVE = 60;

/** Decisions over the hotline's list: warm, cold (a person and power never asked before), and each by Cedar alone. */
export async function benchPowers(): Promise<readonly Line[]> {
  const { pack } = await readPack(join(SCENES_DIR, 'hotline'));
  if (!pack) throw new Error('the hotline cannot be read');
  const policies = policiesOfRows(pack.powers);
  const matters = Array.from(
    { length: 64 },
    (_, i): Resource => ({
      kind: i % 2 ? 'water.burst' : 'noise',
      leadUnit: i % 3 ? 'street' : 'village',
      coUnits: i % 5 ? [] : ['street'],
      against: i % 7 ? [] : ['district'],
      places: [],
      unitAncestors: unitsAbove,
    }),
  );
  const ask = (i: number) => ({ power: POWERS[i % POWERS.length]!, resource: matters[i % matters.length]! });
  const gate = makeGate(cedar(), policies, unitsAbove);
  const warmUp = Array.from({ length: 1_000 }, (_, i) => gate.decide(ACTOR, ask(i).power, ask(i).resource));
  if (!warmUp.some(({ allowed }) => allowed)) throw new Error('the gate allows nothing');
  const warm = timesOf(WARM, (i) => gate.decide(ACTOR, ask(i).power, ask(i).resource));
  const cold = timesOf(COLD, (i) => {
    const { power, resource } = ask(i);
    gate.decide({ ...ACTOR, person: `S-${i + 2}` }, power, resource);
  });
  const naive = timesOf(NAIVE, (i) =>
    askCedar(cedar(), policies, { actor: ACTOR, above: ['district'], ...ask(i) }),
  );
  const prepared = timesOf(NAIVE * 10, preparedBy(policies, ask));
  const reference = `each time anew: ${said(naive)}; policies prepared: ${said(prepared)}`;
  const method = `hotline, ${policies.length} policies, 6 powers, 64 cases; ${WARM} warm, ${COLD} cold, ${NAIVE} by Cedar alone`;
  return [
    { name: 'decision, warm', times: warm, goal: 0.05 },
    { name: 'decision, cold: the first of a person about a power', times: cold, goal: 10 },
  ].map(({ name, times, goal }) => ({
    ...{ name, ours: said(times), reference, goal: `p95 ≤ ${goal} ms`, method },
    ratio: median(naive) / median(times),
    reached: percentile(times, 0.95) <= goal,
  }));
}

/** cedar-wasm with its policies parsed once. */
function preparedBy(
  policies: readonly { readonly id: string; readonly bare: string }[],
  ask: (i: number) => { readonly power: string; readonly resource: Resource },
): (i: number) => void {
  const wasm = createRequire(import.meta.resolve('@gezhi/town'))('@cedar-policy/cedar-wasm/nodejs') as {
    preparsePolicySet: (id: string, policies: unknown) => unknown;
    statefulIsAuthorized: (call: unknown) => unknown;
  };
  wasm.preparsePolicySet('bench', {
    staticPolicies: Object.fromEntries(policies.map((p) => [p.id, p.bare])),
  });
  // The call that askCedar makes, without its policies.
  let call: object = {};
  const kept = (asked: object) => {
    call = asked;
    return NO_ANSWER;
  };
  const recorder = { ...cedar(), isAuthorized: kept };
  return (i) => {
    askCedar(recorder as never, [], { actor: ACTOR, above: ['district'], ...ask(i) });
    const { policies: _policies, ...rest } = call as { readonly policies?: unknown };
    wasm.statefulIsAuthorized({ ...rest, preparsedPolicySetId: 'bench' });
  };
}
const NO_ANSWER = {
  type: 'success',
  response: { decision: 'deny', diagnostics: { reason: [], errors: [] } },
};

function timesOf(n: number, one: (i: number) => unknown): readonly number[] {
  return Array.from({ length: n }, (_, i) => {
    const before = performance.now();
    one(i);
    return performance.now() - before;
  });
}

function said(times: readonly number[]): string {
  const ms = (value: number): string => `${value < 0.1 ? value.toFixed(4) : value.toFixed(2)} ms`;
  return `median ${ms(median(times))}, p95 ${ms(percentile(times, 0.95))}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchPowers()) console.log(line);
}
