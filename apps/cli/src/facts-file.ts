import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type CaseId, Fault } from '@gezhi/basis';
import { type Case, evolve, type StoredFact, upcast } from '@gezhi/cases';
import { factsAfter } from '@gezhi/storage';
import { type ExportStamp, streetsOf, type Town } from '@gezhi/town';

/**
 * The first line of a file of facts: whose they are, from where to where, and the codes that ranking by street needs. Every other line is
 * one fact, in order of position.
 */
export type FactsHeader = {
  readonly gezhi: 'facts';
  readonly format: 1;
  readonly district: string;
  readonly zone: string;
  /** The facts are those with `since < position ≤ position`. */
  readonly since: number;
  readonly position: number;
  /** The street of each place, by codes. */
  readonly streets: Readonly<Record<string, string>>;
  readonly names: {
    readonly units: Readonly<Record<string, string>>;
    readonly streets: Readonly<Record<string, string>>;
  };
  /** When, for what and on whose word it was exported. */
  readonly export?: ExportStamp;
};

export function factsHeader(town: Town, since: number, position: number, stamp?: ExportStamp): FactsHeader {
  const streets = streetsOf(town);
  const isStreet = new Set(streets.values());
  const named = town.places.places.filter(({ code }) => isStreet.has(code));
  return {
    gezhi: 'facts',
    format: 1,
    district: town.district,
    zone: town.profile.zone,
    since,
    position,
    streets: Object.fromEntries(streets),
    names: {
      units: Object.fromEntries([...town.units.values()].map(({ code, name }) => [code, name])),
      streets: Object.fromEntries(named.map(({ code, name }) => [code, name])),
    },
    ...(stamp ? { export: stamp } : {}),
  };
}

const FACTS_A_PAGE = 2_000;

/** The lines of a district's facts with `since < position ≤ upTo`, a page at a time. */
export async function* factLines(
  town: Town,
  since: number,
  upTo: number,
): AsyncGenerator<{ readonly text: string; readonly facts: number }> {
  for (let after = since; after < upTo; ) {
    const facts = await factsAfter(town.db.pool, town.district, after, Math.min(FACTS_A_PAGE, upTo - after));
    const last = facts.at(-1);
    if (!last) return;
    yield { text: facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''), facts: facts.length };
    after = last.position;
  }
}

/** What a whole file of facts tells: its header where it has one, and every case as its facts leave it. */
export type ReadFacts = {
  readonly header: FactsHeader | undefined;
  readonly cases: readonly Case[];
  readonly facts: number;
};

/**
 * Reads a file of facts (also `.gz`) and folds it into cases. Memory holds the cases, not the facts.
 *
 * @throws Fault `bad-facts` naming the line: no JSON, no fact, a position left out, a file that does not begin with the log's first fact
 */
export async function readFacts(path: string, progress?: (facts: number) => void): Promise<ReadFacts> {
  const cases = new Map<CaseId, Case>();
  let header: FactsHeader | undefined;
  let line = 0;
  let position = 0;
  for await (const text of linesOf(path)) {
    line += 1;
    if (text.trim() === '') continue;
    const read = parse(text, path, line);
    if (isHeader(read)) {
      header = read;
      continue;
    }
    const fact = upcast(checkFact(read, path, line));
    if (fact.position !== position + 1) throw gap(path, line, position, fact.position);
    position += 1;
    cases.set(fact.caseId, evolve(cases.get(fact.caseId), fact));
    if (position % 10_000 === 0) progress?.(position);
  }
  return { header, cases: [...cases.values()], facts: position };
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => input.destroy(error));
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

function parse(text: string, path: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault('bad-facts', `${path}:${line} is no JSON.`, { cause, hint: HINT });
  }
}

const HINT = 'Export the facts anew: gezhi export --facts -o FILE.';

function isHeader(read: unknown): read is FactsHeader {
  return typeof read === 'object' && read !== null && (read as { gezhi?: unknown }).gezhi === 'facts';
}

function checkFact(read: unknown, path: string, line: number): StoredFact {
  const { caseId, seq, position, type, v, data } = (read ?? {}) as Partial<StoredFact>;
  const isFact =
    typeof caseId === 'string' &&
    Number.isInteger(seq) &&
    Number.isInteger(position) &&
    typeof type === 'string' &&
    Number.isInteger(v) &&
    typeof data === 'object';
  if (isFact) return read as StoredFact;
  throw new Fault('bad-facts', `${path}:${line} is no fact.`, { hint: HINT });
}

function gap(path: string, line: number, before: number, found: number): Fault {
  return new Fault('bad-facts', `${path}:${line} holds position ${found} where ${before + 1} should be.`, {
    hint:
      before === 0
        ? 'Numbers are computed from the whole log: export it without --since.'
        : `Facts are missing or out of order. ${HINT}`,
  });
}
