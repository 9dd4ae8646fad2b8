// The gate beside cedar-wasm called by itself. `node bin/node.js bench/powers.ts`
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Actor, askCedar, makeGate, policiesOfRows, prepareRows, type Resource } from '@gezhi/powers';
import { readPack } from '@gezhi/scene';
import { listCases, type PowerFilter, queueCases } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import { cedar, SCENES_DIR } from '@gezhi/town';
import { inTurn, type Line, median, percentile } from './report.ts';

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
  // A gate that was asked nothing yet, over rows that were prepared when the service started.
  for (const _row of prepareRows(cedar(), policies));
  const first = timesOf(COLD, (i) => {
    const { power, resource } = ask(i);
    makeGate(cedar(), policies, unitsAbove).decide(ACTOR, power, resource);
  });
  // The same over a list that was read just now: Cedar evaluates each of its rows that speak of the person and the power.
  const unread = timesOf(COLD, (i) => {
    const { power, resource } = ask(i);
    makeGate(cedar(), policiesOfRows(structuredClone(pack.powers)), unitsAbove).decide(
      ACTOR,
      power,
      resource,
    );
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
    { name: 'decision, cold: the first of a sort of person', times: first, goal: 10 },
    { name: 'decision, colder: the first of all over a list', times: unread, goal: 10 },
  ].map(({ name, times, goal }) => ({
    name,
    ours: said(times),
    reference,
    goal: `p95 ≤ ${goal} ms`,
    method,
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

const UNITS = Array.from({ length: 40 }, (_, i) => `u${i}`);
const PAIRS = 30;

/** A list of 50 and a queue page under powers beside the same without, over rows of `case_now` alone. @param rows how many cases */
export async function benchPowerLists(rows: number): Promise<readonly Line[]> {
  const closing: (() => unknown)[] = [];
  const { pool } = await testDatabase({ after: (close) => void closing.push(close as () => unknown) });
  try {
    await pool.query(
      `INSERT INTO case_now SELECT 'd', (lpad(to_hex(1767225600000 + n::bigint * 60000), 12, '0') || '70008000000000000000')::uuid, 4,
         'noise', 's', (ARRAY['dispatched','underway','closed','closed','closed'])[1 + n % 5], '{}', 'p', 'u' || n % 40, null, '{}',
         now(), now(), 1, false, null, null, now() + n * interval '1 minute', 'handle', n % 5 < 2, 'hotline',
         CASE WHEN n % 9 = 0 THEN ARRAY['u' || n % 7] END, CASE WHEN n % 50 = 0 THEN ARRAY['u' || n % 40] END, null
       FROM generate_series(1, $1) AS n`,
      [rows],
    );
    await pool.query('SELECT look_again()');
    const { pack } = await readPack(join(SCENES_DIR, 'hotline'));
    if (!pack) throw new Error('the hotline cannot be read');
    const gate = makeGate(cedar(), policiesOfRows(pack.powers), (unit) =>
      unit === 'district' ? [] : ['district'],
    );
    const lines: Line[] = [];
    for (const [who, post] of Object.entries(POSTS)) {
      const held = {
        scenes: [{ scene: 'hotline', test: gate.testOf({ person: 'S', roles: [], post }, 'see') }],
        secretKinds: [],
        unitsBelow: (unit: string) => (unit === 'district' ? UNITS : []),
        placesDuring: () => [],
      };
      const mine = who.startsWith('street') ? { unit: post.unit } : {};
      lines.push(
        await listLine(
          `list of 50 under powers, ${who}`,
          rows,
          (h) => listCases(pool, 'd', { ...h, ...mine }, 50),
          held,
        ),
      );
      const of = 'unit' in mine ? { unit: post.unit } : { phases: ['dispatched'] };
      lines.push(
        await listLine(
          `queue page under powers, ${who}`,
          rows,
          (h) => queueCases(pool, 'd', { ...of, ...h }, { now: 0, limit: 26 }),
          held,
        ),
      );
    }
    return lines;
  } finally {
    for (const close of closing) await close();
  }
}

const POSTS = {
  'hotline seat': { code: 'h', kind: 'seat', unit: 'hotline', unitKind: 'hotline', unitLevel: 'district' },
  'street desk, its own': { code: 's', kind: 'desk', unit: 'u3', unitKind: 'street', unitLevel: 'street' },
  'district head': {
    code: 'd',
    kind: 'head',
    unit: 'district',
    unitKind: 'government',
    unitLevel: 'district',
  },
} as const;

async function listLine(
  name: string,
  rows: number,
  read: (held: { readonly held?: PowerFilter }) => Promise<unknown>,
  held: PowerFilter,
): Promise<Line> {
  const timed = async (under: { readonly held?: PowerFilter }): Promise<number> => {
    const before = performance.now();
    await read(under);
    return performance.now() - before;
  };
  const { a, b } = await inTurn(
    PAIRS,
    () => timed({ held }),
    () => timed({}),
  );
  const ratio = median(a) / median(b);
  const method = `${rows} rows of case_now, ${PAIRS} pairs in turn, medians`;
  return { name, ours: said(a), reference: said(b), ratio, goal: '≤ 1.3×', reached: ratio <= 1.3, method };
}

function said(times: readonly number[]): string {
  const ms = (value: number): string => `${value < 0.1 ? value.toFixed(4) : value.toFixed(2)} ms`;
  return `median ${ms(median(times))}, p95 ${ms(percentile(times, 0.95))}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchPowers()) console.log(line);
  for (const line of await benchPowerLists(Number(process.argv[2] ?? 1_000_000))) console.log(line);
}
