import { Readable } from 'node:stream';
import type { Refusal } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import { factsAfter } from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { wireFact } from '../views/wire.ts';

/** Facts after a position, as a page or, where lines are asked for, as NDJSON that is read from the log while it is sent. */
export async function listFacts(turn: Turn<'listFacts'>): Promise<RouteAnswer | Refusal> {
  const { town, query, request } = turn;
  const { since, limit } = query;
  if (/application\/x-ndjson/.test(request.headers.accept ?? '')) {
    const headers = { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' };
    return { status: 200, body: Readable.from(lines(town, since, limit)), headers };
  }
  const facts = await factsAfter(town.db.pool, town.district, since, limit);
  const next = facts.at(-1)?.position ?? since;
  return { status: 200, body: { facts: facts.map(wireFact), next, more: facts.length === limit } };
}

const PAGE = 1000;

async function* lines(town: Town, since: number, limit: number): AsyncGenerator<string> {
  let position = since;
  for (let left = limit; left > 0; ) {
    const wanted = Math.min(PAGE, left);
    const facts = await factsAfter(town.db.pool, town.district, position, wanted);
    if (facts.length > 0) yield facts.map((fact) => `${JSON.stringify(wireFact(fact))}\n`).join('');
    if (facts.length < wanted) return;
    position = facts.at(-1)!.position;
    left -= facts.length;
  }
}

const HEARTBEAT_MS = 15_000;
/** A reader that is this far behind is let go; it comes back and resumes where it was. */
const BUFFER_BYTES_MAX = 4 * 1024 * 1024;

/**
 * The live stream of facts as server-sent events, each with `id: district:position`. A reader that comes back with `Last-Event-ID` (or
 * `since`) misses nothing; without either it begins with what happens next.
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
  raw.on('close', () => {
    clearInterval(heartbeat);
    stop?.();
  });
  stop = await hub.follow(town.district, from, {
    facts: (facts) => {
      if (raw.writableLength > BUFFER_BYTES_MAX) raw.destroy();
      else raw.write(facts.map(eventOf).join(''));
    },
    end: () => raw.end(),
  });
  if (raw.destroyed) stop();
  return 'sent';
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
