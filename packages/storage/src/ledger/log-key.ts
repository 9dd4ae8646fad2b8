import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, isRefusal } from '@gezhi/basis';
import {
  ED25519,
  formatVerifierKey,
  type NoteCrypto,
  parseVerifierKey,
  type VerifierKey,
} from '@gezhi/ledger';
import { type KeptKey, nodeSha256 } from './open-log.ts';

/** SHA-256 and Ed25519 by Node. */
export const nodeCrypto: NoteCrypto = {
  sha256: nodeSha256,
  verify: (publicKey, message, signature) =>
    publicKey.length === 32 && verify(null, message, publicKeyOf(publicKey), signature),
};

/**
 * The key of a log or a witness, in a folder of its own: `key.pem` (PKCS #8, for its owner's eyes only) and `key.pub`, the line that is
 * handed out. Made where there is none; the name it is made with stays.
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
  const secret = found === undefined ? generateKeyPairSync('ed25519').privateKey : createPrivateKey(found);
  const publicKey = rawPublicKey(secret);
  if (found === undefined) {
    const line = formatVerifierKey(nodeSha256, { name, sort, publicKey });
    await writeFile(publicPath, `${line}\n`);
    await writeFile(secretPath, secret.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  }
  const key = parseVerifierKey(nodeSha256, await readFile(publicPath, 'utf8'));
  if (isRefusal(key) || !Buffer.from(key.publicKey).equals(publicKey)) {
    throw new Fault('bad-key', `${publicPath} is not the public half of ${secretPath}.`, {
      hint: 'Put both back from one backup.',
    });
  }
  return {
    key,
    sign: (message) => sign(null, message, secret),
    signLater: (message) =>
      new Promise((resolve, reject) => {
        sign(null, message, secret, (error, signature) => (error ? reject(error) : resolve(signature)));
      }),
  };
}

function rawPublicKey(secret: KeyObject): Buffer {
  return createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(12);
}

/** The fixed beginning of an Ed25519 key in DER (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
}

function orNothing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
