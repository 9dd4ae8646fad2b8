import { createSecretKey } from 'node:crypto';
import { Fault } from '@gezhi/basis';
import type { MasterKeys, WrappedKey } from './master-keys.ts';
import { KEY_BYTES, randomPart, type Suite, seal, unseal } from './seal.ts';

/*
 * One value under a key of its own, which lies beside it, wrapped by a master key:
 *
 *     1 ‖ length of name (1) ‖ name of the master key ‖ length of wrapped key (2) ‖ wrapped key ‖ sealed value
 *
 * Where the value is deleted its key goes with it. Renewing the master key writes the first four parts anew and leaves the fifth.
 */
const VERSION = 1;

/** Seals one value bound to where it belongs. About 15 µs. */
export async function sealApart(
  keys: MasterKeys,
  suite: Suite,
  belongs: readonly string[],
  plain: Buffer,
): Promise<Buffer> {
  const key = randomPart(KEY_BYTES);
  return pack(await keys.wrap(key, belongs), seal(suite, createSecretKey(key), belongs, plain));
}

/** Opens what `sealApart` sealed. @throws Fault `seal-broken`, `no-such-master` */
export async function openApart(
  keys: MasterKeys,
  belongs: readonly string[],
  sealed: Buffer,
): Promise<Buffer> {
  const { wrapped, value } = unpack(sealed);
  return unseal(await keys.unwrap(wrapped, belongs), belongs, value);
}

/** The same value under the current master key; the value itself is not touched. */
export async function rewrapApart(
  keys: MasterKeys,
  belongs: readonly string[],
  sealed: Buffer,
): Promise<Buffer> {
  const { wrapped, value } = unpack(sealed);
  return pack(await keys.wrap(await keys.unwrap(wrapped, belongs), belongs), value);
}

/** How everything begins that is sealed under this master key: by it a query tells the old from the new. */
export function apartHead(master: string): Buffer {
  const name = Buffer.from(master, 'utf8');
  return Buffer.concat([Buffer.of(VERSION, name.length), name]);
}

function pack({ master, sealed: key }: WrappedKey, value: Buffer): Buffer {
  const head = apartHead(master);
  const packed = Buffer.allocUnsafe(head.length + 2 + key.length + value.length);
  packed.set(head);
  packed.writeUInt16BE(key.length, head.length);
  packed.set(key, head.length + 2);
  packed.set(value, head.length + 2 + key.length);
  return packed;
}

function unpack(packed: Buffer): { readonly wrapped: WrappedKey; readonly value: Buffer } {
  const named = 2 + (packed[1] ?? 0);
  const from = named + 2;
  const to = packed.length < from ? Number.POSITIVE_INFINITY : from + packed.readUInt16BE(named);
  if (packed[0] !== VERSION || packed.length < to)
    throw new Fault('seal-broken', 'A sealed value is not what was written.');
  return {
    wrapped: { master: packed.toString('utf8', 2, named), sealed: packed.subarray(from, to) },
    value: packed.subarray(to),
  };
}
