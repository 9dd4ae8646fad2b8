import { isoInstant } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import type { CaseRow, WireFact } from '@gezhi/contract';
import type { CaseListRow } from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import { kindLabel, type Label, placeNamed, unitNamed } from './names.ts';
import { withoutCoached } from './without-coached.ts';

/** A fact as it crosses HTTP: the same, with moments as RFC 3339. */
export function wireFact({ occurredAt, recordedAt, ...fact }: Fact): WireFact {
  const data = MAY_HOLD_ANSWERS.has(fact.type) ? withoutCoached(fact.data) : fact.data;
  return { ...fact, data, occurredAt: isoInstant(occurredAt), recordedAt: isoInstant(recordedAt) };
}

const MAY_HOLD_ANSWERS: ReadonlySet<string> = new Set(['calledBack', 'absorbed', 'unmerged']);

/** The label of a state: of the scene that the town runs, or of any other that knows it. */
export function stateLabel(town: Town, state: string, scene?: string): Label {
  const packs = scene ? [town.packs.get(scene) ?? town.pack] : [town.pack, ...town.packs.values()];
  for (const { process } of packs) {
    const found = process.states[state];
    if (found) return found.label;
  }
  return { zh: state, en: state };
}

export function wireRow(town: Town, row: CaseListRow, now: number): CaseRow {
  return {
    caseId: row.case_id,
    seq: row.seq,
    kind: { code: row.kind, name: kindLabel(town, row.kind) },
    state: { name: row.state, label: stateLabel(town, row.state) },
    phase: row.phase,
    flags: row.flags,
    place: placeNamed(town, row.place),
    ...(row.unit === null ? {} : { unit: unitNamed(town, row.unit) }),
    openedAt: isoInstant(row.opened_at),
    updatedAt: isoInstant(row.updated_at),
    requests: row.requests,
    ...(row.next_due === null || row.next_clock === null
      ? {}
      : { next: { clock: row.next_clock, dueAt: isoInstant(row.next_due), isPast: row.next_due < now } }),
    link: `/api/cases/${row.case_id}`,
  };
}
