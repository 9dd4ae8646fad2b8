import { type Instant, isoInstant, isRefusal, parseInstant, type Refusal, refuse } from '@gezhi/basis';
import { fromBase64, toBase64, utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  type NoteCrypto,
  openNote,
  type Sign,
  type SignLater,
  signNote,
  signNoteLater,
  type VerifierKey,
} from './note.ts';
import type { Sha256 } from './tree.ts';

/**
 * What a reporter holds in hand at once, before the log has it: that what they said was taken in under this number at this time. If the
 * log never shows it, this is the evidence. `signal` is SHA-256 over the signal as `hashSignal` reckons it.
 */
export type LedgerPromise = { readonly number: string; readonly signal: Uint8Array; readonly at: Instant };

const FIRST_LINE = 'gezhi.promise/v1';

/** SHA-256 over what was sent: where from, its id there, and what was said, in one spelling. */
export function hashSignal(
  sha256: Sha256,
  signal: { readonly source: string; readonly id: string; readonly said: string },
): Uint8Array {
  const { source, id, said } = signal;
  return sha256(utf8(canonicalJson({ source, id, said })));
}

/** The promise as a signed note. Its first line keeps it apart from a checkpoint under the same key. */
export function signPromise(sha256: Sha256, promise: LedgerPromise, key: VerifierKey, sign: Sign): string {
  return signNote(sha256, textOfPromise(promise, key), key, sign);
}

/** The same promise, signed elsewhere meanwhile. */
export function signPromiseLater(
  sha256: Sha256,
  promise: LedgerPromise,
  key: VerifierKey,
  sign: SignLater,
): Promise<string> {
  return signNoteLater(sha256, textOfPromise(promise, key), key, sign);
}

function textOfPromise({ number, signal, at }: LedgerPromise, key: VerifierKey): string {
  return `${FIRST_LINE} ${key.name}\nnumber ${number}\nsignal ${toBase64(signal)}\nat ${isoInstant(at)}\n`;
}

/** Reads a promise that this log signed; refuses what `openNote` refuses, and `bad-promise`. */
export function openPromise(crypto: NoteCrypto, note: string, log: VerifierKey): LedgerPromise | Refusal {
  const opened = openNote(crypto, note, [log]);
  if (isRefusal(opened)) return opened;
  const [first, number, signal, at, end, ...more] = opened.text.split('\n');
  const bytes = signal?.startsWith('signal ') ? fromBase64(signal.slice(7)) : undefined;
  const moment = at?.startsWith('at ') ? parseInstant(at.slice(3)) : undefined;
  const whole = first === `${FIRST_LINE} ${log.name}` && end === '' && more.length === 0;
  if (!whole || !number?.startsWith('number ') || bytes?.length !== 32 || moment === undefined) {
    return refuse('bad-promise', `This note is no promise of ${log.name}.`);
  }
  return { number: number.slice(7), signal: bytes, at: moment };
}
