import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '@gezhi/basis';
import { KEY_BYTES, type Suite, seal, unseal } from './seal.ts';

/** A data key as it is stored: sealed by a master key, which is named. */
export type WrappedKey = { readonly master: string; readonly sealed: Buffer };

/**
 * Who holds the master keys: a file, or a service that never gives them out. `belongs` says whose data key it is, and binds it.
 */
export type MasterKeys = {
  /** The name of the key that wraps now. */
  current(): Promise<string>;
  /** The names of all keys that unwrap: more than one while a renewal is not finished. */
  names(): Promise<readonly string[]>;
  wrap(key: Buffer, belongs: readonly string[]): Promise<WrappedKey>;
  /** @throws Fault `no-such-master`, `seal-broken` */
  unwrap(wrapped: WrappedKey, belongs: readonly string[]): Promise<Buffer>;
  /** Makes a new key, which wraps from now on; older ones go on unwrapping. Answers its name. */
  renew(): Promise<string>;
  /** Destroys all keys but the current one: what they wrapped is lost. */
  dropOld(): Promise<readonly string[]>;
  /** The key under which telephone numbers are hashed to be found again. It is not renewed with the others. */
  lookupKey(): Promise<Buffer>;
};

/** For so long the file of keys is not looked at again; whoever drops old keys waits longer than this. */
export const FRESH_MS = 2_000;

type Held = { current: string; keys: Record<string, string>; lookup: string };

/**
 * Master keys in a file that only its owner can read; made where there is none. Another process's renewal is seen within `FRESH_MS`, and at
 * the next key that this one does not know.
 *
 * @throws Fault `keys-exposed` where others can read the file, `bad-keys` where it is not what was written
 */
export async function masterKeysIn(path: string, suite: Suite = 'aes'): Promise<MasterKeys> {
  return keysOver((await read(path)) ?? (await make(path)), suite, {
    read: () => read(path),
    write: (next) => write(path, next),
    path,
  });
}

/** Master keys that nobody keeps: what they seal is lost with the process. For tests. */
export function passingMasterKeys(suite: Suite = 'aes'): MasterKeys {
  let kept = newHeld();
  const write = async (next: Held): Promise<void> => {
    kept = next;
  };
  const store = { read: async () => kept, write, path: 'memory' };
  return keysOver(kept, suite, store);
}

type Store = {
  readonly path: string;
  readonly read: () => Promise<Held | undefined>;
  readonly write: (next: Held) => Promise<void>;
};

function keysOver(first: Held, suite: Suite, { read, write, path }: Store): MasterKeys {
  let held = first;
  let lookup = { of: '', key: Buffer.alloc(0) };
  const opened = new Map<string, KeyObject>();
  let readAt = performance.now();
  // What wraps is asked for often: the file is read again only now and then.
  const refresh = async (): Promise<void> => {
    if (performance.now() - readAt < FRESH_MS) return;
    readAt = performance.now();
    held = (await read()) ?? held;
  };
  const keyOf = async (name: string): Promise<KeyObject> => {
    if (!held.keys[name]) held = (await read()) ?? held;
    const key = held.keys[name];
    const ready = key && (opened.get(key) ?? createSecretKey(key, 'base64'));
    if (ready) {
      opened.set(key, ready);
      return ready;
    }
    throw new Fault('no-such-master', `The file of master keys has no key "${name}".`, {
      hint: `Put back the ${path} that this database was used with.`,
    });
  };
  const change = async (next: (now: Held) => Held): Promise<void> => {
    const changed = next((await read()) ?? held);
    await write(changed);
    held = changed;
  };
  return {
    current: async () => {
      await refresh();
      return held.current;
    },
    names: async () => Object.keys(((await read()) ?? held).keys),
    wrap: async (key, belongs) => {
      await refresh();
      const master = held.current;
      return { master, sealed: seal(suite, await keyOf(master), ['key', master, ...belongs], key) };
    },
    unwrap: async ({ master, sealed }, belongs) =>
      unseal(await keyOf(master), ['key', master, ...belongs], sealed),
    renew: async () => {
      const name = randomBytes(6).toString('hex');
      await change((now) => ({ ...now, current: name, keys: { ...now.keys, [name]: newKey() } }));
      return name;
    },
    dropOld: async () => {
      let old: readonly string[] = [];
      await change((now) => {
        old = Object.keys(now.keys).filter((name) => name !== now.current);
        return { ...now, keys: { [now.current]: now.keys[now.current]! } };
      });
      opened.clear();
      return old;
    },
    lookupKey: async () => {
      if (lookup.of !== held.lookup) lookup = { of: held.lookup, key: Buffer.from(held.lookup, 'base64') };
      return lookup.key;
    },
  };
}

/** Of two processes that begin at once, one makes the file and both read it. */
async function make(path: string): Promise<Held> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await write(draft, newHeld());
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return (await read(path))!;
}

function newHeld(): Held {
  const name = randomBytes(6).toString('hex');
  return { current: name, keys: { [name]: newKey() }, lookup: newKey() };
}

function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

/** The new file is whole on disk before it takes the old one's place. */
async function write(path: string, held: Held): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', 0o600);
  await file.writeFile(JSON.stringify(held, undefined, 2));
  await file.sync().finally(() => file.close());
  await rename(next, path);
}

async function read(path: string): Promise<Held | undefined> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (!found) return undefined;
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new Fault('keys-exposed', `Others than its owner can read ${path}.`, { hint: `chmod 600 ${path}` });
  }
  const held = JSON.parse(await readFile(path, 'utf8')) as Partial<Held>;
  if (held.current && held.keys?.[held.current] && held.lookup) return held as Held;
  throw new Fault('bad-keys', `${path} holds no master keys.`, { hint: 'Put it back from a backup.' });
}
