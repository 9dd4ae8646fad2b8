import { Fault, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { fromBase64, joinBytes, sameBytes, toBase64, toHex, utf8 } from './bytes.ts';
import type { Sha256 } from './tree.ts';

/** Signs with a key that stays with its keeper: 64 bytes, of Ed25519 (RFC 8032) or r ‖ s of SM2 (GB/T 32918.2). */
export type Sign = (message: Uint8Array) => Uint8Array;

/** The same, elsewhere: whoever asks goes on meanwhile. */
export type SignLater = (message: Uint8Array) => Promise<Uint8Array>;

/** Whether a signature is good: by a key of 32 bytes of Ed25519, by one of 65 of SM2. Server: Node's; browser: `checkAnywhere`. */
export type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

export type NoteCrypto = { readonly sha256: Sha256; readonly verify: Verify };

/** Sorts of signature (c2sp.org/signed-note): over the text itself, or a witness's over the text and the time. */
export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;

/** The same by SM2 with SM3, for which the specification has no number: then it asks for 0xff and a name. */
export const SM2 = 'gezhi.sm2/v1';
export const SM2_COSIGNATURE = 'gezhi.sm2-cosignature/v1';

/** Each sort's bytes in a key, and how long a public key is: RFC 8032, or 04 ‖ x ‖ y (GM/T 0009). */
const SORTS = new Map<VerifierKey['sort'], { readonly head: Uint8Array; readonly keyBytes: number }>([
  [ED25519, { head: Uint8Array.of(ED25519), keyBytes: 32 }],
  [COSIGNATURE, { head: Uint8Array.of(COSIGNATURE), keyBytes: 32 }],
  [SM2, { head: joinBytes([Uint8Array.of(0xff), utf8(SM2)]), keyBytes: 65 }],
  [SM2_COSIGNATURE, { head: joinBytes([Uint8Array.of(0xff), utf8(SM2_COSIGNATURE)]), keyBytes: 65 }],
]);

/** Who may sign, and with what: a log's sort, or a witness's. */
export type VerifierKey = {
  readonly name: string;
  readonly sort: typeof ED25519 | typeof COSIGNATURE | typeof SM2 | typeof SM2_COSIGNATURE;
  readonly publicKey: Uint8Array;
};

/** Whether a key signs with the time, as witnesses do. */
export function isWitness({ sort }: VerifierKey): boolean {
  return sort === COSIGNATURE || sort === SM2_COSIGNATURE;
}

/** A signature that held; `at` is a witness's time, in whole seconds since 1970. */
export type GoodSignature = { readonly key: VerifierKey; readonly at?: number };

/** A note that was signed by somebody who is trusted. */
export type Note = { readonly text: string; readonly signatures: readonly GoodSignature[] };

/** Most signatures that are read of one note; the specification asks for 16 at least. */
const SIGNATURES_MAX = 64;

/**
 * A note signed by its author, as c2sp.org/signed-note writes it.
 *
 * @param text ends in a line break and holds no other control character
 * @throws Fault `bad-note` where it does
 */
export function signNote(sha256: Sha256, text: string, key: VerifierKey, sign: Sign): string {
  mustBeText(text);
  return `${text}\n${signatureLine(sha256, key, sign(utf8(text)))}`;
}

/** The same note, where many are signed at once and signing one costs more than all else about it. */
export async function signNoteLater(
  sha256: Sha256,
  text: string,
  key: VerifierKey,
  sign: SignLater,
): Promise<string> {
  mustBeText(text);
  return `${text}\n${signatureLine(sha256, key, await sign(utf8(text)))}`;
}

function mustBeText(text: string): void {
  const why = whyNoText(text);
  if (why) throw new Fault('bad-note', `A note cannot be signed: ${why}.`);
}

/** A signature as a line of a note: `— <name> <base64 of key id and signature>`. */
export function signatureLine(sha256: Sha256, key: VerifierKey, signature: Uint8Array): string {
  return `— ${key.name} ${toBase64(joinBytes([keyId(sha256, key), signature]))}\n`;
}

/**
 * Opens a note: its text, and which of the known keys signed it. Signatures of strangers are passed over.
 *
 * Refuses `bad-note` (not a note), `bad-signature` (the signature of a known key does not hold), `unsigned` (nobody known signed).
 */
export function openNote(crypto: NoteCrypto, note: string, keys: readonly VerifierKey[]): Note | Refusal {
  const parts = splitNote(note);
  if (isRefusal(parts)) return parts;
  const good: GoodSignature[] = [];
  for (const { name, id, signature } of parts.signatures) {
    const key = keys.find((one) => one.name === name && sameBytes(keyId(crypto.sha256, one), id));
    if (!key) continue;
    const held = checkSignature(crypto, key, parts.text, signature);
    if (!held) return refuse('bad-signature', `The signature of ${name} does not hold.`, { name });
    good.push(held);
  }
  if (good.length === 0) {
    return refuse('unsigned', 'Nobody who is trusted signed this note.', {
      signedBy: parts.signatures.map(({ name }) => name),
      trusted: keys.map((key) => key.name),
    });
  }
  return { text: parts.text, signatures: good };
}

function checkSignature(
  crypto: NoteCrypto,
  key: VerifierKey,
  text: string,
  signature: Uint8Array,
): GoodSignature | undefined {
  if (!isWitness(key)) {
    return signature.length === 64 && crypto.verify(key.publicKey, utf8(text), signature)
      ? { key }
      : undefined;
  }
  if (signature.length !== 72) return undefined;
  const at = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(at)) return undefined;
  return crypto.verify(key.publicKey, cosignedMessage(text, at), signature.subarray(8))
    ? { key, at }
    : undefined;
}

/** What a witness signs (c2sp.org/tlog-cosignature): the time, and the whole text of the checkpoint. */
export function cosignedMessage(text: string, seconds: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
}

type SplitNote = {
  readonly text: string;
  readonly signatures: readonly { name: string; id: Uint8Array; signature: Uint8Array }[];
};

/** A note's text and its signatures, none of which is checked. */
export function splitNote(note: string): SplitNote | Refusal {
  const end = note.lastIndexOf('\n\n');
  if (end === -1)
    return refuse('bad-note', 'This is no signed note: an empty line before the signatures is missing.');
  const text = note.slice(0, end + 1);
  const why = whyNoText(text);
  if (why) return refuse('bad-note', `This is no signed note: ${why}.`);
  const lines = note.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0 || lines.length > SIGNATURES_MAX) {
    return refuse(
      'bad-note',
      `A note has 1 to ${SIGNATURES_MAX} lines of signatures, each ending in a line break.`,
    );
  }
  const signatures = lines.map(readSignature);
  const broken = signatures.indexOf(undefined);
  if (broken !== -1) return refuse('bad-note', `Signature ${broken + 1} of the note is not "— name base64".`);
  return { text, signatures: signatures.filter((one) => one !== undefined) };
}

function readSignature(line: string): SplitNote['signatures'][number] | undefined {
  const [, name, base64] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = base64 === undefined ? undefined : fromBase64(base64);
  if (name === undefined || !bytes || bytes.length < 5) return undefined;
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function whyNoText(text: string): string | undefined {
  if (!text.endsWith('\n')) return 'its text does not end in a line break';
  for (let i = 0; i < text.length; i += 1) {
    if (text.charCodeAt(i) < 0x20 && text[i] !== '\n') return 'its text holds a control character';
  }
  return text.isWellFormed() ? undefined : 'its text is not Unicode';
}

/** The first four bytes of SHA-256(name ‖ line break ‖ sort ‖ public key); of one key it is reckoned once. */
export function keyId(sha256: Sha256, key: VerifierKey): Uint8Array {
  let id = KEY_IDS.get(key);
  if (!id) {
    id = sha256(joinBytes([utf8(`${key.name}\n`), material(key)])).subarray(0, 4);
    KEY_IDS.set(key, id);
  }
  return id;
}

const KEY_IDS = new WeakMap<VerifierKey, Uint8Array>();

/** A key as one line that can be handed over: `name+id+base64`. */
export function formatVerifierKey(sha256: Sha256, key: VerifierKey): string {
  return `${key.name}+${toHex(keyId(sha256, key))}+${toBase64(material(key))}`;
}

function material({ sort, publicKey }: VerifierKey): Uint8Array {
  return joinBytes([SORTS.get(sort)!.head, publicKey]);
}

/** Reads what `formatVerifierKey` writes; refuses `bad-key`, and says what is wrong with it. */
export function parseVerifierKey(sha256: Sha256, line: string): VerifierKey | Refusal {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(line.trim()) ?? [];
  const bytes = base64 === undefined ? undefined : fromBase64(base64);
  if (name === undefined || !bytes) return refuse('bad-key', 'A key is written "name+8 hex digits+base64".');
  const found = SORTS.entries().find(
    ([, { head, keyBytes }]) =>
      bytes.length === head.length + keyBytes && sameBytes(bytes.subarray(0, head.length), head),
  );
  if (!found) {
    return refuse(
      'bad-key',
      `The key of ${name} is none of a log or a witness, by Ed25519 (sorts 1 and 4) or SM2 (${SM2}, ${SM2_COSIGNATURE}).`,
    );
  }
  const [sort, { head }] = found;
  const key: VerifierKey = { name, sort, publicKey: bytes.slice(head.length) };
  if (toHex(keyId(sha256, key)) !== id) {
    return refuse('bad-key', `The key of ${name} does not go with its id ${id}: was it copied whole?`);
  }
  return key;
}
