import type { FieldDay } from '@gezhi/contract';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Entry } from '../outbox/entry.ts';

/** Who signed in here last. */
export type Me = { readonly post: string; readonly name: string; readonly unitName: string };

/** What lies on the device: who works here, their newest day, and the outbox. Where somebody is, is never among it. */
interface Kept extends DBSchema {
  kept: { key: 'me' | 'day'; value: Me | FieldDay };
  outbox: { key: string; value: Entry };
}

export type Store = IDBPDatabase<Kept>;

let opened: Promise<Store> | undefined;

/** The device's own database. @throws where the browser keeps none, as some do in private windows */
export function openStore(): Promise<Store> {
  opened ??= openDB<Kept>('gezhi-field', 1, {
    upgrade(db) {
      db.createObjectStore('kept');
      db.createObjectStore('outbox', { keyPath: 'id' });
    },
  });
  return opened;
}

export async function keptMe(store: Store): Promise<Me | undefined> {
  return (await store.get('kept', 'me')) as Me | undefined;
}

export async function keptDay(store: Store): Promise<FieldDay | undefined> {
  return (await store.get('kept', 'day')) as FieldDay | undefined;
}

export async function keepMe(store: Store, me: Me): Promise<void> {
  await store.put('kept', me, 'me');
}

export async function keepDay(store: Store, day: FieldDay): Promise<void> {
  await store.put('kept', day, 'day');
}

/** Somebody signs out: nothing of their day stays here. What was not sent does. */
export async function forget(store: Store): Promise<void> {
  await store.clear('kept');
}

/**
 * One change of the outbox, all or nothing: rows to be and rows to go. It lies on the device when this answers.
 *
 * @throws DOMException where the device is full, or the row cannot be kept; then nothing has changed
 */
export async function changeOutbox(
  store: Store,
  put: readonly Entry[],
  remove: readonly string[] = [],
): Promise<void> {
  const turn = store.transaction('outbox', 'readwrite', { durability: 'strict' });
  const ended = turn.done.then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    await Promise.all([
      ...put.map((entry) => turn.store.put(entry)),
      ...remove.map((id) => turn.store.delete(id)),
    ]);
  } catch (error) {
    if (turn.error === null) turn.abort();
    await ended;
    throw error;
  }
  const failed = await ended;
  if (failed) throw failed;
}
