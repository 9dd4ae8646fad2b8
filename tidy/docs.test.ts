import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ACTS,
  FACT_TYPES,
  FLAGS,
  NOT_DISPATCHED,
  OUTCOMES,
  PHASES,
  REFERRED_TO,
  REQUEST_KINDS,
  RESULTS,
} from '@gezhi/cases';
import { EXCLUSION_REASONS, PATHS } from '@gezhi/contract';
import {
  codeIn,
  dependencyRows,
  lostLinks,
  lostTerms,
  oddDecisions,
  schemaKeys,
  unmentioned,
} from './docs.ts';
import { readFiles, sourceOf } from './source.ts';
import { tidy } from './tidy.ts';

const files = readFiles();
const pages = files.filter(({ path }) => path.endsWith('.md'));

function page(path: string): (typeof files)[number] {
  const found = files.find((file) => file.path === path);
  assert.ok(found, `${path} is not there`);
  return found;
}

function keysOf(path: string): readonly string[] {
  return schemaKeys(sourceOf(path, page(path).text));
}

describe('pages say what the code has', () => {
  test('every dependency has its row', () => tidy(dependencyRows(page('docs/dependencies.md'), files)));
  test('every room is in docs/architecture.md', () => {
    const rooms = files.flatMap(
      ({ path }) => /^((packages|apps)\/[^/]+|demo)\/package\.json$/.exec(path)?.[1] ?? [],
    );
    tidy(unmentioned(page('docs/architecture.md'), rooms, 'room'));
  });
  test('every term of the glossary is where it says', () => tidy(lostTerms(page('docs/glossary.md'), files)));
  test('every key of a scene pack is in docs/scenes.md', () => {
    tidy(unmentioned(page('docs/scenes.md'), keysOf('packages/scene/src/pack-schema.ts'), 'key'));
  });
  test('every act, fact, phase, flag and result is in docs/scenes.md', () => {
    const lists = [REQUEST_KINDS, OUTCOMES, NOT_DISPATCHED, REFERRED_TO, EXCLUSION_REASONS];
    const words = [ACTS, FACT_TYPES, PHASES, FLAGS, ...lists];
    tidy(unmentioned(page('docs/scenes.md'), [...words.flat(), ...Object.values(RESULTS).flat()], 'word'));
  });
  test('every field that a condition can ask is in docs/scenes.md', () => {
    const view = /schema: \{([^}]*)\}/.exec(page('packages/scene/src/cel.ts').text)![1]!;
    const fields = [...view.matchAll(/(\w+):/g)].map(([, name]) => `case.${name}`);
    assert.ok(fields.length > 10);
    tidy(unmentioned(page('docs/scenes.md'), fields, 'field'));
  });
  test('every field and relation of the power list is in docs/scenes.md', () => {
    const rows = page('packages/powers/src/power-table.ts').text;
    const lists = /const LISTS = \[([^\]]*)\]/.exec(rows)![1]!;
    const relations = /RELATIONS = \[([^\]]*)\]/.exec(page('packages/powers/src/relation.ts').text)![1]!;
    const names = [...`${lists},${relations}`.matchAll(/'(\w+)'/g)].map(([, name]) => name!);
    tidy(
      unmentioned(
        page('docs/scenes.md'),
        [...names, 'id', 'effect', 'power', 'relation', 'basis', 'text'],
        'word',
      ),
    );
  });
  test('every key of a profile is in docs/import.md, and every profile that is shipped', () => {
    const shipped = files.flatMap(
      ({ path }) => /^packages\/connectors\/profiles\/(.+)\.yaml$/.exec(path)?.[1] ?? [],
    );
    const keys = keysOf('packages/connectors/src/files/profile.ts');
    tidy(unmentioned(page('docs/import.md'), [...keys, ...shipped], 'name'));
  });
  test('every route is in docs/api.md', () => {
    tidy(unmentioned(page('docs/api.md'), Object.values(PATHS), 'route'));
  });
  test('every link leads somewhere', () => tidy(lostLinks(pages, files)));
  test('decisions are numbered', () => tidy(oddDecisions(pages)));
});

describe('these checks can fail', () => {
  const text = '# A\n`one.two` and three\n```yaml\nfour: 5\n```\n';
  test('only code names things', () => {
    assert.match(codeIn(text), /four/);
    assert.deepEqual(
      unmentioned({ path: 'a.md', text }, ['two', 'three', 'four'], 'key').map((c) => /`(\w+)`/.exec(c)![1]),
      ['three'],
    );
  });
  test('keys of schemas', () => {
    const source = sourceOf(
      'a.ts',
      'const a = z.strictObject({ b: z.string(), c: z.object({ d: 1 }) }); f({ e: 1 });',
    );
    assert.deepEqual(schemaKeys(source), ['b', 'c', 'd']);
  });
  test('rows that are missing and rows that are left', () => {
    const manifest = { path: 'package.json', text: '{"name":"a","dependencies":{"pg":"1","@gezhi/a":"*"}}' };
    const rows = dependencyRows({ path: 'a.md', text: '| `left` | x |' }, [manifest]);
    assert.deepEqual(rows, ['a.md has no row for pg.', 'a.md: no package.json names left any more.']);
  });
  test('terms, links and numbers that are lost', () => {
    const glossary = { path: 'g.md', text: '| 案 | `Case`, `Kase` | `a.ts` |\n| 案 | `Case` | `b.ts` |' };
    assert.equal(lostTerms(glossary, [{ path: 'a.ts', text: 'type Case = 1' }]).length, 2);
    const linking = { path: 'docs/a.md', text: '[b](b.md) [c](../c.md) [d](https://x.org) `docs/e.md`' };
    assert.equal(lostLinks([linking], [{ path: 'docs/b.md', text: '' }]).length, 2);
    assert.equal(oddDecisions([{ path: 'docs/decisions/0002-b.md', text: '# 0002 B' }]).length, 1);
  });
});
