import { type Instant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import type { Fact, Voice } from '@gezhi/cases';
import {
  formatVerifierKey,
  hashSignal,
  type LedgerReceipt,
  leafEntry,
  signPromiseLater,
  toBase64,
} from '@gezhi/ledger';
import { leafOfFact, logInFolder, nodeSha256, proveInclusion, shownCheckpoint } from '@gezhi/storage';
import type { Incoming, Town } from '@gezhi/town';
import type { AppContext } from '../app-context.ts';
import { openRequest } from '../code-lock.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { type LoadedCase, loadCase } from '../views/load-case.ts';

/** What was promised and, once the ledger has come to it, the proof that it is there. */
export async function getReceipt(turn: Turn<'getReceipt'>): Promise<RouteAnswer | Refusal> {
  const { app, town, params, query } = turn;
  const opened = await openRequest(town, params.number, query.code, turn);
  if (isRefusal(opened)) return opened;
  if (!app.ledger) return refuse('no-ledger', 'This service keeps no ledger.');
  const loaded = await loadCase(town, opened.caseId);
  if (isRefusal(loaded)) return loaded;
  const first = firstOf(loaded, opened.number);
  if (!first) return refuse('no-such-request', `Request ${opened.number} does not speak in its case.`);
  const { key } = await app.ledger.keyOf(town.district);
  const inclusion = await inclusionOf(app, town, first.fact);
  const said = first.voice.words ? loaded.words.get(first.voice.words.id) : '';
  const promise =
    said === undefined
      ? {}
      : await promiseOf(
          app,
          town,
          { ...first.voice.signal, words: said },
          opened.number,
          first.fact.recordedAt,
        );
  const body: LedgerReceipt = {
    format: 'gezhi.receipt/v1',
    number: opened.number,
    key: formatVerifierKey(nodeSha256, key),
    ...promise,
    ...(inclusion && { inclusion }),
  };
  return { status: 200, body, headers: { 'cache-control': 'no-store' } };
}

/** The signed promise that this was taken in; nothing where no ledger is kept. */
export async function promiseOf(
  app: Pick<AppContext, 'ledger'>,
  town: Town,
  { source, id, words = '' }: Pick<Incoming, 'source' | 'id' | 'words'>,
  number: RequestNumber,
  at: Instant,
): Promise<{ readonly promise?: string }> {
  if (!app.ledger) return {};
  const { key, signLater } = await app.ledger.keyOf(town.district);
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
  app: Pick<AppContext, 'ledger'>,
  town: Town,
  fact: Fact,
): Promise<LedgerReceipt['inclusion'] | undefined> {
  const leaf = await leafOfFact(town.db.pool, town.district, fact.position);
  if (!leaf?.told || !leaf.body || !leaf.row.salt) return undefined;
  const read = logInFolder(app.ledger!.publicOf(town.district));
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
