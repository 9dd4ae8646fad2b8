import { Fault, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { fromBase64, joinBytes, toBase64 } from './bytes.ts';
import {
  cosignedMessage,
  type GoodSignature,
  isWitness,
  type NoteCrypto,
  openNote,
  type Sign,
  signatureLine,
  signNote,
  type VerifierKey,
} from './note.ts';
import { HASH_BYTES, type Sha256, type TreeHash } from './tree.ts';

/** What a log says of itself: its name, how many leaves it has, and the root over them (c2sp.org/tlog-checkpoint). */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: TreeHash };

/** A checkpoint whose log signed it, and the witnesses that are known and signed it too. */
export type SignedCheckpoint = Checkpoint & {
  readonly text: string;
  readonly witnesses: readonly GoodSignature[];
};

/** The signed note of a checkpoint. The key's name is the log's origin. */
export function signCheckpoint(sha256: Sha256, checkpoint: Checkpoint, key: VerifierKey, sign: Sign): string {
  if (key.name !== checkpoint.origin || isWitness(key)) {
    throw new Fault('wrong-key', `The key of ${key.name} does not sign checkpoints of ${checkpoint.origin}.`);
  }
  return signNote(sha256, checkpointText(checkpoint), key, sign);
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/**
 * Reads a checkpoint that the log signed.
 *
 * @param log the log's own key; its signature must be there and hold
 * @param witnesses keys of witnesses whose signatures are looked for
 * Refuses what `openNote` refuses, `unsigned` where the log's own signature is missing, `bad-checkpoint`, `wrong-origin`.
 */
export function openCheckpoint(
  crypto: NoteCrypto,
  note: string,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): SignedCheckpoint | Refusal {
  const opened = openNote(crypto, note, [log, ...witnesses]);
  if (isRefusal(opened)) return opened;
  if (!opened.signatures.some(({ key }) => key === log)) {
    return refuse('unsigned', `${log.name} did not sign this checkpoint itself.`, { trusted: [log.name] });
  }
  const checkpoint = parseCheckpoint(opened.text);
  if (isRefusal(checkpoint)) return checkpoint;
  if (checkpoint.origin !== log.name) {
    return refuse('wrong-origin', `This checkpoint is of ${checkpoint.origin}, not of ${log.name}.`);
  }
  return { ...checkpoint, text: opened.text, witnesses: opened.signatures.filter(({ key }) => key !== log) };
}

/** The three lines of a checkpoint, whoever signed them. Further lines are passed over. */
export function parseCheckpoint(text: string): Checkpoint | Refusal {
  const [origin, size, base64] = text.split('\n');
  const root = base64 === undefined ? undefined : fromBase64(base64);
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? '') || root?.length !== HASH_BYTES) {
    return refuse(
      'bad-checkpoint',
      'A checkpoint is a name, a number of leaves and a root of 32 bytes in base64.',
    );
  }
  if (!Number.isSafeInteger(Number(size))) return refuse('bad-checkpoint', `${size} leaves are too many.`);
  return { origin, size: Number(size), root };
}

/**
 * The line by which a witness signs a checkpoint: "at this time, the largest tree that I have seen of this log, in keeping with all I saw
 * before". Checked before: `judgeCheckpoint`.
 *
 * @param seconds since 1970
 */
export function cosign(sha256: Sha256, text: string, seconds: number, key: VerifierKey, sign: Sign): string {
  if (!isWitness(key) || !Number.isSafeInteger(seconds) || seconds <= 0) {
    throw new Fault('wrong-key', `The key of ${key.name} is not one of a witness, or ${seconds} is no time.`);
  }
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return signatureLine(sha256, key, joinBytes([time, sign(cosignedMessage(text, seconds))]));
}
