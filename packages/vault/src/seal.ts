import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  getCiphers,
  getHashes,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { Fault } from '@gezhi/basis';

/**
 * How things are sealed. `aes`: AES-256-GCM (NIST SP 800-38D). `sm`: the national algorithms, SM4-CBC (GB/T 32907) under HMAC-SM3
 * (GB/T 32905), encrypted first and authenticated then, because OpenSSL has no SM4-GCM.
 */
export type Suite = 'aes' | 'sm';

export const SUITES: readonly Suite[] = ['aes', 'sm'];

const SUITE_BYTE: Readonly<Record<Suite, number>> = { aes: 1, sm: 2 };
const IV_BYTES: Readonly<Record<Suite, number>> = { aes: 12, sm: 16 };
const TAG_BYTES: Readonly<Record<Suite, number>> = { aes: 16, sm: 32 };

export const KEY_BYTES = 32;

/** A key of 32 bytes; as a `KeyObject` where it is used often, which saves most of what a short value costs. */
export type SealKey = Buffer | KeyObject;

/**
 * Seals plain bytes under a key of 32 bytes, bound to where they belong: opened with other `belongs` they do not open.
 *
 *     suite (1) ‖ iv (12 or 16) ‖ tag (16 or 32) ‖ ciphertext
 *
 * @param belongs parts that say whose it is; kept in order and apart from each other
 */
export function seal(suite: Suite, key: SealKey, belongs: readonly string[], plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES[suite]);
  const head = Buffer.of(SUITE_BYTE[suite]);
  if (suite === 'aes') {
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound(head, belongs));
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([head, iv, cipher.getAuthTag(), text]);
  }
  const cipher = createCipheriv('sm4-cbc', partOf(key, 'encrypt').subarray(0, 16), iv);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([head, iv, macOf(key, head, belongs, iv, text), text]);
}

/** Opens what `seal` sealed, by whichever suite. @throws Fault `seal-broken` where it was changed, belongs elsewhere or the key is another */
export function unseal(key: SealKey, belongs: readonly string[], sealed: Buffer): Buffer {
  const suite = SUITES.find((one) => SUITE_BYTE[one] === sealed[0]);
  if (!suite || sealed.length < 1 + IV_BYTES[suite] + TAG_BYTES[suite]) throw broken();
  const head = sealed.subarray(0, 1);
  const iv = sealed.subarray(1, 1 + IV_BYTES[suite]);
  const tag = sealed.subarray(1 + iv.length, 1 + iv.length + TAG_BYTES[suite]);
  const text = sealed.subarray(1 + iv.length + tag.length);
  if (suite === 'sm') {
    if (!timingSafeEqual(macOf(key, head, belongs, iv, text), tag)) throw broken();
    const cipher = createDecipheriv('sm4-cbc', partOf(key, 'encrypt').subarray(0, 16), iv);
    return Buffer.concat([cipher.update(text), cipher.final()]);
  }
  const cipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES.aes });
  cipher.setAAD(bound(head, belongs)).setAuthTag(tag);
  const plain = cipher.update(text);
  try {
    return Buffer.concat([plain, cipher.final()]);
  } catch (cause) {
    throw broken(cause);
  }
}

/** @throws Fault `no-national-crypto` where this Node's OpenSSL was built without SM3 or SM4 */
export function checkSuite(
  suite: Suite,
  has: { readonly ciphers: readonly string[]; readonly hashes: readonly string[] } = {
    ciphers: getCiphers(),
    hashes: getHashes(),
  },
): void {
  if (suite === 'aes') return;
  const missing = [
    ...(has.ciphers.includes('sm4-cbc') ? [] : ['SM4-CBC']),
    ...(has.hashes.includes('sm3') ? [] : ['SM3']),
  ];
  if (missing.length === 0) return;
  throw new Fault('no-national-crypto', `This Node has no ${missing.join(' and no ')}.`, {
    hint: 'Use a Node whose OpenSSL was built with them (npm’s was), or the suite "aes".',
  });
}

function macOf(key: SealKey, head: Buffer, belongs: readonly string[], iv: Buffer, text: Buffer): Buffer {
  return createHmac('sm3', partOf(key, 'authenticate'))
    .update(bound(head, belongs))
    .update(iv)
    .update(text)
    .digest();
}

/** Encrypting and authenticating take keys of their own. */
function partOf(key: SealKey, use: string): Buffer {
  return createHmac('sm3', key).update(`gezhi.vault ${use}`).digest();
}

/** Each part behind its length, so that ("a", "bc") and ("ab", "c") differ. */
function bound(head: Buffer, belongs: readonly string[]): Buffer {
  return Buffer.concat([
    head,
    ...belongs.flatMap((part) => {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  ]);
}

function broken(cause?: unknown): Fault {
  return new Fault(
    'seal-broken',
    'A sealed value does not open: it was changed, belongs elsewhere, or the key is another.',
    {
      cause,
    },
  );
}
