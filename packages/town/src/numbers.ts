import { makeRequestNumber, type RequestNumber } from '@gezhi/basis';
import { type Db, reserveSerials } from '@gezhi/storage';
import { keyedHash } from './keyed-hash.ts';

/**
 * Issues the numbers of one desk from blocks that are reserved ahead. The next block is asked for when half of the present one is
 * used, so that numbers exist while the database is away; a block left unused by a process that ended is never issued again.
 */
export type NumberDesk = {
  /** Makes sure that `count` numbers can be issued at once. @throws where the database is away and the block too small */
  ready(count: number): Promise<void>;
  /** The next number. @throws RangeError where `ready` was not asked for as many */
  issue(): RequestNumber;
  /** How many can be issued without the database. */
  left(): number;
};

export const BLOCK_SIZE = 10_000;

export function numberDesk(db: Db, district: string, desk: number, blockSize = BLOCK_SIZE): NumberDesk {
  const blocks: { next: number; end: number }[] = [];
  let asking: Promise<void> | undefined;
  const left = (): number => blocks.reduce((sum, block) => sum + block.end - block.next, 0);
  const reserve = async (size: number): Promise<void> => {
    const first = await reserveSerials(db.pool, district, desk, size);
    blocks.push({ next: first, end: first + size });
  };
  const ask = (size: number): Promise<void> => {
    asking ??= reserve(size).finally(() => {
      asking = undefined;
    });
    return asking;
  };
  return {
    left,
    ready: async (count) => {
      while (left() < count) await ask(Math.max(blockSize, count));
      // Asked ahead, without waiting: while the database is away the present block goes on, and the next call asks again.
      if (left() - count < blockSize / 2) ask(blockSize).catch(() => undefined);
    },
    issue: () => {
      while (blocks[0] && blocks[0].next === blocks[0].end) blocks.shift();
      const block = blocks[0];
      if (!block) throw new RangeError('no number is reserved: ask ready() first');
      block.next += 1;
      return makeRequestNumber(desk, block.next - 1);
    },
  };
}

/** The 6-digit code that opens a number: keyed by the installation, so that it can be printed again and never stored. */
export function openingCode(secret: Buffer, number: RequestNumber): string {
  const hash = keyedHash(secret, `code:${number}`);
  return String(hash.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}
