import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { writeServiceWorker } from './write-service-worker.ts';

/** The web apps; each is served under its own name. */
const WEB_APPS = ['portal', 'field', 'console'] as const;

/** Apps for old phones and slow networks: they carry Preact under React's name (decision 0020). */
const SMALL: ReadonlySet<string> = new Set(['portal', 'field']);
const PREACT = [
  { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react(-dom)?$/, replacement: 'preact/compat' },
];

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Whatever the apps are made of; one newer file and they are built anew. */
const MADE_OF = [
  'packages/ui',
  'packages/contract/src',
  'packages/place/src',
  'packages/basis/src',
  'package-lock.json',
];

/**
 * Builds each web app into its `dist`, where a source is newer than what was built. Some seconds an app; none where nothing changed.
 *
 * @param only the apps to build, where not all
 */
async function buildWebApps(only: readonly string[]): Promise<void> {
  for (const app of WEB_APPS.filter((name) => only.length === 0 || only.includes(name))) {
    const folder = join(ROOT, 'apps', app);
    const stamp = join(folder, 'dist', '.built');
    const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
    const newest = Math.max(...[...MADE_OF, `apps/${app}`].map((path) => newestIn(join(ROOT, path))));
    if (built > newest) continue;
    await buildOne(app, folder);
    const dist = join(folder, 'dist');
    writeServiceWorker(app, dist, filesIn(dist));
    for (const file of filesIn(dist)) compress(file);
    writeFileSync(stamp, '');
    process.stdout.write(`${app}: built\n`);
  }
}

async function buildOne(app: string, root: string): Promise<void> {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await build({
    root,
    base: `/${app}/`,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve: { alias: SMALL.has(app) ? PREACT : [] },
    build: { outDir: 'dist', target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
}

/** What is served again and again is compressed once. */
function compress(file: string): void {
  if (!/\.(js|css|html|svg|json|webmanifest)$/.test(file)) return;
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
}

function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  return Math.max(0, ...filesIn(path).map((file) => statSync(file).mtimeMs));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

await buildWebApps(process.argv.slice(2));
