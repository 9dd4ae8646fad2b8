import { type CaseId, type Instant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import type { Fact, Voice } from '@gezhi/cases';
import {
  formatVerifierKey,
  hashSignal,
  type LedgerReceipt,
  leafEntry,
  signPromiseLater,
  toBase64,
} from '@gezhi/ledger';
import {
  type LedgerFolders,
  leafOfFact,
  logInFolder,
  nodeSha256,
  proveInclusion,
  shownCheckpoint,
} from '@gezhi/storage';
import type { Incoming, Town } from '@gezhi/town';
import { type LoadedCase, loadCase } from './views/load-case.ts';

/** What was promised for a number and, once the ledger has come to it, the proof that it is there. Refuses `no-such-request`. */
export async function receiptOf(
  ledger: LedgerFolders,
  town: Town,
  { number, caseId }: { readonly number: RequestNumber; readonly caseId: CaseId },
): Promise<LedgerReceipt | Refusal> {
  const loaded = await loadCase(town, caseId);
  if (isRefusal(loaded)) return loaded;
  const first = firstOf(loaded, number);
  if (!first) return refuse('no-such-request', `Request ${number} does not speak in its case.`);
  const { key } = await ledger.keyOf(town.district);
  const inclusion = await inclusionOf(ledger, town, first.fact);
  const said = first.voice.words ? loaded.words.get(first.voice.words.id) : '';
  const signal = { ...first.voice.signal, words: said ?? '' };
  const promise =
    said === undefined ? {} : await promiseOf({ ledger }, town, signal, number, first.fact.recordedAt);
  return {
    format: 'gezhi.receipt/v1',
    number,
    key: formatVerifierKey(nodeSha256, key),
    ...promise,
    ...(inclusion && { inclusion }),
  };
}

/** The signed promise that this was taken in; nothing where no ledger is kept. */
export async function promiseOf(
  { ledger }: { readonly ledger?: LedgerFolders | undefined },
  town: Town,
  { source, id, words = '' }: Pick<Incoming, 'source' | 'id' | 'words'>,
  number: RequestNumber,
  at: Instant,
): Promise<{ readonly promise?: string }> {
  if (!ledger) return {};
  const { key, signLater } = await ledger.keyOf(town.district);
  const signal = hashSignal(nodeSha256, { source, id, said: words });
  return { promise: await signPromiseLater(nodeSha256, { number, signal, at }, key, signLater) };
}

/** The fact by which this number first spoke. */
function firstOf(loaded: LoadedCase, number: string): { fact: Fact; voice: Voice } | undefined {
  for (const fact of [...loaded.absorbed, ...loaded.facts]) {
    const voice = fact.type === 'opened' || fact.type === 'joined' ? fact.data.voice : undefined;
    if (voice?.number === number) return { fact, voice };
  }
  return undefined;
}

async function inclusionOf(
  ledger: LedgerFolders,
  town: Town,
  fact: Fact,
): Promise<LedgerReceipt['inclusion'] | undefined> {
  const leaf = await leafOfFact(town.db.pool, town.district, fact.position);
  if (!leaf?.told || !leaf.body || !leaf.row.salt) return undefined;
  const read = logInFolder(ledger.publicOf(town.district));
  if (!(await read('checkpoint'))) return undefined;
  const shown = await shownCheckpoint(read);
  if (leaf.row.leaf >= shown.size) return undefined;
  return {
    entry: toBase64(leafEntry(leaf.told)),
    salt: toBase64(leaf.row.salt),
    body: leaf.body,
    proof: await proveInclusion(nodeSha256, read, leaf.row.leaf, shown),
  };
}
