import { Readable } from 'node:stream';
import type { CaseId, Refusal } from '@gezhi/basis';
import type { Actor, Fact } from '@gezhi/cases';
import { factsAfter, type GateRow, gateRowsOf, headOf } from '@gezhi/storage';
import { hiddenFrom, seesRow, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { wireFact } from '../views/wire.ts';

/** Facts after a position, as a page or, where lines are asked for, as NDJSON that is read from the log while it is sent. */
export async function listFacts(turn: Turn<'listFacts'>): Promise<RouteAnswer | Refusal> {
  const { town, query, request } = turn;
  const { since, limit } = query;
  if (/application\/x-ndjson/.test(request.headers.accept ?? '')) {
    const headers = { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' };
    return { status: 200, body: Readable.from(lines(turn, since, limit)), headers };
  }
  const facts = await factsAfter(town.db.pool, town.district, since, limit);
  const next = facts.at(-1)?.position ?? since;
  return {
    status: 200,
    body: {
      facts: (await seenFacts(town, turn.actor, facts)).map(wireFact),
      next,
      more: facts.length === limit,
      head: await headOf(town.db.pool, town.district),
    },
  };
}

const PAGE = 1000;

async function* lines(
  { town, actor }: Turn<'listFacts'>,
  since: number,
  limit: number,
): AsyncGenerator<string> {
  let position = since;
  for (let left = limit; left > 0; ) {
    const wanted = Math.min(PAGE, left);
    const facts = await factsAfter(town.db.pool, town.district, position, wanted);
    const seen = await seenFacts(town, actor, facts);
    if (seen.length > 0) yield seen.map((fact) => `${JSON.stringify(wireFact(fact))}\n`).join('');
    if (facts.length < wanted) return;
    position = facts.at(-1)!.position;
    left -= facts.length;
  }
}

/** Facts are read by those only who see their case; positions then have gaps. */
async function seenFacts(
  town: Town,
  by: Actor | undefined,
  facts: readonly Fact[],
): Promise<readonly Fact[]> {
  const hidden = await hiddenFrom(
    town,
    by,
    facts.map(({ caseId }) => caseId),
  );
  return hidden.size === 0 ? facts : facts.filter(({ caseId }) => !hidden.has(caseId));
}

const HEARTBEAT_MS = 15_000;
/** A reader that is this far behind is let go; it comes back and resumes where it was. */
const BUFFER_BYTES_MAX = 4 * 1024 * 1024;

/**
 * The live stream of facts as server-sent events, each with `id: district:position`. A reader that comes back with `Last-Event-ID` (or
 * `since`) misses nothing; without either it begins with what happens next. Each fact is brought to those only who see its case.
 */
export async function streamFacts(turn: Turn<'streamFacts'>): Promise<RouteAnswer | Refusal> {
  const { app, town, query, request, reply } = turn;
  const { hub } = app;
  const from =
    resumeAt(town, request.headers['last-event-id']) ?? query.since ?? (await hub.headOf(town.district));
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...headersOf(reply.getHeaders()),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 1000\n\n');
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  let stop: (() => void) | undefined;
  let sending = Promise.resolve();
  // What could not be looked up was not sent: the reader comes back and resumes where it was.
  const letGo = (): void => void raw.destroy();
  const leave = (): void => {
    clearInterval(heartbeat);
    stop?.();
  };
  raw.on('close', leave);
  stop = await hub.follow(town.district, from, {
    facts: (facts) => {
      const send = async (): Promise<void> => {
        const rows = await rowsBehind(town, facts);
        const sees = (row: GateRow | undefined): boolean =>
          row !== undefined && seesRow(town, turn.actor!, row);
        if (raw.writableLength > BUFFER_BYTES_MAX) raw.destroy();
        else raw.write(facts.flatMap((fact) => (sees(rows.get(fact.caseId)) ? eventOf(fact) : [])).join(''));
      };
      sending = sending.then(send).catch(letGo);
    },
    end: () => void sending.then(() => raw.end()),
  });
  // Whoever left before they were listened for has closed already.
  if (raw.destroyed) leave();
  return 'sent';
}

const ROWS = new WeakMap<Fact, Promise<ReadonlyMap<CaseId, GateRow>>>();

/** The cases that a batch speaks of; asked once for all readers who are brought the same batch, which begins with the same fact. */
function rowsBehind(town: Town, facts: readonly Fact[]): Promise<ReadonlyMap<CaseId, GateRow>> {
  const first = facts[0]!;
  const known = ROWS.get(first);
  if (known) return known;
  const caseIds = [...new Set(facts.map(({ caseId }) => caseId))];
  const asked = gateRowsOf(town.db.pool, town.district, caseIds).then(
    (rows) => new Map(rows.map((row) => [row.case_id, row])),
  );
  ROWS.set(first, asked);
  return asked;
}

function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function resumeAt(town: Town, header: string | string[] | undefined): number | undefined {
  const [, district, position] = /^(.+):(\d{1,15})$/.exec(String(header ?? '')) ?? [];
  return district === town.district ? Number(position) : undefined;
}

const written = new WeakMap<Fact, string>();

/** Written once for all readers. */
function eventOf(fact: Fact): string {
  let text = written.get(fact);
  if (text === undefined) {
    text = `id: ${fact.district}:${fact.position}\nevent: fact\ndata: ${JSON.stringify(wireFact(fact))}\n\n`;
    written.set(fact, text);
  }
  return text;
}
