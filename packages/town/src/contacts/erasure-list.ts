import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@gezhi/basis';

/** Who was erased, or locked away for the law until a day. `person` is opaque. */
export type Erasure = {
  readonly person: string;
  readonly at: Instant;
  readonly until?: Instant;
  readonly reason?: string;
};

/**
 * The list of erasures, a file beside the ledger's tiles and not in the database: a database that is restored from before learns from it
 * what has to be erased again. One line each; a line is on disk before anything is erased.
 */
export type ErasureList = {
  readonly add: (district: string, erasures: readonly Erasure[]) => Promise<void>;
  readonly read: (district: string) => Promise<readonly Erasure[]>;
};

/** @param root the folder of the ledgers; without one the list goes with the process */
export function erasureList(root: string | undefined): ErasureList {
  if (root === undefined) {
    const kept = new Map<string, Erasure[]>();
    return {
      add: async (district, erasures) =>
        void kept.set(district, [...(kept.get(district) ?? []), ...erasures]),
      read: async (district) => kept.get(district) ?? [],
    };
  }
  const folderOf = (district: string): string => join(root, encodeURIComponent(district));
  return {
    add: async (district, erasures) => {
      if (erasures.length === 0) return;
      await mkdir(folderOf(district), { recursive: true });
      const file = await open(join(folderOf(district), 'erasures'), 'a', 0o600);
      // On a line of its own, whatever a power cut left of the one before.
      await file.appendFile(`\n${erasures.map((one) => `${JSON.stringify(one)}\n`).join('')}`);
      await file.sync().finally(() => file.close());
    },
    read: async (district) => {
      const text = await readFile(join(folderOf(district), 'erasures'), 'utf8').catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return '';
          throw error;
        },
      );
      // A line that a power cut tore was never acknowledged: nothing that it names was erased.
      return text.split('\n').flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as Erasure] : []));
    },
  };
}
