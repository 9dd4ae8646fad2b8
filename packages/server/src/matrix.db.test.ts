import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '@gezhi/basis';
import { PATHS } from '@gezhi/contract';
import { declareEmergency, type Town } from '@gezhi/town';
import { demoApp, NOW } from './testing/demo-town.ts';
import { addNextTown, ask, type Caller, callerAt, matterOf, routesOf } from './testing/matrix.ts';
import { type Matter, SEES, TABLE } from './testing/matrix-table.ts';
import { tokenOf } from './tokens.ts';

type Line = { readonly own: string; readonly other: string };

const LINES: ReadonlyMap<string, Line> = new Map(
  TABLE.trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, route = '', who = ''] = /^(\w+ \S+) +(.+)$/.exec(line) ?? [];
      const [own = '', other = own] = who.split('|').map((part) => part.trim());
      return [route, { own, other }];
    }),
);

/** Posts of the made-up town in the units and places of the two matters and elsewhere; whoever asked; and who has no post here. */
function castOf(town: Town, own: Matter): Readonly<Record<string, Caller>> {
  const at = (unit: string, kind: string): Caller => callerAt(town, NOW, unit, kind);
  return {
    nobody: {},
    requester: { holds: own },
    stranger: { token: tokenOf(town.secret, { post: 'seat', person: '1001' }) },
    seat: at('990000-RX', 'seat'),
    dispatcher: at('990000-RX', 'dispatcher'),
    hotlineHead: at('990000-RX', 'head'),
    checker: at('990000-RX', 'checker'),
    centre: at('990121-ZX', 'head'),
    government: at('990000-ZF', 'head'),
    countyHead: at('990101-ZF', 'head'),
    lead: at('990000-LD', 'desk'),
    leadHead: at('990000-LD', 'head'),
    above: at('990000-CG', 'head'),
    street: at('990121201-JD', 'desk'),
    utility: at('990000-GS', 'head'),
    police: at('990000-JJ', 'desk'),
    community: at('990101001001-JW', 'gridLead'),
    worker: at('990101001-JD', 'gridWorker'),
  };
}
const OUTSIDE = ['nobody', 'requester', 'stranger'];

/** Whether the table lets somebody in. A token that is none of this district is refused wherever the API is shown one. */
function isLetIn(route: string, who: string, at: 'own' | 'other'): boolean {
  const said = LINES.get(route)![at];
  if (said === 'everybody') return true;
  if (who === 'stranger' && route.includes(' /api/')) return false;
  if (said === 'all') return true;
  if (said === 'posts') return !OUTSIDE.includes(who);
  if (said === 'code' && who === 'requester') return at === 'own';
  const names = said === 'sees' || said === 'code' ? SEES[at] : said;
  return names.split(' ').includes(who);
}

test('each route lets in whom the table names, at the own place and at another, and nobody else', async (t) => {
  const { server, town, installation, faults } = await demoApp(t);
  await server.ready();
  const wrong = new Map<string, string>();
  const tell = (route: string, who: string): void =>
    void wrong.set(route, `${wrong.get(route) ?? ''} ${who}`.trim());
  const found = new Set<string>([...routesOf(server), ...Object.values(PATHS)]);
  for (const route of found) if (!LINES.has(route)) tell(route, 'has no line in the table');
  for (const route of LINES.keys()) if (!found.has(route)) tell(route, 'is no route');
  const own = await matterOf(town, 'lamp.fault', '990101001001', NOW);
  const other = await matterOf(town, 'waste.dump', '990121201204', NOW);
  assert.deepEqual([own.c.lead?.unit, other.c.lead?.unit], ['990000-LD', '990121201-JD']);
  // The first stays in force; the second is there to be ended and reviewed.
  for (const area of ['990101', '990101001001']) {
    const flood = { id: area, level: 2, area, basis: 'b', reason: 'r', endsAt: NOW + HOUR };
    await declareEmergency(town, flood, { post: '990101-ZF-head1', person: 'Q1' }, NOW);
  }
  const cast = castOf(town, own);
  const routes = [...found].filter((route) => {
    const { own: who = 'door' } = LINES.get(route) ?? {};
    return who !== 'door' && route !== 'GET /api/stream';
  });
  for (const route of routes) {
    // What names no matter is asked once.
    const matters = /[:]|whistles\/new/.test(route) ? ({ own, other } as const) : ({ own } as const);
    for (const [who, caller] of Object.entries(cast)) {
      for (const [at, matter] of Object.entries(matters) as ['own' | 'other', Matter][]) {
        const { isIn, how } = await ask(server, town, route, { who, caller, matter });
        if (isIn !== isLetIn(route, who, at))
          tell(route, `${who}/${at} ${isIn ? 'let in' : 'turned away'} (${how.trim()})`);
      }
    }
  }
  assert.deepEqual(Object.fromEntries(wrong), {});

  const next = await addNextTown(installation, NOW);
  const stranger = { token: tokenOf(next.secret, { post: 'seat', person: '1001' }) };
  for (const route of routes.filter(
    (one) => one.includes(' /api/') && !['all', 'everybody'].includes(LINES.get(one)!.own),
  )) {
    for (const [who, caller, district] of [
      ['seat', cast.seat!, '990009'],
      ['stranger', stranger, town.district],
    ] as const) {
      const { isIn, how } = await ask(server, town, route, { who, caller, matter: own, district });
      if (isIn) tell(route, `${who} of another district let in (${how.trim()})`);
    }
  }
  assert.deepEqual(Object.fromEntries(wrong), {});
  assert.deepEqual(faults, []);
});
