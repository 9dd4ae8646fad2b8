import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRequestNumber, type RequestNumber } from '@gezhi/basis';
import { reserveSerials } from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import { replaceFile } from './journal.ts';

/**
 * A block of numbers of one district that the journal alone issues from, kept on disk, so that a process that starts while the
 * database is away has numbers to give. A number is never given twice: how far the block is used is written ahead, in steps.
 */
export type KeptNumbers = {
  /** As many numbers, each given once; `undefined` where the block holds fewer. */
  take(count: number): Promise<readonly RequestNumber[] | undefined>;
  /** Takes numbers back that nobody was told; they are given first, by this process. */
  putBack(numbers: readonly RequestNumber[]): void;
  /** Reserves another block where less than half of one is left. Needs the database. */
  refill(town: Town): Promise<void>;
  left(): number;
};

/** Serials of one desk, from `next` up to `end`, which is not in it. */
export type Block = { readonly desk: number; readonly next: number; readonly end: number };

/** Numbers that a crash may leave ungiven. */
const STEP = 500;
const BLOCK = 20_000;

/** Adds a block to those that lie in a folder which no process writes; for a service outside. */
export async function addBlock(folder: string, district: string, block: Block): Promise<void> {
  const file = fileOf(district);
  const blocks = await readBlocks(join(folder, file));
  await replaceFile(folder, file, `${JSON.stringify([...blocks, block])}\n`);
}

const fileOf = (district: string): string => `numbers-${encodeURIComponent(district)}.json`;

export async function keptNumbers(folder: string, district: string): Promise<KeptNumbers> {
  const file = fileOf(district);
  // Of each block `next` on disk is already ahead of what was given; a new process begins there.
  let blocks = await readBlocks(join(folder, file));
  let marked = 0;
  const spare: RequestNumber[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const left = (): number => blocks.reduce((sum, { next, end }) => sum + end - next, spare.length);

  const write = async (kept: readonly Block[]): Promise<void> => {
    await replaceFile(folder, file, `${JSON.stringify(kept)}\n`);
  };
  const take = async (count: number): Promise<readonly RequestNumber[] | undefined> => {
    if (left() < count) return undefined;
    const fresh = Math.max(0, count - spare.length);
    if (marked < fresh) {
      const ahead = Math.min(left() - spare.length, fresh + STEP);
      await write(skip(blocks, ahead));
      marked = ahead;
    }
    const numbers = spare.splice(0, count);
    for (const { desk, next, end } of blocks) {
      for (let serial = next; serial < end && numbers.length < count; serial += 1)
        numbers.push(makeRequestNumber(desk, serial));
    }
    blocks = skip(blocks, fresh);
    marked -= fresh;
    return numbers;
  };
  const refill = async (town: Town): Promise<void> => {
    if (left() >= BLOCK / 2) return;
    const { desk } = town.profile;
    const first = await reserveSerials(town.db.pool, district, desk, BLOCK);
    const more = [...blocks, { desk, next: first, end: first + BLOCK }];
    await write(skip(more, marked));
    blocks = more;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  };
  return {
    left,
    take: (count) => inTurn(() => take(count)),
    putBack: (numbers) => void spare.push(...numbers),
    refill: (town) => inTurn(() => refill(town)),
  };
}

function skip(blocks: readonly Block[], count: number): Block[] {
  let rest = count;
  return blocks.flatMap((block) => {
    const here = Math.min(rest, block.end - block.next);
    rest -= here;
    return block.next + here < block.end ? [{ ...block, next: block.next + here }] : [];
  });
}

async function readBlocks(path: string): Promise<Block[]> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Block[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
