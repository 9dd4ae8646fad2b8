import { formatVerifierKey } from '@gezhi/ledger';
import { type LedgerFolders, nodeSha256, type OpenLog, openLog } from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import { claimLedger, followLedger } from './ledger-follower.ts';

/** Keeps the ledgers of towns open and up to date. */
export type LedgerWriter = {
  readonly follow: (town: Town) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** @param stopping asked between batches; true ends the following there */
export function ledgerWriter(folders: LedgerFolders, stopping: () => boolean): LedgerWriter {
  const open = new Map<string, OpenLog>();
  const close = async (district: string): Promise<void> => {
    const log = open.get(district);
    open.delete(district);
    await log?.close();
  };
  const begin = async (town: Town): Promise<OpenLog> => {
    const logKey = await folders.keyOf(town.district);
    await claimLedger(town, formatVerifierKey(nodeSha256, logKey.key));
    return await openLog(folders.folderOf(town.district), logKey);
  };
  return {
    follow: async (town) => {
      const { district } = town;
      const log = open.get(district) ?? (await begin(town));
      open.set(district, log);
      try {
        await followLedger(town, log, stopping);
      } catch (error) {
        // What is in memory may be ahead of the disk: it is read anew next time.
        await close(district);
        throw error;
      }
    },
    close: async () => {
      for (const district of [...open.keys()]) await close(district);
    },
  };
}
