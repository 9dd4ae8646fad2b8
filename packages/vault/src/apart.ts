import { createSecretKey, type KeyObject } from 'node:crypto';
import { Fault } from '@gezhi/basis';
import type { MasterKeys, WrappedKey } from './master-keys.ts';
import { KEY_BYTES, randomPart, type Suite, seal, unseal } from './seal.ts';

/** Seals single values that need no person: texts, pictures, lines of a journal. `belongs` binds a value to where it lies. */
export type ApartSealer = {
  /** About 8 µs and the length of the value; the first in a while wraps a key. */
  readonly seal: (belongs: readonly string[], plain: Buffer) => Promise<Buffer>;
  /** @throws Fault `seal-broken`, `no-such-master` */
  readonly open: (belongs: readonly string[], sealed: Buffer) => Promise<Buffer>;
};

/*
 * A value, and with it the key it was sealed under, wrapped by a master key:
 *
 *     1 ‖ length of name (1) ‖ name of the master key ‖ length of wrapped key (2) ‖ wrapped key ‖ sealed value
 *
 * Renewing the master key writes the first four parts anew and leaves the fifth.
 */
const VERSION = 1;

/** Values that follow each other share a key, so many of them at most: the key service is asked once for all of them. */
const VALUES_A_KEY = 1_000;

/** Opened keys that are kept at hand. */
const OPEN_MAX = 2_000;

/** Seals and opens with the keys of a vault; one for each process is enough. */
export function apartSealer(keys: MasterKeys, suite: Suite = 'aes'): ApartSealer {
  let drawn: Promise<Drawn> | undefined;
  let left = 0;
  const opened = new Map<string, KeyObject>();
  return {
    seal: async (belongs, plain) => {
      if (drawn && left > 0 && (await drawn).wrapped.master !== (await keys.current())) drawn = undefined;
      if (!drawn || left <= 0) {
        drawn = draw(keys);
        left = VALUES_A_KEY;
      }
      left -= 1;
      const { key, wrapped } = await drawn;
      return pack(wrapped, seal(suite, key, belongs, plain));
    },
    open: async (belongs, sealed) => {
      const { wrapped, value } = unpack(sealed);
      const name = `${wrapped.master} ${wrapped.sealed.toString('latin1')}`;
      let key = opened.get(name);
      if (!key) {
        key = createSecretKey(await keys.unwrap(wrapped, APART));
        if (opened.size >= OPEN_MAX) opened.clear();
        opened.set(name, key);
      }
      return unseal(key, belongs, value);
    },
  };
}

/** The same value under the current master key; the value itself is not touched. */
export async function rewrapApart(keys: MasterKeys, sealed: Buffer): Promise<Buffer> {
  const { wrapped, value } = unpack(sealed);
  return pack(await keys.wrap(await keys.unwrap(wrapped, APART), APART), value);
}

/** How everything begins that is sealed under this master key: by it a query tells the old from the new. */
export function apartHead(master: string): Buffer {
  const name = Buffer.from(master, 'utf8');
  return Buffer.concat([Buffer.of(VERSION, name.length), name]);
}

type Drawn = { readonly key: KeyObject; readonly wrapped: WrappedKey };

/** A wrapped key opens as one of these and never as a person's. */
const APART = ['apart'];

async function draw(keys: MasterKeys): Promise<Drawn> {
  const key = randomPart(KEY_BYTES);
  return { key: createSecretKey(key), wrapped: await keys.wrap(key, APART) };
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
