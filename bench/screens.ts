import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Line } from './report.ts';

const SCRIPT = fileURLToPath(new URL('../e2e/speed/measure-screens.ts', import.meta.url));

type Figure = Pick<Line, 'name' | 'ours' | 'method' | 'goal'>;

/** The screens in a real browser, in a process of its own: what they weigh, how soon they answer. Whether a goal is reached is for whoever reads. */
export async function benchScreens(): Promise<Line[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines: Line[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const figure = JSON.parse(line) as Figure;
    lines.push({ ...figure, reference: '–', ratio: null, reached: null });
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`The screens could not be measured (${code}).`);
  return lines;
}
