import type { Installation } from '@gezhi/town';
import type { Entry } from './drain-segment.ts';

/** What seals records: the installation's own. */
export type EntrySealer = Installation['sealer'];

/** How a signal lies in the journal: sealed where a vault is at hand, else as JSON. */
export async function writeEntry(sealer: EntrySealer | undefined, entry: Entry): Promise<string> {
  const text = JSON.stringify(entry);
  if (!sealer) return text;
  return (await sealer.seal(JOURNAL, Buffer.from(text, 'utf8'))).toString('base64');
}

/** Reads either. @throws Fault `no-such-master`, `seal-broken`; an Error where it is sealed and no vault is at hand */
export async function readEntry(sealer: EntrySealer | undefined, payload: string): Promise<Entry> {
  if (payload.startsWith('{')) return JSON.parse(payload) as Entry;
  if (!sealer) throw new Error('The journal is sealed, and no master keys are at hand.');
  return JSON.parse((await sealer.open(JOURNAL, Buffer.from(payload, 'base64'))).toString('utf8')) as Entry;
}

/** Binds a record to journals: sealed elsewhere it does not open here. */
const JOURNAL = ['journal'];
