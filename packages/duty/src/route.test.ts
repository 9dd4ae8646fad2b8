import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildCatalogue, type CatalogueInput } from './catalogue.ts';
import { coversKind, patternsFor } from './kind-pattern.ts';
import { REASON_CODES, sayReason } from './reason.ts';
import { type Matter, needsReroute, type Routed, route, type Unclear } from './route.ts';
import { correct, withdraw } from './times.ts';
import type { Duty, DutyRole, Unit, UnitKind, UnitLevel } from './unit.ts';

// A made-up town: city C › districts D1, D2 › streets S1, S2 (of D1) › committee V1 (of S1); departments W (water) and M of the city.
const unit = (code: string, kind: UnitKind, level: UnitLevel, parent?: string): Unit => ({
  code,
  name: `unit ${code}`,
  kind,
  level,
  ...(parent ? { parent } : {}),
});
const units: readonly Unit[] = [
  unit('C', 'centre', 'city'),
  unit('D1', 'department', 'district', 'C'),
  unit('D2', 'department', 'district', 'C'),
  unit('S1', 'street', 'street', 'D1'),
  unit('S2', 'township', 'street', 'D1'),
  unit('V1', 'residentsCommittee', 'community', 'S1'),
  unit('W', 'utility', 'city', 'C'),
  unit('M', 'department', 'city', 'C'),
  unit('P', 'police', 'district', 'D1'),
];
const layers = [
  { code: 'division', tiling: true },
  { code: 'grid', tiling: true, within: 'division' },
  { code: 'police', tiling: false },
  { code: 'river', tiling: false },
];

/** `unit role kind layer/place` */
function duty(text: string, times: Partial<Duty> = {}): Duty {
  const [who = '', role = '', kind = '', at = ''] = text.split(' ');
  const [layer = '', place = ''] = at.split('/');
  return { unit: who, role: role as DutyRole, kind, layer, place, basis: `list of ${who}`, ...times };
}

const places = { division: ['c', 'd1', 's1', 'v1'], grid: ['g1'] };
const matter = (more: Partial<Matter> = {}): Matter => ({
  kind: 'water.burst',
  places,
  at: 1000,
  knownAt: 1000,
  ...more,
});
const catalogue = (duties: readonly Duty[], more: Partial<CatalogueInput> = {}) =>
  buildCatalogue({ layers, units, posts: [], duties, ...more });

function leadOf(answer: Routed | Unclear): string {
  return answer.outcome === 'routed' ? answer.lead.unit : answer.why;
}

test('the most specific duty wins', () => {
  const rows: [why: string, duties: string[], lead: string][] = [
    ['kind over prefix', ['W lead water. division/v1', 'M lead water.burst division/c'], 'M'],
    ['long prefix over short', ['W lead water. division/c', 'M lead water.burst. division/c'], 'M'],
    ['prefix over all', ['S1 lead * division/s1', 'W lead water. division/c'], 'W'],
    ['finer place', ['S1 lead * division/s1', 'D1 lead * division/d1'], 'S1'],
    ['a place over anywhere', ['C lead * division/*', 'D1 lead * division/c'], 'D1'],
    ['grid lies in the division', ['S1 lead * division/s1', 'D1 lead * grid/g1'], 'D1'],
    ['lead over fallback', ['C fallback water.burst grid/g1', 'S1 lead * division/*'], 'S1'],
    ['fallback where nobody leads', ['C fallback * division/*', 'S2 lead * division/s2'], 'C'],
    ['equals', ['W lead water. division/c', 'M lead water. division/c'], 'tie'],
    ['layers that do not nest', ['S1 lead * division/s1', 'P lead * police/p1'], 'tie'],
    ['overlapping areas', ['W lead * police/p1', 'M lead * police/p2'], 'tie'],
    ['nobody', ['W lead sewer. division/c'], 'nobody'],
    ['twice the same', ['W lead water. division/c', 'W lead water. division/c'], 'W'],
    ['committee by prefix', ['V1 lead water. division/v1', 'S1 lead * division/s1'], 'S1'],
    ['committee by all, alone', ['V1 lead * division/v1'], 'nobody'],
    ['committee as last resort', ['V1 fallback water.burst division/v1'], 'nobody'],
    ['committee by its list', ['V1 lead water.burst division/v1', 'S1 lead * division/s1'], 'V1'],
    ['unit unknown', ['X lead water.burst division/v1', 'S1 lead * division/s1'], 'S1'],
  ];
  const at = matter({ places: { ...places, police: ['p1', 'p2'] } });
  for (const [why, texts, lead] of rows) {
    assert.equal(leadOf(route(catalogue(texts.map((text) => duty(text))), at)), lead, why);
  }
});

test('a matter about a unit goes to the level above it, never to it nor below it', () => {
  const all = catalogue([
    duty('S1 lead * division/s1'),
    duty('V1 lead water.burst division/v1'),
    duty('V1 co water. division/*'),
    duty('C fallback * division/*'),
  ]);
  const rows: [about: string | undefined, lead: string, co: string[]][] = [
    [undefined, 'V1', []],
    ['V1', 'S1', []],
    ['S1', 'D1', []],
    ['D1', 'C', []],
    ['C', 'about-top', []],
    ['M', 'V1', []],
  ];
  for (const [about, lead, co] of rows) {
    const answer = route(all, matter({ about }));
    assert.equal(leadOf(answer), lead, `about ${about}`);
    if (answer.outcome === 'routed')
      assert.deepEqual(
        answer.coUnits,
        co.map((code) => ({ unit: code })),
      );
  }
  const top = route(all, matter({ about: 'C' }));
  assert.equal(top.outcome === 'unclear' && top.triage, undefined);
});

test('co-units, the district copied, and the reasons, in both languages', () => {
  const answer = route(
    catalogue([duty('S1 lead * division/s1'), duty('W co water. division/c'), duty('V1 co * division/v1')]),
    matter(),
  );
  assert.ok(answer.outcome === 'routed');
  assert.deepEqual(answer.coUnits, [{ unit: 'W' }, { unit: 'V1' }]);
  assert.equal(answer.cc, 'D1');
  assert.equal(answer.basis, 'list of S1');
  assert.deepEqual(
    answer.because.map((reason) => reason.code),
    ['duty-any', 'duty-prefix', 'duty-any', 'district-copied'],
  );
  const name = (field: string, code: string): string => (field === 'unit' ? `〈${code}〉` : code);
  assert.equal(sayReason(answer.because[0]!, 'zh', name), '依据list of S1,〈S1〉在s1主办各类事项。');
  assert.equal(sayReason(answer.because[0]!, 'en'), 'S1 leads for all kinds of matters in s1 (list of S1).');
});

test('every reason has its sentence in both languages', () => {
  for (const code of REASON_CODES) {
    for (const language of ['zh', 'en'] as const)
      assert.ok(sayReason({ code, data: {} }, language).length > 5);
  }
});

test('a scene may ask a layer first, for some requests only', () => {
  const rules = [{ kind: 'water.', requestKinds: ['complaint'], layers: ['river'] }];
  const duties = [duty('W lead water. river/r1'), duty('S1 lead water. division/s1')];
  const all = catalogue(duties, { kindRules: rules });
  const byRiver = { ...places, river: ['r1'] };
  assert.equal(leadOf(route(all, matter({ places: byRiver, requestKind: 'complaint' }))), 'W');
  const inquiry = route(all, matter({ places: byRiver, requestKind: 'inquiry' }));
  assert.equal(leadOf(inquiry), 'tie');
  assert.ok(inquiry.reads.includes('requestKind'));
  assert.throws(() => catalogue(duties, { kindRules: [...rules, ...rules] }), /kind rule/);
});

test('nobody clear goes to triage: the one last resort, or else the desk of the town', () => {
  const tie = [duty('W lead water. division/c'), duty('M lead water. division/c')];
  const triage = { unit: 'C', post: 'C-1' };
  const town = route(catalogue(tie, { triage }), matter());
  assert.ok(town.outcome === 'unclear');
  assert.deepEqual(town.triage, triage);
  assert.deepEqual(
    town.candidates.map((one) => one.unit),
    ['M', 'W'],
  );
  const district = route(catalogue([...tie, duty('D1 fallback * division/d1')], { triage }), matter());
  assert.deepEqual(district.outcome === 'unclear' && district.triage, { unit: 'D1' });
});

test('the post of the duty, if there is just one and it existed', () => {
  const post = { code: 'W-1', unit: 'W', kind: 'desk', name: 'desk', validTo: 900 } as const;
  const at = (when: number) =>
    route(
      catalogue([duty('W lead water. division/c', { post: 'W-1' })], { posts: [post] }),
      matter({ at: when }),
    );
  const before = at(899);
  const after = at(900);
  assert.deepEqual(before.outcome === 'routed' && before.lead, { unit: 'W', post: 'W-1' });
  assert.deepEqual(after.outcome === 'routed' && after.lead, { unit: 'W' });
  assert.ok(after.reads.includes('time'));
});

test('a correction changes what is known from then on, and nothing before', () => {
  const first = duty('W lead water. division/c', { id: '1', knownFrom: 100 });
  const second = correct(first, { unit: 'M' }, { id: '2', knownFrom: 500 });
  const third = withdraw(second, { id: '3', knownFrom: 800 });
  const all = catalogue([third, first, second]);
  const known = (knownAt: number): string => leadOf(route(all, matter({ at: 50, knownAt })));
  assert.deepEqual([99, 100, 499, 500, 799, 800].map(known), ['nobody', 'W', 'W', 'M', 'M', 'nobody']);
  assert.throws(() => catalogue([second]), /replaces "1", which does not exist/);
  assert.throws(() => correct(first, {}, { id: '2', knownFrom: 99 }), /later knownFrom/);
  assert.throws(() => correct(duty('W lead * division/c'), {}, { id: '2', knownFrom: 9 }), /no id/);
});

test('only what was read asks for a new routing', () => {
  const answer = route(catalogue([duty('W lead water. division/c')]), matter());
  assert.deepEqual(answer.reads, ['about', 'kind', 'place.division']);
  const rows: [changed: string[], again: boolean][] = [
    [['kind'], true],
    [['place.division'], true],
    [['place'], true],
    [['place.grid'], false],
    [['time', 'known', 'requestKind'], false],
    [[], false],
  ];
  for (const [changed, again] of rows)
    assert.equal(needsReroute(answer.reads, changed), again, changed.join());
});

// Laws over arbitrary catalogues.
const kinds = ['a', 'a.b', 'a.b.c', 'd'];
const patterns = [...kinds, 'a.', 'a.b.', '*'];
const spots = [
  'division/c',
  'division/d1',
  'division/s1',
  'division/*',
  'grid/g1',
  'police/p1',
  'police/p2',
  'grid/*',
];
const moment = fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined });
const duties = fc
  .tuple(
    fc.constantFrom(...units.map((one) => one.code)),
    fc.constantFrom('lead', 'lead', 'co', 'fallback'),
    fc.constantFrom(...patterns),
    fc.constantFrom(...spots),
    fc.record({ validFrom: moment, validTo: moment, knownFrom: moment }),
  )
  .map(([who, role, kind, spot, times]) => duty(`${who} ${role} ${kind} ${spot}`, times));
const lists = fc.array(duties, { maxLength: 14 });
const matters: fc.Arbitrary<Matter> = fc.record({
  kind: fc.constantFrom(...kinds),
  places: fc.record({
    division: fc.constantFrom(['c'], ['c', 'd1'], ['c', 'd1', 's1'], ['c', 'd2']),
    grid: fc.constantFrom([], ['g1'], ['g2']),
    police: fc.constantFrom([], ['p1'], ['p1', 'p2']),
  }),
  at: fc.integer({ min: 0, max: 10 }),
  knownAt: fc.integer({ min: 0, max: 10 }),
  about: fc.option(fc.constantFrom(...units.map((one) => one.code)), { nil: undefined }),
});

test('law: the order of the duties changes neither the answer nor the version', () => {
  fc.assert(
    fc.property(lists, matters, fc.infiniteStream(fc.nat()), (list, what, order) => {
      const keyed = list.map((one) => ({ one, key: order.next().value as number }));
      const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
      assert.deepEqual(route(catalogue(shuffled), what), route(catalogue(list), what));
    }),
  );
});

test('law: a duty for another kind or another place changes no answer', () => {
  fc.assert(
    fc.property(lists, duties, matters, (list, more, what) => {
      const isHere = more.place === '*' || what.places[more.layer]?.includes(more.place);
      fc.pre(!(isHere && coversKind(more.kind, what.kind)));
      const before = route(catalogue(list), what);
      const after = route(catalogue([...list, more]), what);
      assert.equal(leadOf(after), leadOf(before));
      assert.deepEqual(after.because, before.because);
    }),
  );
});

test('law: a live lead by exact kind at the finest place always wins, or ties only with its like', () => {
  fc.assert(
    fc.property(lists, matters, (list, what) => {
      const others = list.filter((one) => one.kind !== what.kind);
      const best = duty(`M lead ${what.kind} division/${what.places.division?.at(-1)}`);
      const answer = route(catalogue([...others, best]), { ...what, about: undefined });
      assert.equal(leadOf(answer), 'M');
    }),
  );
});

test('law: what was not read cannot change the answer', () => {
  fc.assert(
    fc.property(lists, matters, matters, (list, what, other) => {
      const all = catalogue(list);
      const { reads, ...answer } = route(all, what);
      const keep = (input: string): boolean => reads.includes(input);
      const layersOf = (from: Matter) => from.places;
      const mixed: Matter = {
        kind: what.kind,
        about: what.about,
        at: keep('time') ? what.at : other.at,
        knownAt: keep('known') ? what.knownAt : other.knownAt,
        places: Object.fromEntries(
          ['division', 'grid', 'police'].map((layer) => [
            layer,
            layersOf(keep(`place.${layer}`) ? what : other)[layer] ?? [],
          ]),
        ),
      };
      const { reads: _again, ...second } = route(all, mixed);
      assert.deepEqual(second, answer);
    }),
    { numRuns: 500 },
  );
});

test('law: a correction changes no answer as known before it', () => {
  fc.assert(
    fc.property(lists, matters, fc.nat(), fc.integer({ min: 5, max: 20 }), (list, what, pick, knownFrom) => {
      fc.pre(list.length > 0 && what.knownAt < knownFrom);
      const withIds = list.map((one, i) => ({ ...one, id: String(i) }));
      const old = withIds[pick % withIds.length]!;
      fc.pre((old.knownFrom ?? 0) <= knownFrom);
      const put = correct(old, { unit: 'C', kind: '*' }, { id: 'new', knownFrom });
      assert.equal(
        leadOf(route(catalogue([...withIds, put]), what)),
        leadOf(route(catalogue(withIds), what)),
      );
    }),
  );
});

test('law: a committee leads only what its list names, and nobody handles a matter about themselves', () => {
  fc.assert(
    fc.property(lists, matters, (list, what) => {
      const answer = route(catalogue(list), what);
      if (answer.outcome !== 'routed') return;
      const own = list.some((one) => one.unit === 'V1' && one.role === 'lead' && one.kind === what.kind);
      assert.ok(answer.lead.unit !== 'V1' || own);
      const involved = [answer.lead, ...answer.coUnits].map((one) => one.unit);
      assert.ok(what.about === undefined || !involved.includes(what.about));
    }),
  );
});

test('the patterns for a kind are those that cover it, most specific first', () => {
  assert.deepEqual(patternsFor('a.b'), ['a.b', 'a.b.', 'a.', '*']);
  for (const pattern of patterns) {
    for (const kind of kinds) assert.equal(patternsFor(kind).includes(pattern), coversKind(pattern, kind));
  }
});
