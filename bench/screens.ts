import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Line } from './report.ts';

const SPEED = new URL('../e2e/speed/', import.meta.url);

/** Whether its goal is reached is for whoever reads, where it is left out. */
type Figure = Pick<Line, 'name' | 'ours' | 'method' | 'goal'> & Partial<Pick<Line, 'reached'>>;

/** The screens in a real browser: what they weigh, how soon they answer, and what a call costs a seat. */
export async function benchScreens(): Promise<Line[]> {
  return [
    ...(await measuredInBrowser('measure-screens.ts')),
    ...(await measuredInBrowser('desk-keystrokes.ts')),
  ];
}

/** What a script of e2e/speed measures, in a process of its own. */
export async function measuredInBrowser(script: string): Promise<Line[]> {
  const path = fileURLToPath(new URL(script, SPEED));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines: Line[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const figure = JSON.parse(line) as Figure;
    lines.push({ reference: '–', ratio: null, reached: null, ...figure });
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${script} could not measure (${code}).`);
  return lines;
}
