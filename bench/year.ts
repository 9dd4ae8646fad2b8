import { type CaseId, DAY, type Instant, isRefusal } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import { makeTown } from '@gezhi/demo';
import {
  canonicalJson,
  draftEdition,
  EDITION_POLICY,
  type EditionCase,
  type EditionHead,
} from '@gezhi/measures';
import { importMadeUpTown, liveHistory } from '@gezhi/service';
import {
  type Batch,
  editionCasesOf,
  editionId,
  type Installation,
  orderEdition,
  periodOf,
  readInput,
  sha256,
  type Town,
  townOf,
  writeBatch,
} from '@gezhi/town';
import type { Line } from './report.ts';

/** The year that is simulated ends here, so that two runs simulate the same one. */
const END = Date.UTC(2026, 5, 1);
const YEAR_DAYS = 365;
const SEED = 1;
/** A month is drafted when its last callbacks are in. */
const DRAFTED_AFTER = 12 * DAY;

/**
 * A year of a district through the whole process: reports, dispatch, objections, co-units, more time, whistles, checks, tries, callbacks,
 * reopenings, escalations, clocks that pass, an edition for each month. Without a database first: the kernel's decisions and the editions,
 * nothing written; each edition is computed a second time with its cases in reverse. Then with everything written.
 *
 * @param opened a fresh installation each time it is asked
 */
export async function benchYear(
  opened: <T>(name: string, work: (installation: Installation) => Promise<T>) => Promise<T>,
  requests: number,
): Promise<Line[]> {
  const kernel = await opened('year-kernel', (installation) => simulate(installation, requests, false));
  const whole = await opened('year', (installation) => simulate(installation, requests, true));
  return [
    lineOf('kernel only, nothing written', kernel, requests),
    lineOf(
      'with the database: every fact, word and list written, editions drafted from the log',
      whole,
      requests,
    ),
  ];
}

type Simulated = {
  readonly cases: number;
  readonly facts: number;
  readonly types: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly editions: number;
  readonly editionSeconds: number;
  readonly same: boolean;
  readonly megabytes: number;
};

function lineOf(what: string, s: Simulated, requests: number): Line {
  return {
    name: `a year of a district, ${requests.toLocaleString('en')} requests, ${what}`,
    ours: `${(s.seconds / 60).toFixed(1)} min`,
    reference: '—',
    ratio: null,
    goal: 'minutes, editions the same to the byte',
    reached: s.seconds < 3_600 && s.same,
    method:
      `one run; ${s.cases.toLocaleString('en')} cases, ${s.facts.toLocaleString('en')} facts of ${s.types} types, ` +
      `${s.cpuSeconds.toFixed(0)} s of our processor time, ${s.editions} editions in ${s.editionSeconds.toFixed(1)} s, ` +
      `each computed twice: ${s.same ? 'the same bytes' : 'BYTES DIFFER'}; at most ${s.megabytes.toFixed(0)} MB`,
  };
}

async function simulate(installation: Installation, requests: number, writes: boolean): Promise<Simulated> {
  const files = makeTown(SEED);
  await importMadeUpTown(installation, files, END - (YEAR_DAYS + 30) * DAY);
  const town = townOf(installation);
  const editions = writes ? new EditionsFromLog(town) : new EditionsInMemory(town);
  const types = new Set<string>();
  const before = process.cpuUsage();
  const began = performance.now();
  let megabytes = 0;
  const { cases, facts } = await liveHistory(installation, {
    seed: SEED,
    town: files,
    days: YEAR_DAYS,
    perDay: requests / YEAR_DAYS,
    now: END,
    write: async (batch) => {
      for (const fact of batch.facts) types.add(fact.type);
      megabytes = Math.max(megabytes, process.memoryUsage().rss / 1e6);
      if (writes) await writeBatch(batch);
      await editions.hear(batch);
    },
  });
  const cpu = process.cpuUsage(before);
  return {
    cases,
    facts,
    types: types.size,
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    editions: editions.drafted,
    editionSeconds: editions.seconds,
    same: editions.same,
    megabytes,
  };
}

/** Drafts each month once its callbacks are in, and again, and compares the two by their hash. */
abstract class Editions {
  drafted = 0;
  seconds = 0;
  same = true;
  readonly town: Town;
  #months: readonly string[];

  constructor(town: Town) {
    this.town = town;
    this.#months = monthsOf(END - YEAR_DAYS * DAY, END);
  }

  async hear(batch: Batch): Promise<void> {
    this.keep?.(batch);
    const heard = batch.facts.at(-1)?.recordedAt ?? 0;
    for (let period = this.#next(); period && heard >= period.to + DRAFTED_AFTER; period = this.#next()) {
      this.#months = this.#months.slice(1);
      const began = performance.now();
      const [once, twice] = await this.draft(period.name, period);
      this.seconds += (performance.now() - began) / 1000;
      this.drafted += 1;
      this.same &&= once === twice;
    }
  }

  #next(): EditionHead['period'] | undefined {
    const month = this.#months[0];
    return month === undefined ? undefined : periodOf(this.town, month, EDITION_POLICY);
  }

  protected keep?(batch: Batch): void;
  /** The hashes of both. */
  protected abstract draft(month: string, period: EditionHead['period']): Promise<readonly [string, string]>;
}

class EditionsInMemory extends Editions {
  readonly #histories = new Map<CaseId, Fact[]>();

  protected override keep(batch: Batch): void {
    for (const fact of batch.facts) {
      const history = this.#histories.get(fact.caseId);
      if (history) history.push(fact);
      else if (fact.type === 'opened') this.#histories.set(fact.caseId, [fact]);
    }
  }

  protected async draft(month: string, period: EditionHead['period']): Promise<readonly [string, string]> {
    const cases = editionCasesOf(this.#histories.values(), {
      unitOfPost: (post) => this.town.posts.get(post)?.unit,
      subjectOf: ({ unit }) => (unit === 'none' ? undefined : unit),
    });
    const { district } = this.town;
    const head = {
      id: editionId(month, 'unit'),
      district,
      by: 'unit' as const,
      period,
      position: {},
      revision: 0,
    };
    this.#forget(period.to);
    return [hashOf(head, cases), hashOf(head, cases.toReversed())];
  }

  /** What has rested for so long counted in an earlier month. */
  #forget(before: Instant): void {
    for (const [caseId, facts] of this.#histories)
      if (facts.at(-1)!.recordedAt < before - 45 * DAY) this.#histories.delete(caseId);
  }
}

function hashOf(head: EditionHead, cases: readonly EditionCase[]): string {
  const { edition, list } = draftEdition(head, { cases, subjects: [] }, EDITION_POLICY, sha256);
  return sha256(canonicalJson([edition, list]));
}

/** As the hotline's head does it: read from the facts, written beside them; then once more from the input that was kept. */
class EditionsFromLog extends Editions {
  protected async draft(month: string): Promise<readonly [string, string]> {
    const head = [...this.town.posts.values()].find(
      ({ kind, unit }) => kind === 'head' && this.town.units.get(unit)?.kind === 'hotline',
    )!;
    const id = editionId(month, 'unit');
    const order = { do: 'draft', month, by: 'unit' } as const;
    const state = await orderEdition(this.town, id, order, { post: head.code }, END);
    if (isRefusal(state)) throw new Error(`the edition ${id} was refused: ${state.because}`);
    const input = await readInput(this.town, id, state.hash);
    const period = periodOf(this.town, month, EDITION_POLICY)!;
    const { district } = this.town;
    const headOf = {
      id,
      district,
      by: 'unit' as const,
      period,
      position: { [district]: state.position },
      revision: 0,
    };
    return [state.hash, draftEdition(headOf, input, EDITION_POLICY, sha256).edition.hash];
  }
}

/** The months that lie wholly between two moments. */
function monthsOf(from: Instant, to: Instant): string[] {
  const months: string[] = [];
  for (const at = new Date(from); at.getTime() < to; at.setUTCMonth(at.getUTCMonth() + 1))
    months.push(at.toISOString().slice(0, 7));
  return months.slice(1);
}
