import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';

/*
 * Why checkpoints have no SM2 (docs/ledger.md): what Node signs with a key on the curve of GB/T 32918 is either ECDSA, or SM2 without the id
 * of the signer, where GM/T 0009 asks for 1234567812345678. Neither is what other programs check. When this fails, offer it.
 */
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const A = P - 3n;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
type Point = readonly [bigint, bigint] | undefined;
const G: Point = [
  0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
];

const mod = (x: bigint, m: bigint): bigint => ((x % m) + m) % m;
const bytes = (x: bigint): Buffer => Buffer.from(x.toString(16).padStart(64, '0'), 'hex');
const whole = (part: Buffer): bigint => BigInt(`0x${part.toString('hex')}`);
const sm3 = (...parts: Buffer[]): Buffer => createHash('sm3').update(Buffer.concat(parts)).digest();

function power(base: bigint, exponent: bigint, m: bigint): bigint {
  let [result, b] = [1n, mod(base, m)];
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % m;
    b = (b * b) % m;
  }
  return result;
}

function add(one: Point, two: Point): Point {
  if (!one || !two) return one ?? two;
  const [[x1, y1], [x2, y2]] = [one, two];
  if (x1 === x2 && mod(y1 + y2, P) === 0n) return undefined;
  const slope =
    x1 === x2 ? (3n * x1 * x1 + A) * power(2n * y1, P - 2n, P) : (y2 - y1) * power(x2 - x1, P - 2n, P);
  const x = mod(slope * slope - x1 - x2, P);
  return [x, mod(slope * (x1 - x) - y1, P)];
}

function times(k: bigint, point: Point): Point {
  let [result, step]: [Point, Point] = [undefined, point];
  for (let n = k; n > 0n; n >>= 1n) {
    if (n & 1n) result = add(result, step);
    step = add(step, step);
  }
  return result;
}

/** GB/T 32918.2: whether (r, s) is an SM2 signature by this id. */
function isSm2(id: string, message: Buffer, point: readonly [bigint, bigint], der: Buffer): boolean {
  const rBytes = der[3]!;
  const [r, s] = [whole(der.subarray(4, 4 + rBytes)), whole(der.subarray(6 + rBytes))];
  const name = Buffer.from(id);
  const bits = Buffer.of((name.length * 8) >> 8, (name.length * 8) & 255);
  const z = sm3(bits, name, ...[A, B, G![0], G![1], ...point].map(bytes));
  const sum = add(times(s, G), times(mod(r + s, N), point));
  return sum !== undefined && mod(whole(sm3(z, message)) + sum[0], N) === r;
}

test('Node signs SM2 without the id of the signer, or not SM2 at all: other programs would not accept it', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-64);
  const point = [whole(raw.subarray(0, 32)), whole(raw.subarray(32))] as const;
  const message = Buffer.from('checkpoint');
  const imported = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const byGenerated = sign('sm3', message, privateKey);
  const byImported = sign('sm3', message, imported);
  assert.equal(isSm2('', message, point, byImported), true);
  for (const signature of [byGenerated, byImported])
    assert.equal(isSm2('1234567812345678', message, point, signature), false);
});
