import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestNumber } from '@gezhi/basis';
import { replaceFile } from './journal.ts';

/** The code of each number of a block that was given to a service outside, which has no key to make codes by. */
export type KeptCodes = ReadonlyMap<RequestNumber, string>;

/** Adds the codes of a block to those that lie in the folder. */
export async function addCodes(
  folder: string,
  district: string,
  codes: readonly (readonly [RequestNumber, string])[],
): Promise<void> {
  const all = [...(await readCodes(folder, district)), ...codes];
  await replaceFile(folder, fileOf(district), `${all.map((pair) => pair.join(' ')).join('\n')}\n`);
}

/** Nothing where the folder was given no codes. */
export async function readCodes(folder: string, district: string): Promise<KeptCodes> {
  let text: string;
  try {
    text = await readFile(join(folder, fileOf(district)), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  const pairs = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ') as [RequestNumber, string]);
  return new Map(pairs);
}

const fileOf = (district: string): string => `codes-${encodeURIComponent(district)}.txt`;
