import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Lockfile, looseVersions, oddLocks } from './lockfile.ts';
import { readFiles } from './source.ts';
import { tidy } from './tidy.ts';

const ROOT = join(import.meta.dirname, '..');
type Manifest = Readonly<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>
> & { readonly allowScripts: Readonly<Record<string, boolean>> };

const read = <T>(path: string): T => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T;

/** PostgreSQL 15 for tests comes by another name from the same packages. */
const SAME_PACKAGE = /^postgres-15-/;

test('what is installed is what was looked at: each package by its name, one version, one hash', () => {
  const lock = read<Lockfile>('package-lock.json');
  const { allowScripts } = read<Manifest>('package.json');
  const names = Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)!);
  const allowed = [
    ...Object.keys(allowScripts).filter((name) => allowScripts[name]),
    ...names.filter((name) => SAME_PACKAGE.test(name)),
  ];
  tidy(oddLocks(lock, allowed));
});

test('every dependency is one version', () => {
  const manifests = readFiles()
    .map(({ path }) => path)
    .filter((path) => /(^|\/)package\.json$/.test(path));
  assert.ok(manifests.length > 10);
  tidy(
    manifests.flatMap((path) => {
      const { dependencies, devDependencies, optionalDependencies } = read<Manifest>(path);
      return looseVersions(path, [dependencies, devDependencies, optionalDependencies]);
    }),
  );
});

test('a package from elsewhere, without a hash, or with a script is told', () => {
  const hash = `sha512-${'a'.repeat(86)}==`;
  const packages = {
    '': {},
    'packages/basis': { version: '0.1.0' },
    'node_modules/@gezhi/basis': { link: true, resolved: 'packages/basis' },
    'node_modules/good': { version: '1.0.0', integrity: hash },
    'node_modules/bare': { version: '1.0.0' },
    'node_modules/far': { version: '1.0.0', integrity: hash, resolved: 'https://elsewhere.example/far.tgz' },
    'node_modules/a/node_modules/runs': { version: '1.0.0', integrity: hash, hasInstallScript: true },
  };
  const odd = oddLocks({ lockfileVersion: 3, packages }, []);
  assert.deepEqual(
    odd.map((one) => /: (\w+) /.exec(one)?.[1]),
    ['bare', 'far', 'runs'],
  );
  assert.equal(oddLocks({ lockfileVersion: 2, packages: {} }, []).length, 1);
  const loose = looseVersions('package.json', [
    { a: '^1.0.0', b: '1.0.0', c: 'npm:x@1.0.0-beta.1' },
    undefined,
  ]);
  assert.equal(loose.length, 1);
});
