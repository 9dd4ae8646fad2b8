import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@gezhi/basis';
import { replaceFile } from './journal.ts';
import type { EntrySealer } from './sealed-entry.ts';

/*
 * What is taken outside is sealed to the house: outside lies a public key, inside the private one. Whoever takes the machine on the
 * public network finds what it is being told at that moment, and nothing of what it was told before.
 *
 *   32 bytes  public key of this record alone (X25519, RFC 7748)
 *   12 bytes  nonce
 *   16 bytes  tag (AES-256-GCM under HKDF-SHA-256 of the shared secret and both public keys)
 *   n bytes   the record
 */

const PUBLIC = 'house.pub';
const PRIVATE = 'house.key';
const USE = 'gezhi-outside/v1';

/** The public half of the house's key, made at the first call. @param keysDir where the keys of the house lie */
export async function houseKey(keysDir: string): Promise<string> {
  const own = await readIf(join(keysDir, OWN, PRIVATE));
  if (own) return pemOf(createPublicKey(own));
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  await mkdir(join(keysDir, OWN), { recursive: true, mode: 0o700 });
  await replaceFile(
    join(keysDir, OWN),
    PRIVATE,
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  return pemOf(publicKey);
}

const OWN = 'outside';

/** Lays the public half into the folder of a service outside. */
export async function giveHouseKey(folder: string, pem: string): Promise<void> {
  await replaceFile(folder, PUBLIC, pem);
}

/** Seals for the house, and opens nothing. @throws Fault `not-prepared` where the folder was given no key */
export async function outsideSealer(folder: string): Promise<EntrySealer> {
  const pem = await readIf(join(folder, PUBLIC));
  if (!pem)
    throw new Fault('not-prepared', `${folder} was not prepared for a service outside.`, {
      hint: 'Inside: gezhi spool prepare DIR. Then copy DIR to the folder spool in the data folder outside.',
    });
  const house = createPublicKey(pem);
  return {
    seal: async (about, record) => sealTo(house, about, record),
    open: async () => {
      throw new Fault('sealed-to-the-house', 'What is taken outside is opened inside only.');
    },
  };
}

/** Opens what was sealed for the house. @throws Fault `no-house-key` where it was never prepared here, `seal-broken` */
export async function houseSealer(keysDir: string): Promise<EntrySealer> {
  const pem = await readIf(join(keysDir, OWN, PRIVATE));
  if (!pem)
    throw new Fault('no-house-key', 'This installation prepared no service outside.', {
      hint: 'Bring the journal to the installation that ran gezhi spool prepare.',
    });
  const own = createPrivateKey(pem);
  return {
    seal: async (about, record) => sealTo(createPublicKey(own), about, record),
    open: async (about, sealed) => openWith(own, about, sealed),
  };
}

function sealTo(house: KeyObject, about: readonly string[], record: Buffer): Buffer {
  const once = generateKeyPairSync('x25519');
  const shared = diffieHellman({ privateKey: once.privateKey, publicKey: house });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(shared, rawOf(once.publicKey), rawOf(house)), nonce);
  cipher.setAAD(aadOf(about));
  const body = Buffer.concat([cipher.update(record), cipher.final()]);
  return Buffer.concat([rawOf(once.publicKey), nonce, cipher.getAuthTag(), body]);
}

function openWith(own: KeyObject, about: readonly string[], sealed: Buffer): Buffer {
  try {
    const theirs = sealed.subarray(0, 32);
    const publicKey = createPublicKey({
      key: Buffer.concat([SPKI_X25519, theirs]),
      format: 'der',
      type: 'spki',
    });
    const shared = diffieHellman({ privateKey: own, publicKey });
    const key = keyOf(shared, theirs, rawOf(createPublicKey(own)));
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(32, 44), { authTagLength: 16 });
    decipher.setAAD(aadOf(about));
    decipher.setAuthTag(sealed.subarray(44, 60));
    return Buffer.concat([decipher.update(sealed.subarray(60)), decipher.final()]);
  } catch (cause) {
    throw new Fault('seal-broken', 'A record was not sealed for this house, or was changed on its way.', {
      cause,
    });
  }
}

/** The head of an X25519 key in DER (RFC 8410); 32 bytes follow. */
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');

function rawOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(-32);
}

function keyOf(shared: Buffer, once: Buffer, house: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([once, house]), USE, 32));
}

function aadOf(about: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify([USE, ...about]));
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

async function readIf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
