import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, isRefusal, type Refusal } from '@gezhi/basis';
import { parseVerifierKey, type VerifierKey } from '@gezhi/ledger';
import { logInFolder, nodeSha256, type ReadLog } from '@gezhi/storage';

const PATIENCE_MS = 15_000;

/** More than the largest bundle of the entries that a ledger writes. */
const BYTES_MAX = 32 * 1024 * 1024;

/** The public files of a ledger, at an address or in a folder. */
export function logAt(where: string): ReadLog {
  if (!/^https?:\/\//.test(where)) return logInFolder(where);
  const prefix = where.replace(/\/$/, '');
  return async (path) => {
    const response = await fetch(`${prefix}/${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Fault('ledger-away', `${prefix}/${path} answers ${response.status}.`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > BYTES_MAX)
      throw new Fault('ledger-away', `${prefix}/${path} is larger than any file of a ledger.`);
    return bytes;
  };
}

/** A key as people hand it over: the line itself, or a file that holds it. */
export function keyFrom(text: string): VerifierKey {
  const line = text.includes('+') ? text : readFileSync(join(text), 'utf8').trim();
  return orThrow(parseVerifierKey(nodeSha256, line));
}

/** What was refused, as the fault that ends the command. */
export function orThrow<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Fault(value.code, value.because);
  return value;
}
