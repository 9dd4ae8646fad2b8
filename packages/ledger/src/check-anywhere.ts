import { sha256 } from '@noble/hashes/sha2.js';
import type { NoteCrypto, Verify } from './note.ts';

export { sha256 };

/** What is asked of Web Crypto. */
type Subtle = Pick<typeof crypto.subtle, 'importKey' | 'verify'>;

/** A signature that a check asked about. */
type Asked = Parameters<Verify>;

/**
 * Does a check wherever there is JavaScript: hashes at once, signatures by the platform's Ed25519 where it has one (Web Crypto, secure contexts
 * only), else in plain JavaScript, which is loaded only then. The platform answers later, and a check asks at once: so it is first told that all
 * signatures hold; where one does not, the check is done anew with what is true.
 *
 * @param check asks the crypto it is given, and changes nothing elsewhere
 * @param subtle the platform's (`crypto.subtle`), where there is one
 */
export async function checkAnywhere<T>(check: (crypto: NoteCrypto) => T, subtle?: Subtle): Promise<T> {
  const asked: Asked[] = [];
  const held = check({
    sha256,
    verify: (...one) => {
      asked.push(one);
      return true;
    },
  });
  const answers = await Promise.all(asked.map((one) => verifyLater(one, subtle)));
  if (answers.every(Boolean)) return held;
  return check(await plainCrypto());
}

async function verifyLater(asked: Asked, subtle: Subtle | undefined): Promise<boolean> {
  return (subtle && (await byPlatform(subtle, asked))) ?? (await plainCrypto()).verify(...asked);
}

/** `undefined` where the platform does not know the algorithm. */
async function byPlatform(
  subtle: Subtle,
  [publicKey, message, signature]: Asked,
): Promise<boolean | undefined> {
  if (publicKey.length !== 32) return undefined;
  try {
    const key = await subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify']);
    return await subtle.verify('Ed25519', key, own(signature), own(message));
  } catch (cause) {
    if (cause instanceof DOMException) return undefined;
    throw cause;
  }
}

/** Bytes of a buffer that nobody shares, as Web Crypto's types ask for them. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

let plain: Promise<NoteCrypto> | undefined;

/** SHA-256, Ed25519, and SM2 with SM3 in plain JavaScript. */
function plainCrypto(): Promise<NoteCrypto> {
  plain ??= import('./plain-crypto.ts').then((module) => module.plainCrypto);
  return plain;
}
