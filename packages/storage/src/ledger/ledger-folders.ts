import { join } from 'node:path';
import { ED25519, SM2 } from '@gezhi/ledger';
import { openLogKey } from './log-key.ts';
import type { KeptKey } from './open-log.ts';

/** Where the ledgers of an installation lie: one folder a district, with its key, its journal and what is served. */
export type LedgerFolders = {
  /** Key and journal are here, and nothing of it is served. */
  readonly folderOf: (district: string) => string;
  /** What is served: any web server can do it. */
  readonly publicOf: (district: string) => string;
  /** The key of a district's ledger; made, under the address it is served at, where there is none. */
  readonly keyOf: (district: string) => Promise<KeptKey>;
};

/**
 * @param baseUrl how the service is reached from outside; a ledger that exists keeps the name it was made with
 * @param suite `sm`: a ledger that is made now signs by SM2; one that exists keeps its key
 */
export function ledgerFolders(root: string, baseUrl: string, suite: 'aes' | 'sm' = 'aes'): LedgerFolders {
  const keys = new Map<string, Promise<KeptKey>>();
  const folderOf = (district: string): string => join(root, encodeURIComponent(district));
  return {
    folderOf,
    publicOf: (district) => join(folderOf(district), 'public'),
    keyOf: (district) => {
      const known = keys.get(district);
      if (known) return known;
      const prefix = baseUrl.replace(/^https?:\/\//, '').replace(/\/$/, '');
      const name = `${prefix}/ledger/${encodeURIComponent(district)}`;
      const key = openLogKey(folderOf(district), name, suite === 'sm' ? SM2 : ED25519);
      keys.set(district, key);
      key.catch(() => keys.delete(district));
      return key;
    },
  };
}
