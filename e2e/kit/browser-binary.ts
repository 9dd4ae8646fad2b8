import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** A browser that came from npm, unpacked: the program, and libraries for machines that lack them. */
export type BrowserBinary = { readonly program: string; readonly libraries: string };

/**
 * Where the browser lies. The first call unpacks it (some seconds, 200 MB below `node_modules/.cache`); several at once may, and the one
 * that is done first counts.
 */
export async function browserBinary(): Promise<BrowserBinary> {
  const { version } = JSON.parse(
    await readFile(join(MODULES, '@sparticuz/chromium/package.json'), 'utf8'),
  ) as { version: string };
  const cache = join(MODULES, '.cache', 'gezhi');
  const folder = join(cache, `browser-${version}`);
  if (!existsSync(join(folder, 'chromium'))) {
    await mkdir(cache, { recursive: true });
    const fresh = await mkdtemp(join(cache, 'unpacking-'));
    await unpackInto(fresh);
    await rename(fresh, folder).catch(async (error: unknown) => {
      await rm(fresh, { recursive: true, force: true });
      if (!existsSync(join(folder, 'chromium'))) throw error;
    });
  }
  return { program: join(folder, 'chromium'), libraries: join(folder, 'al2023', 'lib') };
}

/** The package unpacks into the folder for temporary files of its process, its libraries only where it believes to be in a cloud. */
async function unpackInto(folder: string): Promise<void> {
  const script = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;
  const child = spawn(process.execPath, ['-e', script], {
    cwd: join(MODULES, '..'),
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The browser could not be unpacked (${code}).`);
}
