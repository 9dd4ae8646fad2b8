import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildCatalogue } from './catalogue.ts';
import { checkRegistry } from './check-registry.ts';
import type { PlaceNode, RegistryData } from './registry-data.ts';
import { route } from './route.ts';
import type { Duty } from './unit.ts';

// A made-up town: city c › streets s1, s2 › grids g1 (of s1), g2, g3 (of s2).
const places: readonly PlaceNode[] = [
  { layer: 'division', code: 'c' },
  { layer: 'division', code: 's1', parent: 'c' },
  { layer: 'division', code: 's2', parent: 'c' },
  { layer: 'grid', code: 'g1', parent: 's1' },
  { layer: 'grid', code: 'g2', parent: 's2' },
  { layer: 'grid', code: 'g3', parent: 's2' },
  { layer: 'cell', code: 'cell-1' },
];
const duty = (unit: string, kind: string, at: string, more: Partial<Duty> = {}): Duty => {
  const [layer = '', place = ''] = at.split('/');
  return { unit, kind, layer, place, role: 'lead', basis: 'list', ...more };
};
const sound: RegistryData = {
  layers: [
    { code: 'division', tiling: true },
    { code: 'grid', tiling: true, within: 'division' },
    { code: 'cell', tiling: true },
    { code: 'police', tiling: false },
  ],
  places,
  kinds: ['lamp', 'water.burst', 'water.smell'],
  units: [
    { code: 'C', name: 'centre', kind: 'centre', level: 'city' },
    { code: 'S', name: 'street', kind: 'street', level: 'street', parent: 'C' },
    { code: 'V', name: 'committee', kind: 'villagersCommittee', level: 'community', parent: 'S' },
  ],
  posts: [
    { code: 'C-1', unit: 'C', kind: 'desk', name: 'desk' },
    { code: 'S-1', unit: 'S', kind: 'desk', name: 'desk' },
    { code: 'V-1', unit: 'V', kind: 'head', name: 'head' },
  ],
  staffings: ['C-1', 'S-1', 'V-1'].map((post, i) => ({ person: `00${i}`, post })),
  duties: [duty('S', '*', 'division/c')],
};
const codes = (data: Partial<RegistryData>): string[] =>
  checkRegistry({ ...sound, ...data }, 1000).map(({ code, key }) => `${code}: ${key}`);

test('a sound registry has no findings', () => {
  assert.deepEqual(codes({}), []);
});

test('what is wrong is found, each with its record', () => {
  const [lead] = sound.duties as [Duty];
  const more = (...duties: Duty[]): Partial<RegistryData> => ({ duties: [lead, ...duties] });
  const rows: [data: Partial<RegistryData>, found: string][] = [
    [more(duty('X', 'lamp', 'division/c')), 'dangling-unit: X lamp division c'],
    [more(duty('S', 'lamp', 'division/c', { post: 'X-1' })), 'dangling-post: S lamp division c'],
    [more(duty('S', 'lamp', 'division/c', { post: 'C-1' })), 'post-of-other-unit: S lamp division c'],
    [more(duty('S', 'lamp', 'division/c', { basis: ' ' })), 'no-basis: S lamp division c'],
    [more(duty('S', 'la mp', 'division/c')), 'bad-kind: S la mp division c'],
    [more(duty('S', 'fire.', 'division/c')), 'unknown-kind: S fire. division c'],
    [more(duty('S', 'lamp', 'moon/c')), 'unknown-layer: S lamp moon c'],
    [more(duty('S', 'lamp', 'division/x')), 'unknown-place: S lamp division x'],
    [more(duty('V', 'water.', 'division/s1')), 'community-lead-by-list: V water. division s1'],
    [
      more(duty('V', 'lamp', 'division/s1', { role: 'fallback' })),
      'community-lead-by-list: V lamp division s1',
    ],
    [more(duty('C', '*', 'division/c')), 'two-leads: * division c'],
    [more(duty('S', 'lamp', 'division/c', { validFrom: 9, validTo: 9 })), 'empty-span: 2'],
    [more(duty('S', 'lamp', 'division/c', { replaces: 'none', knownFrom: 9 })), 'bad-correction: 2'],
    [{ units: [...sound.units, sound.units[0]!] }, 'same-code: C'],
    [{ posts: [...sound.posts, { ...sound.posts[0]!, code: 'C-2' }] }, 'nobody-on-post: C-2'],
    [{ staffings: [...sound.staffings, { person: '1', post: 'X-1' }] }, 'dangling-post: 1 X-1'],
    [{ staffings: [...sound.staffings, { person: '1', post: 'S-1', shift: 'x' }] }, 'bad-shift: 1 S-1'],
    [{ posts: sound.posts.filter((post) => post.unit !== 'S') }, 'unit-without-post: S'],
    [{ kindRules: [{ kind: 'water.', layers: ['moon'] }] }, 'unknown-layer: water.'],
  ];
  for (const [data, found] of rows)
    assert.ok(codes(data).includes(found), `${found} in ${codes(data).join(', ')}`);
});

test('circles of parents and of deputies are found', () => {
  const [top, ...others] = sound.units;
  assert.ok(codes({ units: [{ ...top!, parent: 'S' }, ...others] }).includes('parent-circle: C'));
  const posts = sound.posts.map((post, i, all) => ({ ...post, deputyOf: all[(i + 1) % all.length]!.code }));
  assert.ok(codes({ posts }).includes('deputy-circle: C-1'));
});

test('a deputy who is there, a later validity, a known correction: no finding', () => {
  const second = { ...sound.posts[0]!, code: 'C-2', deputyOf: 'C-3' };
  const third = { ...sound.posts[0]!, code: 'C-3' };
  const staffings = [...sound.staffings, { person: '9', post: 'C-2' }];
  assert.deepEqual(codes({ posts: [...sound.posts, second, third], staffings }), []);
  const first = duty('S', '*', 'division/c', { id: '1', validTo: 5000 });
  assert.deepEqual(codes({ duties: [first, duty('C', '*', 'division/c', { validFrom: 5000 })] }), []);
  const put = duty('C', '*', 'division/c', { id: '2', replaces: '1', knownFrom: 10 });
  assert.deepEqual(codes({ duties: [first, put] }), []);
});

test('a duty post that is not attended all week', () => {
  const posts = [...sound.posts, { code: 'S-2', unit: 'S', kind: 'dutyPost', name: 'night' } as const];
  const night = { person: '8', post: 'S-2', shift: 'mon-sun 18:00-08:00' };
  const found = checkRegistry({ ...sound, posts, staffings: [...sound.staffings, night] }, 0);
  assert.equal(found[0]?.text.zh, '值班岗“S-2”每周有 4200 分钟无人值守。请补足班次。');
});

test('gaps are told at the coarsest place that is wholly one, kinds together', () => {
  const rows: [why: string, duties: Duty[], found: string[]][] = [
    ['nothing at all', [], ['gap c lamp、water.burst、water.smell']],
    ['one street has', [duty('S', '*', 'division/s1')], ['gap s2 lamp、water.burst、water.smell']],
    [
      'one grid has not',
      [duty('S', '*', 'division/s1'), duty('S', '*', 'grid/g2')],
      ['gap g3 lamp、water.burst、water.smell'],
    ],
    [
      'one kind has not',
      [duty('S', 'lamp', 'division/c'), duty('S', 'water.burst', 'division/c')],
      ['gap c water.smell'],
    ],
    [
      'last resort',
      [duty('S', 'water.', 'division/c'), duty('C', '*', 'division/c', { role: 'fallback' })],
      ['only-last-resort c lamp'],
    ],
    [
      'drawn areas only',
      [duty('S', 'water.', 'division/c'), duty('C', 'lamp', 'police/p1')],
      ['gap-outside-tree police lamp'],
    ],
  ];
  for (const [why, duties, expected] of rows) {
    const found = checkRegistry({ ...sound, duties }, 1000).filter((one) => one.data.kinds !== undefined);
    assert.deepEqual(
      found.map((one) => `${one.code} ${one.key} ${one.data.kinds}`),
      expected,
      why,
    );
  }
});

test('law: a leaf lies in a gap exactly where routing finds no lead', () => {
  const spots = ['division/c', 'division/s1', 'division/s2', 'grid/g1', 'grid/g2', 'grid/g3', 'division/*'];
  const some = fc
    .tuple(
      fc.constantFrom('C', 'S', 'V'),
      fc.constantFrom('lamp', 'water.', 'water.burst'),
      fc.constantFrom(...spots),
    )
    .map(([unit, kind, spot]) => duty(unit, kind, spot));
  const leaves: [place: string, places: Record<string, string[]>][] = [
    ['g1', { division: ['c', 's1'], grid: ['g1'] }],
    ['g2', { division: ['c', 's2'], grid: ['g2'] }],
    ['g3', { division: ['c', 's2'], grid: ['g3'] }],
  ];
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), (duties) => {
      const gaps = checkRegistry({ ...sound, duties }, 0).filter((one) => one.code === 'gap');
      const catalogue = buildCatalogue({ ...sound, duties });
      for (const [leaf, at] of leaves) {
        for (const kind of sound.kinds ?? []) {
          const answer = route(catalogue, { kind, places: at, at: 0, knownAt: 0 });
          const here = [leaf, ...(at.division ?? [])];
          const isGap = gaps.some(
            (gap) => here.includes(gap.key) && gap.data.kinds?.split('、').includes(kind),
          );
          assert.equal(isGap, answer.outcome === 'unclear' && answer.why === 'nobody', `${kind} ${leaf}`);
        }
      }
    }),
  );
});
