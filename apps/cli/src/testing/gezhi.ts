import { spawn } from 'node:child_process';
import { join } from 'node:path';

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the command as a user does, in its own process, on its own data. */
export function gezhi(cwd: string, ...words: readonly string[]): Promise<Ran> {
  const main = join(import.meta.dirname, '../main.ts');
  const { DATABASE_URL: _url, GEZHI_DATA: _data, ...env } = process.env;
  const child = spawn(process.execPath, [main, ...words], {
    cwd,
    env: { ...env, LANG: 'en_US.UTF-8', LC_ALL: '' },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    said.out += text;
  });
  child.stderr.on('data', (text) => {
    said.err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, ...said })));
}
