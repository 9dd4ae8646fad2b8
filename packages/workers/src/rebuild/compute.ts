import { type Case, replay } from '@gezhi/cases';
import { contributions } from '@gezhi/measures';
import {
  type CaseNow,
  copySearch,
  type History,
  insertCases,
  insertRequests,
  type Projection,
  type SearchSubject,
  SIDE,
  saidIn,
  streamHistories,
} from '@gezhi/storage';
import { searchRowOf, type Town } from '@gezhi/town';
import type pg from 'pg';
import { measuredIn } from '../measured.ts';
import { caseNowFrom } from './projection-followers.ts';
import { RollupSink } from './rollup-sink.ts';

/** Three connections in one snapshot: one streams the facts, one looks up what was said, one writes. */
export type Snapshot = {
  readonly facts: pg.ClientBase;
  readonly words: pg.ClientBase;
  readonly writer: pg.ClientBase;
};

export type Computed = {
  readonly cases: number;
  readonly facts: number;
  readonly sink: RollupSink | undefined;
};

/** Computes projections of one town from its facts into the side tables, which have no keys yet. */
export async function computeTown(
  snapshot: Snapshot,
  town: Town,
  projections: ReadonlySet<Projection>,
  progress: (facts: number) => void,
): Promise<Computed> {
  const sink = projections.has('rollup')
    ? new RollupSink(snapshot.writer, town.district, `${SIDE}.rollup`)
    : undefined;
  let cases = 0;
  let facts = 0;
  for await (const histories of streamHistories(snapshot.facts, town.district)) {
    const now = histories.map((history) => replay(history.facts)!);
    await writeRows(snapshot, town, projections, histories, now);
    if (sink) {
      for (const c of now) sink.add(contributions(measuredIn(town, c)));
      await sink.relieve();
    }
    cases += histories.length;
    for (const history of histories) facts += history.facts.length;
    progress(facts);
  }
  await sink?.finish();
  return { cases, facts, sink };
}

async function writeRows(
  { writer, words }: Snapshot,
  town: Town,
  projections: ReadonlySet<Projection>,
  histories: readonly History[],
  cases: readonly Case[],
): Promise<void> {
  const { district } = town;
  // Asked before the cases are computed, so that the database looks while we compute.
  const subjects = projections.has('search') ? subjectsOf(words, district, cases) : undefined;
  if (projections.has('case_now')) {
    const rows: CaseNow[] = cases.map((c, i) => caseNowFrom(town, c, histories[i]!.facts.at(-1)!.recordedAt));
    await insertCases(writer, district, rows, `${SIDE}.case_now`);
  }
  if (projections.has('request')) {
    const rows = cases.flatMap((c) => Object.keys(c.voices).map((number) => ({ number, caseId: c.caseId })));
    await insertRequests(writer, district, rows, `${SIDE}.request`);
  }
  if (subjects) {
    const rows = (await subjects).map((subject) => searchRowOf(town, subject));
    await copySearch(writer, district, rows, `${SIDE}.search`);
  }
}

async function subjectsOf(
  client: pg.ClientBase,
  district: string,
  cases: readonly Case[],
): Promise<readonly SearchSubject[]> {
  const ids = cases.map((c) => c.caseId);
  const requests = cases.flatMap((c) =>
    Object.keys(c.voices).map((number) => ({ case_id: c.caseId, number })),
  );
  const said = await saidIn(client, district, ids, requests);
  return cases.map((c) => ({
    caseId: c.caseId,
    kind: c.kind,
    place: c.place.code,
    unit: c.lead?.unit ?? null,
    numbers: [...Object.keys(c.voices), ...c.externals.map((external) => external.number)],
    said: said.get(c.caseId) ?? [],
  }));
}
