import { readFileSync } from 'node:fs';
import { type Fact, replay, type StoredFact, upcast } from '@gezhi/cases';

/** One line of a bench's table: our number in `unit`, and the goal that it is to reach. */
export type ReplayBench = {
  readonly name: string;
  readonly ours: number;
  readonly unit: string;
  readonly goal: number;
  readonly reached: boolean;
};

const ROUNDS = 5;
const FACTS = 200_000;
const VOICES = 1_000;

/**
 * Facts a second through `upcast` and `replay`, best of five: over the histories of `fixtures/facts/v1.ndjson`, again and again, and over
 * one case in which a thousand neighbours speak, each promised to and called back.
 */
export async function benchReplay(): Promise<ReplayBench[]> {
  const histories = shortHistories();
  return [
    measure('replay: ten cases of every fact type', histories),
    measure('replay: a thousand voices in one case', [crowd(histories)]),
  ];
}

function measure(name: string, histories: readonly (readonly StoredFact[])[]): ReplayBench {
  const each = histories.reduce((sum, history) => sum + history.length, 0);
  const times = Math.ceil(FACTS / each);
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (let i = 0; i < times; i += 1) for (const history of histories) replay(history.map(upcast));
    best = Math.max(best, (each * times * 1000) / (performance.now() - start));
  }
  const goal = 200_000;
  return { name, ours: Math.round(best), unit: 'facts/s', goal, reached: best >= goal };
}

function shortHistories(): readonly (readonly StoredFact[])[] {
  const text = readFileSync(new URL('../fixtures/facts/v1.ndjson', import.meta.url), 'utf8');
  const facts = text
    .trimEnd()
    .split('\n')
    .map((line): StoredFact => JSON.parse(line));
  return [...Map.groupBy(facts, (fact) => fact.caseId).values()];
}

/** The facts that a case of the fixtures already has of these types, told again for each of a thousand voices. */
function crowd(histories: readonly (readonly StoredFact[])[]): readonly StoredFact[] {
  const all = histories.flat() as readonly Fact[];
  const history: StoredFact[] = [{ ...all.find((fact) => fact.type === 'opened')! }];
  const say = (
    type: Fact['type'],
    change: (data: Record<string, unknown>) => Record<string, unknown>,
  ): void => {
    const fact = all.find((f) => f.type === type)!;
    const data = change(fact.data as Record<string, unknown>);
    history.push({ ...fact, caseId: history[0]!.caseId, seq: history.length + 1, data });
  };
  const numbers = Array.from({ length: VOICES }, (_, i) => String(200_000_000_000 + i));
  for (const number of numbers) {
    say('joined', (data) => ({ ...data, voice: { ...(data.voice as object), number } }));
    say('promised', (data) => ({ ...data, number }));
  }
  for (const type of ['dispatched', 'accepted', 'done', 'checked'] as const) say(type, (data) => data);
  for (const number of numbers) say('calledBack', (data) => ({ ...data, number }));
  return history;
}

if (import.meta.main) console.table(await benchReplay());
