import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** An authenticator in software (ES256, no attestation), as a browser would answer for it. For tests. */
export function authenticator(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  const host = createHash('sha256').update(new URL(origin).hostname).digest();
  let counter = 0;
  const dataOf = (flags: number): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([host, Buffer.from([flags]), count]);
  };
  const clientData = (type: string, challenge: string, from: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));
  return {
    create: (challenge: string, from = origin) => {
      // {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR: an EC2 key of COSE.
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x!, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y!, 'base64url'),
      ]);
      const data = Buffer.concat([dataOf(0x45), Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
      // {fmt: "none", attStmt: {}, authData: data}
      const object = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
        Buffer.from([0x58, data.length]),
        data,
      ]);
      return answerOf(id, {
        clientDataJSON: clientData('webauthn.create', challenge, from).toString('base64url'),
        attestationObject: object.toString('base64url'),
        transports: ['internal'],
      });
    },
    get: (challenge: string, { from = origin, flags = 0x05 } = {}) => {
      const client = clientData('webauthn.get', challenge, from);
      const data = dataOf(flags);
      const hash = createHash('sha256').update(client).digest();
      return answerOf(id, {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, hash]), privateKey).toString('base64url'),
      });
    },
  };
}

function answerOf<R>(id: Buffer, response: R) {
  const name = id.toString('base64url');
  return { id: name, rawId: name, type: 'public-key' as const, clientExtensionResults: {}, response };
}
