import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { bytesToNumberBE as numberOf, numberToBytesBE } from '@noble/curves/utils.js';
import { joinBytes, utf8 } from './bytes.ts';

/** SM3 (GB/T 32905): 32 bytes. */
export type Sm3 = (bytes: Uint8Array) => Uint8Array;

/** A number that is used for one signature, and the x of that many times the base point: as a key pair that is thrown away. */
export type Sm2Nonce = { readonly k: Uint8Array; readonly x: Uint8Array };

/** The curve of GB/T 32918.5-2017, which GM/T 0003.5 recommends. */
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const CURVE = {
  p: P,
  n: N,
  h: 1n,
  a: P - 3n,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const Point = weierstrass(CURVE);

/** The id of a signer who has none of his own (GM/T 0009-2012, clause 10). */
const SIGNER = utf8('1234567812345678');

/**
 * What SM2 signs of a message: SM3 over the hash of signer and key, and the message (GB/T 32918.2-2016, 5.5 and 6.1).
 *
 * @param publicKey 04 ‖ x ‖ y
 */
export function sm2Digest(sm3: Sm3, publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const bits = Uint8Array.of((SIGNER.length * 8) >> 8, (SIGNER.length * 8) & 0xff);
  const curve = [CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map(bytesOf);
  return sm3(joinBytes([sm3(joinBytes([bits, SIGNER, ...curve, publicKey.subarray(1)])), message]));
}

/**
 * Signs a digest: r ‖ s, 64 bytes; `undefined` where the nonce is one of the few that do not serve (one in 2²⁵⁵), and another is to be drawn.
 *
 * @param secret 32 bytes
 * @param nonce drawn by a generator for secrets and used once: who learns it or sees it twice learns the key
 */
export function signSm2(secret: Uint8Array, digest: Uint8Array, nonce: Sm2Nonce): Uint8Array | undefined {
  const { Fn } = Point;
  const [d, k] = [numberOf(secret), numberOf(nonce.k)];
  const r = Fn.create(numberOf(digest) + numberOf(nonce.x));
  const s = Fn.mul(Fn.inv(Fn.create(1n + d)), Fn.sub(k, Fn.mul(r, d)));
  if (r === 0n || r + k === N || s === 0n) return undefined;
  return joinBytes([bytesOf(r), bytesOf(s)]);
}

/** Whether r ‖ s is a good signature of a message by SM2 with SM3, under the id that signers without one have (GB/T 32918.2-2016, 7.1). */
export function verifySm2(
  sm3: Sm3,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = pointOf(publicKey);
  if (!key || signature.length !== 64) return false;
  const [r, s] = [numberOf(signature.subarray(0, 32)), numberOf(signature.subarray(32))];
  if (r === 0n || s === 0n || r >= N || s >= N) return false;
  const t = (r + s) % N;
  if (t === 0n) return false;
  const sum = Point.BASE.mulAddUnsafe(s, key, t);
  if (sum.is0()) return false;
  return (numberOf(sm2Digest(sm3, publicKey, message)) + sum.toAffine().x) % N === r;
}

/** The point of 04 ‖ x ‖ y, where there is one. */
function pointOf(bytes: Uint8Array): ReturnType<typeof Point.fromBytes> | undefined {
  if (bytes.length !== 65 || bytes[0] !== 4) return undefined;
  const [x, y] = [numberOf(bytes.subarray(1, 33)), numberOf(bytes.subarray(33))];
  const { Fp } = Point;
  if (x >= P || y >= P) return undefined;
  const right = Fp.add(Fp.add(Fp.mul(Fp.sqr(x), x), Fp.mul(CURVE.a, x)), CURVE.b);
  return Fp.eql(Fp.sqr(y), right) ? Point.fromAffine({ x, y }) : undefined;
}

function bytesOf(number: bigint): Uint8Array {
  return numberToBytesBE(number, 32);
}
