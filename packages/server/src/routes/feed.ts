import { Readable } from 'node:stream';
import type { Refusal } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { refuseFeed, type Town, unitFeed } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** Everything of a unit since a position, read from the log while it is sent; the last line says where to go on from. */
export async function feedOfUnit(turn: Turn<'unitFeed'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, actor } = turn;
  const no = refuseFeed(town, params.unit, actor!);
  if (no) return no;
  const headers = { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' };
  return { status: 200, body: Readable.from(lines(town, params.unit, query.since, actor!)), headers };
}

async function* lines(town: Town, unit: string, since: number, by: Actor): AsyncGenerator<string> {
  for (let from = since; ; ) {
    const page = await unitFeed(town, unit, from, by);
    if (page.lines.length > 0) yield `${page.lines.join('\n')}\n`;
    from = page.next;
    if (page.more) continue;
    yield `${JSON.stringify({ next: from })}\n`;
    return;
  }
}
