import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Writes `sw.js` beside a built app that brings `src/service-worker.js`: with the names of its files, and a hash over all of them, so that
 * a browser sees a new worker exactly where something changed.
 */
export function writeServiceWorker(app: string, root: string, files: readonly string[]): void {
  const source = join(root, 'src', 'service-worker.js');
  if (!existsSync(source)) return;
  const dist = join(root, 'dist');
  const served = files.filter((file) => !/\.(map|html)$/.test(file)).sort();
  const hash = createHash('sha256');
  const template = readFileSync(source, 'utf8');
  for (const file of [...served, join(dist, 'index.html')]) hash.update(readFileSync(file));
  const build = hash.update(template).digest('hex').slice(0, 16);
  const names = served.map((file) => `/${app}/${relative(dist, file).split(sep).join('/')}`);
  const worker = template
    .replace(/'\w+-__BUILD__'/, `'${app}-${build}'`)
    .replace(/= __FILES__/, `= ${JSON.stringify(names)}`);
  writeFileSync(join(dist, 'sw.js'), worker);
}
