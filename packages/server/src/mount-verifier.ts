import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

/** Where browsers find the code that checks receipts: the one that the service and `gezhi verify` use, without its types. */
const BASE = '/ledger/verify';

const require = createRequire(import.meta.url);
const folderOf = (specifier: string): string => dirname(require.resolve(specifier));
const sourceOf = (name: string): string => dirname(fileURLToPath(import.meta.resolve(name)));

/** The rooms that it is made of, by their name in addresses. */
const FOLDERS: Readonly<Record<string, string>> = {
  ledger: sourceOf('@gezhi/ledger'),
  basis: sourceOf('@gezhi/basis'),
  curves: folderOf('@noble/curves/ed25519.js'),
  hashes: folderOf('@noble/hashes/sha2.js'),
};

/** How they name each other. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/(from\s+')@gezhi\/basis'/g, `$1${BASE}/basis/index.ts'`],
  [/(from\s+')@noble\/(curves|hashes)\//g, `$1${BASE}/$2/`],
];

const FILE = /^(ledger|basis|curves|hashes)\/((?:abstract\/)?[a-zA-Z0-9_-]+\.(?:ts|js))$/;

/**
 * Serves the modules that verify a receipt in a browser, each as it lies in the source, so that nobody has to trust a bundle. Read once. Tests
 * of the source and whatever else is no module of these four are not found.
 */
export function mountVerifier(server: FastifyInstance): void {
  const ready = new Map<string, Promise<Module | undefined>>();
  server.get<{ Params: { '*': string } }>(`${BASE}/*`, async (request, reply) => {
    const path = request.params['*'];
    if (!FILE.test(path)) return reply.callNotFound();
    const module = ready.get(path) ?? readModule(path);
    ready.set(path, module);
    const found = await module;
    if (!found) return reply.callNotFound();
    reply.headers({ etag: found.tag, 'cache-control': 'no-cache' });
    if (request.headers['if-none-match'] === found.tag) return reply.code(304).send();
    return reply.type('text/javascript; charset=utf-8').send(found.text);
  });
}

type Module = { readonly text: string; readonly tag: string };

async function readModule(path: string): Promise<Module | undefined> {
  const [, folder = '', file = ''] = FILE.exec(path) ?? [];
  const source = await readFile(join(FOLDERS[folder]!, file), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    },
  );
  if (source === undefined) return undefined;
  const plain = file.endsWith('.ts') ? stripTypeScriptTypes(source) : source;
  const text = NAMES.reduce((all, [name, address]) => all.replace(name, address), plain);
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
}
