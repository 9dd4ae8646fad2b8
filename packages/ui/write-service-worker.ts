import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const SOURCE = new URL('service-worker.js', import.meta.url);
/** Apps that are kept on the device, and whether a newer one waits there until somebody wants it. */
const KEPT = new Map([
  ['portal', { waits: false }],
  ['field', { waits: true }],
]);

/**
 * Writes `sw.js` beside a built app that is kept on devices: with the names of its files, and a hash over all of them, so that
 * a browser sees a new worker exactly where something changed.
 */
export function writeServiceWorker(app: string, dist: string, files: readonly string[]): void {
  const kept = KEPT.get(app);
  if (!kept) return;
  const served = files.filter((file) => !/\.(map|html)$/.test(file)).sort();
  const template = readFileSync(SOURCE, 'utf8');
  const hash = createHash('sha256');
  for (const file of [...served, join(dist, 'index.html')]) hash.update(readFileSync(file));
  const names = served.map((file) => `/${app}/${relative(dist, file).split(sep).join('/')}`);
  const build = hash.update(template).digest('hex').slice(0, 16);
  const worker = template
    .replace('__APP__', app)
    .replace('__BUILD__', `${app}-${build}`)
    .replace('__FILES__', JSON.stringify(names))
    .replace('__WAITS__', String(kept.waits));
  writeFileSync(join(dist, 'sw.js'), worker);
}
