import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { circles, fileCircles, packageCircles } from './circles.ts';
import { idleDependencies, type Manifest, turnedArrows } from './floors.ts';
import {
  callersLookedAt,
  controlOfWorkers,
  forbiddenColumns,
  forbiddenFields,
  personsAsRows,
} from './limits.ts';
import { deadFiles, oddDoors, oddNames } from './names.ts';
import { impureReads } from './purity.ts';
import { keysWithoutDistrict, logOutOfShape, tablesOf } from './schema.ts';
import { wordsInScreens } from './screen-words.ts';
import { longFiles, longFunctions } from './size.ts';
import { type Complaint, sourceOf } from './source.ts';
import { composedOutside, outsideTheSubset, statementsOf } from './sql.ts';
import { oddTestFiles, testsLeftOut } from './test-files.ts';
import { anyTypes, silentCatches, wordsOutOfPlace } from './words.ts';

/** Each check is shown what it must refuse, and what it must let pass. */
function refuses(complaints: readonly Complaint[], ...patterns: readonly RegExp[]): void {
  assert.equal(complaints.length, patterns.length, complaints.join('\n') || 'nothing was refused');
  for (const [i, pattern] of patterns.entries()) assert.match(complaints[i]!, pattern);
}

function passes(complaints: readonly Complaint[]): void {
  refuses(complaints);
}

const manifest = (room: string, dependencies: readonly string[] = [], exports = ['.']): Manifest => ({
  room,
  name: `@gezhi/${room.split('/').at(-1)}`,
  dependencies,
  exports,
});

const HOUSE = [
  manifest('packages/basis'),
  manifest('packages/place', ['@gezhi/basis', '@gezhi/cases', '@gezhi/clock', 'flatbush']),
  manifest('packages/clock', ['@gezhi/basis']),
  manifest('packages/cases', ['@gezhi/basis']),
  manifest('packages/contract', ['@gezhi/basis', '@gezhi/cases']),
  manifest('packages/storage', ['@gezhi/basis', '@gezhi/contract'], ['.', './testing']),
  manifest('packages/novel', ['@gezhi/basis']),
  manifest('apps/cli', ['@gezhi/demo']),
  manifest('demo', ['@gezhi/basis', '@gezhi/cases']),
];

function arrow(path: string, text: string): readonly Complaint[] {
  return turnedArrows([sourceOf(path, text)], HOUSE, ['fast-check']);
}

describe('arrows', () => {
  test('an arrow that runs up is named', () => {
    refuses(
      arrow('packages/place/src/a.ts', "import { decide } from '@gezhi/cases';"),
      /place → cases runs up/,
    );
  });
  test('a type that looks up is an arrow that looks up', () => {
    refuses(
      arrow('packages/place/src/a.ts', "\nimport type {\n  Case,\n} from '@gezhi/cases';"),
      /a\.ts:2: place → cases/,
    );
    refuses(
      arrow('packages/place/src/a.ts', "export type A = import('@gezhi/cases').Case;"),
      /place → cases/,
    );
  });
  test('down and to a listed neighbour is well', () => {
    passes(
      arrow(
        'packages/place/src/a.ts',
        "import { a } from '@gezhi/clock';\nimport { b } from '@gezhi/basis';\nimport c from 'flatbush';",
      ),
    );
  });
  test('what package.json does not list is not imported', () => {
    refuses(arrow('packages/cases/src/a.ts', "import { a } from '@gezhi/clock';"), /does not list/);
    refuses(arrow('packages/cases/src/a.ts', "import fc from 'fast-check';"), /does not list/);
    passes(arrow('packages/cases/src/a.test.ts', "import fc from 'fast-check';"));
  });
  test('rooms that import basis only', () => {
    refuses(arrow('packages/contract/src/a.ts', "import { a } from '@gezhi/cases';"), /imports basis only/);
    refuses(arrow('demo/src/a.ts', "import { a } from '@gezhi/cases';"), /imports basis only/);
  });
  test('the made-up town belongs to apps and tests', () => {
    refuses(arrow('packages/cases/src/a.ts', "import { a } from '@gezhi/demo';"), /Only apps and tests/);
    passes(arrow('packages/cases/src/a.test.ts', "import { a } from '@gezhi/demo';"));
    passes(arrow('apps/cli/src/a.ts', "import { a } from '@gezhi/demo';"));
  });
  test('doors for tests, doors that do not exist, the own door', () => {
    refuses(
      arrow('packages/cases/src/a.ts', "import { a } from '@gezhi/storage/testing';"),
      /for tests only/,
    );
    passes(arrow('packages/cases/src/a.db.test.ts', "import { a } from '@gezhi/storage/testing';"));
    refuses(arrow('packages/cases/src/a.ts', "import { a } from '@gezhi/basis/src/a';"), /has no door/);
    refuses(arrow('packages/cases/src/a.ts', "import { a } from './index.ts';"), /its own door/);
    refuses(arrow('packages/cases/src/a.ts', "import { a } from './testing.ts';"), /for tests only/);
  });
  test('no way through the wall', () => {
    refuses(arrow('packages/cases/src/a.ts', "import { a } from '../../basis/src/a.ts';"), /by its name/);
    refuses(arrow('packages/cases/src/a.ts', "import { a } from './b';"), /the whole file name/);
  });
  test('a room without a floor', () => {
    refuses(arrow('packages/novel/src/a.ts', "import { a } from '@gezhi/basis';"), /stands on no floor/);
  });
  test('a dependency that nothing imports', () => {
    const text = "import { a } from '@gezhi/basis';";
    refuses(
      idleDependencies([sourceOf('packages/contract/src/a.ts', text)], [HOUSE[4]!]),
      /lists @gezhi\/cases/,
    );
  });
});

describe('screens', () => {
  const screen = (text: string) => sourceOf('apps/x/src/a.tsx', text);
  test('are read as other files are: imports, types, functions', () => {
    const own = screen(
      "import { a } from './b.ts';\nexport function A({ b }: { b: any }) {\n  return <p>{b}</p>;\n}",
    );
    assert.deepEqual(own.imports, [{ from: './b.ts', line: 1 }]);
    refuses(anyTypes(own), /a\.tsx:2 says "any"/);
    refuses(longFunctions(screen(`function A() {\n${'f();\n'.repeat(100)}return <p/>;\n}`), {}), /A has 103/);
    refuses(silentCatches(screen('f().catch(() => undefined);')), /swallows/);
  });
  test('words belong to a catalogue, in elements and in what is read aloud', () => {
    const said = screen('export const A = () => <p title="Save it">Save <b>{w.save}</b></p>;');
    refuses(wordsInScreens(said), /says “Save it”/, /says “Save”/);
    refuses(wordsInScreens(screen("export const a = b ?? '格治';")), /says “格治”/);
    passes(wordsInScreens(screen("export const a = b ?? '格治';"), { 'apps/x/src/a.tsx#格治': 'a name' }));
    passes(wordsInScreens(screen('export const A = () => <p id="main">{w.save} · <kbd>Ctrl</kbd></p>;')));
  });
});

describe('circles', () => {
  test('a circle is told by a shortest way around', () => {
    const arrows = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['c']],
    ]);
    assert.deepEqual(circles(arrows), [['a', 'b', 'c', 'a']]);
    assert.deepEqual(circles(new Map([['a', ['b', 'c']]])), []);
  });
  test('of files, by types too', () => {
    const a = sourceOf('packages/x/src/a.ts', "import type { B } from './b.ts';");
    const b = sourceOf('packages/x/src/b.ts', "export { a } from './a.ts';");
    refuses(fileCircles([a, b]), /a\.ts → packages\/x\/src\/b\.ts → packages\/x\/src\/a\.ts/);
  });
  test('of packages on one floor', () => {
    const a = sourceOf('packages/server/src/a.ts', "import { b } from '@gezhi/workers';");
    const b = sourceOf('packages/workers/src/b.ts', "import { a } from '@gezhi/server';");
    refuses(packageCircles([a, b]), /@gezhi\/server → @gezhi\/workers → @gezhi\/server/);
    passes(packageCircles([a]));
  });
});

describe('the pure core', () => {
  const core = (text: string): readonly Complaint[] => impureReads(sourceOf('packages/clock/src/a.ts', text));
  const impure: readonly (readonly [string, RegExp])[] = [
    ["import { readFile } from 'node:fs';", /node:fs/],
    ["import type { Stats } from 'node:fs';", /node:fs/],
    ['export const a = Date.now();', /Date\.now/],
    ['export const a = new Date();', /new Date\(\)/],
    ['export const a = new Date(2026, 0, 1);', /the zone of the process/],
    ['export const a = (d: Date) => d.getHours();', /the zone of the process/],
    ['export const a = Math.random();', /random/],
    ['export const a = performance.now();', /a clock/],
    ['export const a = process.env.TZ;', /the process/],
    ['export const a = globalThis.process;', /the process/],
    ['setTimeout(() => {}, 1);', /a timer/],
    ['export const a = crypto.randomUUID();', /random/],
    ['export const a = import.meta.url;', /where it lies/],
  ];
  for (const [text, pattern] of impure) test(text, () => refuses(core(text), pattern));
  test('a name of its own is not the global of that name', () => {
    passes(core('export function f(process: { env: string }) { return process.env; }'));
    passes(
      core('export function f({ process }: A) { return () => process.states; }\ntype A = { process: B }'),
    );
    passes(core("import { process } from './b.ts'; export const a = { process, fetch: 1, b: process.x };"));
  });
  test('time that was passed in may be read', () => {
    passes(core('export const a = (at: number) => new Date(at).getUTCHours();'));
  });
  test('tests and the shell are free', () => {
    passes(impureReads(sourceOf('packages/clock/src/a.test.ts', "import { test } from 'node:test';")));
    passes(impureReads(sourceOf('packages/storage/src/a.ts', 'export const a = Date.now();')));
  });
});

describe('size', () => {
  const lines = (n: number): string => 'a();\n'.repeat(n);
  test('a long file needs a reason, and a reason a long file', () => {
    const file = { path: 'packages/x/src/a.ts', text: lines(501) };
    refuses(longFiles([file], {}), /has 501 lines/);
    passes(longFiles([file], { [file.path]: 'a table' }));
    refuses(longFiles([], { [file.path]: 'a table' }), /is not long/);
  });
  test('a long function is named', () => {
    const source = sourceOf('packages/x/src/a.ts', `export function walk() {\n${lines(99)}}\n`);
    refuses(longFunctions(source, {}), /walk has 101 lines/);
    passes(longFunctions(source, { 'packages/x/src/a.ts#walk': 'a table' }));
    passes(longFunctions(sourceOf('packages/x/src/a.ts', `export const f = () => {\n${lines(98)}};\n`), {}));
  });
});

describe('names and doors', () => {
  test('kebab-case', () => {
    const paths = ['packages/x/src/caseQueue.ts', 'packages/x/src/migrations/Add.sql'];
    refuses(oddNames(paths.map((path) => ({ path, text: '' }))), /kebab-case/, /a migration is named/);
    const good = [
      'README.md',
      'README.zh.md',
      'a/case-queue.db.test.ts',
      'p/migrations/0001_open_the_log.sql',
    ];
    passes(oddNames(good.map((path) => ({ path, text: '' }))));
  });
  test('one door', () => {
    const file = (path: string) => ({ path, text: '' });
    refuses(oddDoors([file('packages/x/src/inner/index.ts')]), /one index\.ts/);
    passes(oddDoors([file('packages/x/src/index.ts'), file('demo/src/index.ts')]));
  });
  test('a file that nothing uses', () => {
    const a = sourceOf('packages/x/src/a.ts', 'export const a = 1;');
    refuses(deadFiles([a], []), /nobody imports it/);
    passes(deadFiles([a, sourceOf('packages/x/src/index.ts', "export { a } from './a.ts';")], []));
    passes(
      deadFiles([a, sourceOf('packages/x/src/index.ts', "fork(new URL('./a.ts', import.meta.url));")], []),
    );
    passes(deadFiles([a], [{ path: 'packages/x/package.json', text: '{"a":"src/a.ts"}' }]));
  });
});

describe('words', () => {
  const said = (text: string) => wordsOutOfPlace({ path: 'packages/x/src/a.ts', text });
  test('promises, machines, silencers', () => {
    refuses(said(`// ${'TO'}DO later`), /promises later work/);
    refuses(said(`const a = '/${'home'}/somebody/data';`), /a path of one machine/);
    refuses(said(`// @ts-${'ignore'}`), /the type checker/);
    passes(said("const a = join(tmpdir(), 'home/work'); // https://example.org/home/page"));
  });
  test('any, as a type only', () => {
    const any = (text: string) => anyTypes(sourceOf('packages/x/src/a.ts', text));
    refuses(any('export const a = b as any;'), /says "any"/);
    refuses(any('export function f(a: any[]): void {}'), /says "any"/);
    refuses(any('export type A = Map<string, any>;'), /says "any"/);
    passes(any("/** any */\nexport type A = { any: 'any' | 'open' }; // any\nexport const any = 1;"));
  });
  test('faults that are swallowed', () => {
    const caught = (text: string) => silentCatches(sourceOf('packages/x/src/a.ts', text));
    refuses(caught('try { a(); } catch {}'), /swallows a fault/);
    refuses(caught('a().catch(() => {});'), /swallows a fault/);
    refuses(caught('a().catch(() => undefined);'), /swallows a fault/);
    passes(caught('try { a(); } catch (error) { throw new Error("b", { cause: error }); }'));
    passes(caught('try { a(); } catch {\n  // It was gone already.\n}'));
  });
});

describe('tests', () => {
  const left = (text: string) => testsLeftOut(sourceOf('packages/x/src/a.test.ts', text));
  test('are not left out without a reason', () => {
    refuses(left("test.only('a', () => {});"), /runs alone/);
    refuses(left("test('a', { only: true }, () => {});"), /runs alone/);
    refuses(left("test.skip('a', () => {});"), /without a reason/);
    refuses(left("test('a', { skip: true }, () => {});"), /without a reason/);
    refuses(left("test('a', (t) => t.skip());"), /without a reason/);
    passes(left("test('a', { skip: 'no data here' }, (t) => t.skip('no data here'));"));
  });
  test('say what they are', () => {
    refuses(
      oddTestFiles(sourceOf('packages/x/src/a.ts', "import { test } from 'node:test';")),
      /ends in \.test\.ts/,
    );
    const text = "import { testDatabase } from '@gezhi/storage/testing';";
    refuses(oddTestFiles(sourceOf('packages/x/src/a.test.ts', text)), /ends in \.db\.test\.ts/);
    passes(oddTestFiles(sourceOf('packages/x/src/a.db.test.ts', text)));
  });
});

describe('SQL', () => {
  const sql = (text: string): readonly Complaint[] =>
    outsideTheSubset(statementsOf([], [{ path: 'a.sql', text }]));
  const bad: readonly (readonly [string, RegExp])[] = [
    ['SELECT a FROM t WHERE due < $1 FOR UPDATE SKIP LOCKED', /SKIP LOCKED/],
    ['WITH RECURSIVE w AS (SELECT 1) SELECT * FROM w', /recursive/],
    ['SELECT a FROM t GROUP BY GROUPING SETS ((a), (b))', /several sets/],
    ['SELECT a FROM t GROUP BY ROLLUP (a)', /several sets/],
    ['MERGE INTO t USING s ON t.district = s.district WHEN MATCHED THEN DELETE', /MERGE/],
    ['UPDATE t SET a = 1, district = $2 WHERE district = $1', /changes `district`/],
    [
      'INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET district = excluded.district',
      /changes `district`/,
    ],
    ['SELECT 1 FROM a JOIN b ON a.id = b.id WHERE a.district = $1', /without district/],
    ['CREATE TRIGGER t BEFORE UPDATE ON fact', /trigger/],
    ['ALTER TABLE a ADD FOREIGN KEY (district) REFERENCES district', /foreign key/],
    ['CREATE TABLE a (id bigserial)', /by a sequence/],
    ['CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY)', /by a sequence/],
    ['INSERT INTO a SELECT uuidv7()', /uuidv7/],
    ['DELETE FROM fact WHERE district = $1', /append-only/],
    ['GRANT SELECT, UPDATE ON fact TO gezhi_service', /append-only/],
  ];
  for (const [text, pattern] of bad) test(text, () => refuses(sql(text), pattern));
  const good = [
    'SELECT a FROM t WHERE district = $1 AND due < $2 LIMIT 3 FOR UPDATE SKIP LOCKED',
    'UPDATE t SET a = 1 WHERE district = $1',
    'SELECT 1 FROM a JOIN b ON b.district = a.district AND b.id = a.id',
    'SELECT 1 FROM a JOIN unnest($1::text[]) AS n(name) ON n.name = a.name',
    'SELECT a FROM rollup GROUP BY a',
    'GRANT SELECT, INSERT ON fact TO gezhi_service',
  ];
  for (const text of good) test(text, () => passes(sql(text)));
  test('in strings and templates of the code, where they begin', () => {
    const text = 'const a = 1;\nconst sql = `SELECT a FROM t\n  FOR UPDATE SKIP LOCKED`;';
    refuses(
      outsideTheSubset(statementsOf([sourceOf('packages/x/src/a.ts', text)], [])),
      /^packages\/x\/src\/a\.ts:2 /,
    );
  });
  test('composed by calls', () => {
    refuses(composedOutside(sourceOf('a.ts', 'q.forUpdate().skipLocked().execute();')), /SKIP LOCKED/);
  });
});

describe('the schema', () => {
  const SCHEMA = `CREATE TABLE visit (
  id uuid NOT NULL,
  "position" bigint NOT NULL,
  caller_score integer,
  CONSTRAINT visit_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX visit_position ON public.visit USING btree ("position");
-- gezhi_service: DELETE, SELECT

CREATE TABLE fact (
  district text NOT NULL,
  case_id uuid NOT NULL,
  data jsonb NOT NULL,
  CONSTRAINT fact_pkey PRIMARY KEY (district, case_id)
) PARTITION BY RANGE (case_id);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE rollup (
  district text NOT NULL,
  person text NOT NULL,
  CONSTRAINT rollup_pkey PRIMARY KEY (district, person)
);
-- gezhi_service: SELECT
`;
  const tables = tablesOf(SCHEMA);
  test('keys begin with district', () => {
    refuses(
      keysWithoutDistrict(tables, {}),
      /table visit: its key is \(id\)/,
      /unique \(position\) lacks district/,
    );
    passes(keysWithoutDistrict(tables, { visit: 'small' }));
  });
  test('the log keeps its shape', () => {
    refuses(logOutOfShape(tables), /may INSERT, SELECT, UPDATE/, /its key is/, /data is json/);
    refuses(logOutOfShape([]), /no table fact/);
  });
  test('nothing holds a score of a person, nothing has persons as its rows', () => {
    refuses(forbiddenColumns(tables), /visit\.caller_score may not be/);
    refuses(personsAsRows(tables), /rollup has a row for each person/);
  });
  test('no scene and no page watches those who work, no route looks at who calls', () => {
    const text = 'label: {zh: 每日打卡, en: Clock-in}';
    refuses(controlOfWorkers({ path: 'scenes/a/forms.yaml', text }), /says "打卡"/);
    refuses(controlOfWorkers({ path: 'apps/a/src/b.ts', text: '// a leaderboard' }), /leaderboard/);
    passes(controlOfWorkers({ path: 'docs/a.md', text }));
    const route = 'export const a = (request: B) => request.ip;';
    refuses(callersLookedAt(sourceOf('packages/server/src/a.ts', route)), /a\.ts:1 looks at who calls/);
    passes(callersLookedAt(sourceOf('packages/storage/src/a.ts', route)));
  });
  test('nor does a fact or an answer', () => {
    const type = 'export type A = {\n  readonly callerRisk: number;\n  underscore: 1;\n};';
    refuses(forbiddenFields(sourceOf('packages/cases/src/fact.ts', type)), /fact\.ts:2 the field callerRisk/);
    const schema = 'export const a = z.object({ blacklist: z.string() });';
    refuses(forbiddenFields(sourceOf('packages/contract/src/a.ts', schema)), /the field blacklist/);
  });
});
