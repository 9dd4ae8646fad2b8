import { isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { fromBase64 } from './bytes.ts';
import { openCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { hashBody, type Leaf, type LeafBody, readLeaf } from './leaf.ts';
import type { NoteCrypto, VerifierKey } from './note.ts';
import { type LedgerPromise, openPromise } from './promise.ts';
import { parseProof } from './tlog-proof.ts';
import { hashLeaf } from './tree.ts';
import { verifyInclusion } from './verify-proofs.ts';

/** What a reporter keeps. `proof` and the rest of `inclusion` follow the promise within moments. */
export type LedgerReceipt = {
  readonly format: 'gezhi.receipt/v1';
  readonly number: string;
  /** The log's key as a line, so that a reader knows which to ask for; it is not trusted for standing here. */
  readonly key: string;
  readonly promise?: string;
  readonly inclusion?: {
    /** The leaf's bytes, the salt of its body, and the body: base64, base64, plain. */
    readonly entry: string;
    readonly salt: string;
    readonly body: LeafBody;
    /** c2sp.org/tlog-proof */
    readonly proof: string;
  };
};

/** What a receipt proves. */
export type ReceiptProves = {
  readonly promise?: LedgerPromise;
  readonly included?: { readonly leaf: Leaf; readonly index: number; readonly checkpoint: SignedCheckpoint };
};

/**
 * What a receipt proves, without asking whoever gave it.
 *
 * Refuses `bad-receipt`, what `openPromise` and `openCheckpoint` refuse, `not-included` (the proof does not lead from the leaf to the
 * signed root), `body-changed` (the body is not the one that was logged), `other-number` (promise or leaf is somebody else’s).
 *
 * @param log the key of the log, from a place that the reader trusts
 */
export function verifyReceipt(
  crypto: NoteCrypto,
  receipt: LedgerReceipt,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): ReceiptProves | Refusal {
  const promise = receipt.promise === undefined ? undefined : openPromise(crypto, receipt.promise, log);
  if (isRefusal(promise)) return promise;
  if (promise && promise.number !== receipt.number) {
    return refuse('other-number', `The promise is for ${promise.number}, the receipt for ${receipt.number}.`);
  }
  const included = receipt.inclusion && verifyInclusionOf(crypto, receipt, log, witnesses);
  if (isRefusal(included)) return included;
  if (!promise && !included) return refuse('bad-receipt', 'The receipt holds neither a promise nor a proof.');
  return { ...(promise && { promise }), ...(included && { included }) };
}

function verifyInclusionOf(
  crypto: NoteCrypto,
  { number, inclusion }: LedgerReceipt,
  log: VerifierKey,
  witnesses: readonly VerifierKey[],
): NonNullable<ReceiptProves['included']> | Refusal {
  const [entry, salt] = [fromBase64(inclusion!.entry), fromBase64(inclusion!.salt)];
  if (!entry || !salt) return refuse('bad-receipt', 'Entry or salt of the receipt is not base64.');
  const leaf = readLeaf(entry);
  if (isRefusal(leaf)) return leaf;
  const proof = parseProof(inclusion!.proof);
  if (isRefusal(proof)) return proof;
  const checkpoint = openCheckpoint(crypto, proof.checkpoint, log, witnesses);
  if (isRefusal(checkpoint)) return checkpoint;
  const claim = {
    index: proof.index,
    size: checkpoint.size,
    leaf: hashLeaf(crypto.sha256, entry),
    root: checkpoint.root,
  };
  if (!verifyInclusion(crypto.sha256, claim, proof.hashes)) {
    return refuse(
      'not-included',
      `The proof does not lead from leaf ${proof.index} to the root that ${log.name} signed.`,
    );
  }
  if (hashBody(crypto.sha256, salt, inclusion!.body) !== leaf.hash) {
    return refuse('body-changed', 'What the receipt tells is not what was logged.');
  }
  if (numberIn(inclusion!.body) !== number) {
    return refuse('other-number', `The logged fact is not about request ${number}.`);
  }
  return { leaf, index: proof.index, checkpoint };
}

/** The number of the request that a fact's body took in (`opened`, `joined`). */
function numberIn(body: LeafBody): unknown {
  const data = body.data as { voice?: { number?: unknown } } | undefined;
  return data?.voice?.number;
}
