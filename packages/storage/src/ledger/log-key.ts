import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fault, isRefusal } from '@gezhi/basis';
import {
  ED25519,
  formatVerifierKey,
  type NoteCrypto,
  parseVerifierKey,
  SM2,
  SM2_COSIGNATURE,
  type VerifierKey,
} from '@gezhi/ledger';
import { type Sm3, signSm2, sm2Digest, verifySm2 } from '@gezhi/ledger/sm2';
import { type KeptKey, nodeSha256 } from './open-log.ts';

/** SHA-256, Ed25519 and SM3 by Node, and SM2 over it. */
export const nodeCrypto: NoteCrypto = {
  sha256: nodeSha256,
  verify: (publicKey, message, signature) => {
    if (publicKey.length === 65) return verifySm2(nodeSm3, publicKey, message, signature);
    return publicKey.length === 32 && verify(null, message, publicKeyOf(publicKey), signature);
  },
};

const nodeSm3: Sm3 = (bytes) => hash('sm3', bytes, 'buffer');

/**
 * The key of a log or a witness, in a folder of its own: `key.pem` (PKCS #8, for its owner's eyes only) and `key.pub`, the line that is
 * handed out. Made where there is none; the name and the sort it is made with stay.
 *
 * @throws Fault `bad-key` where the two do not belong together
 */
export async function openLogKey(
  folder: string,
  name: string,
  sort: VerifierKey['sort'] = ED25519,
): Promise<KeptKey> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [secretPath, publicPath] = [join(folder, 'key.pem'), join(folder, 'key.pub')];
  const found = await readFile(secretPath, 'utf8').catch(orNothing);
  const pem = found ?? newPem(sort);
  const { publicKey, ...signing } = isSm2(pem) ? bySm2(pem) : byEd25519(pem);
  if (found === undefined) {
    const line = formatVerifierKey(nodeSha256, { name, sort, publicKey });
    await writeFile(publicPath, `${line}\n`);
    await writeFile(secretPath, pem, { mode: 0o600, flag: 'wx' });
  }
  const key = parseVerifierKey(nodeSha256, await readFile(publicPath, 'utf8'));
  if (isRefusal(key) || !Buffer.from(key.publicKey).equals(publicKey)) {
    throw new Fault('bad-key', `${publicPath} is not the public half of ${secretPath}.`, {
      hint: 'Put both back from one backup.',
    });
  }
  return { key, ...signing };
}

function newPem(sort: VerifierKey['sort']): string {
  const isNational = sort === SM2 || sort === SM2_COSIGNATURE;
  const { privateKey } = isNational
    ? generateKeyPairSync('ec', { namedCurve: 'SM2' })
    : generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
}

type Signing = Omit<KeptKey, 'key'> & { readonly publicKey: Buffer };

function byEd25519(pem: string): Signing {
  const secret = createPrivateKey(pem);
  return {
    publicKey: createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(12),
    sign: (message) => sign(null, message, secret),
    signLater: (message) =>
      new Promise((resolve, reject) => {
        sign(null, message, secret, (error, signature) => (error ? reject(error) : resolve(signature)));
      }),
  };
}

/** The fixed beginning of a secret key of SM2 in PKCS #8, before its 32 bytes; and what stands before its public half at the end. */
const SM2_PKCS8 = Buffer.from(
  '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420',
  'hex',
);
const SM2_PUBLIC_BYTES = 65;

/** Node signs SM2 without the id of the signer, which no other program accepts: of it come the numbers drawn, and the rest is reckoned. */
function bySm2(pem: string): Signing {
  const der = derOf(pem);
  const secret = der.subarray(SM2_PKCS8.length, SM2_PKCS8.length + 32);
  const pair = createECDH('SM2');
  pair.setPrivateKey(secret);
  const publicKey = pair.getPublicKey();
  const finish = (message: Uint8Array, drawn: Buffer): Uint8Array | undefined => {
    const k = drawn.subarray(SM2_PKCS8.length, SM2_PKCS8.length + 32);
    const x = drawn.subarray(-SM2_PUBLIC_BYTES + 1, -32);
    return signSm2(secret, sm2Digest(nodeSm3, publicKey, message), { k, x });
  };
  const signNow = (message: Uint8Array): Uint8Array =>
    finish(message, generateKeyPairSync('ec', ONE_TIME).privateKey) ?? signNow(message);
  const signLater = async (message: Uint8Array): Promise<Uint8Array> => {
    const { privateKey } = await drawPair('ec', ONE_TIME);
    return finish(message, privateKey) ?? signLater(message);
  };
  return { publicKey, sign: signNow, signLater };
}

const drawPair = promisify(generateKeyPair);
const ONE_TIME = {
  namedCurve: 'SM2',
  privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  publicKeyEncoding: { format: 'der', type: 'spki' },
} as const;

function isSm2(pem: string): boolean {
  const der = derOf(pem);
  return der.length > SM2_PKCS8.length && der.subarray(0, SM2_PKCS8.length).equals(SM2_PKCS8);
}

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64');
}

/** The fixed beginning of an Ed25519 key in DER (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
}

function orNothing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
