import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@gezhi/basis';
import { addLedgerEvent, inTransaction, lastPolicies } from '@gezhi/storage';
import type { Town } from '../town.ts';

/** A scene's rules as they are in force: its version, and one hash over all its files. */
export type PolicyMark = { readonly scene: string; readonly version: string; readonly sha256: string };

/** The hash of a folder of scenes' files by their names, each behind its length: a changed power, term or purpose changes it. */
export async function hashScene(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(folder)).filter((name) => /\.(yaml|cedar)$/.test(name)).sort();
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('base64url');
}

/** Writes into the ledger which rules a town works by from now on, where they are others than before. Answers how many scenes changed. */
export async function recordPolicies(
  town: Pick<Town, 'db' | 'district'>,
  marks: readonly PolicyMark[],
  now: Instant,
): Promise<number> {
  return await inTransaction(town.db.pool, async (client) => {
    const before = await lastPolicies(client, town.district);
    const changed = marks.filter(({ scene, sha256 }) => before.get(scene)?.sha256 !== sha256);
    for (const { scene, version, sha256 } of changed) {
      const was = before.get(scene);
      await addLedgerEvent(client, town.district, {
        kind: 'policy',
        at: now,
        body: { scene, version, sha256, before: was ? { version: was.version, sha256: was.sha256 } : null },
      });
    }
    return changed.length;
  });
}
