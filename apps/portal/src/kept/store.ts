/**
 * What this browser keeps by itself: a draft, and what waits to be sent. Photos and sound are kept as they are, which only IndexedDB does. Where
 * a browser refuses to keep anything (private windows), it lives as long as the page.
 */
const NAME = 'gezhi-portal';
const STORE = 'kept';
const MEMORY = new Map<string, unknown>();

/** What lies under a key; `undefined` where nothing does. */
export async function readKept<T>(key: string): Promise<T | undefined> {
  const found = await inStore<T | undefined>('readonly', (store) => store.get(key));
  return found ?? (MEMORY.get(key) as T | undefined);
}

export async function keep(key: string, value: unknown): Promise<void> {
  MEMORY.set(key, value);
  await inStore('readwrite', (store) => store.put(value, key));
}

export async function forget(key: string): Promise<void> {
  MEMORY.delete(key);
  await inStore('readwrite', (store) => store.delete(key));
}

/** Every key that begins so. */
export async function keptKeys(prefix: string): Promise<readonly string[]> {
  const keys = (await inStore<IDBValidKey[]>('readonly', (store) => store.getAllKeys())) ?? [];
  const all = new Set([...keys.map(String), ...MEMORY.keys()]);
  return [...all].filter((key) => key.startsWith(prefix)).sort();
}

/** Everything, as a kiosk does between two people. */
export async function forgetAll(): Promise<void> {
  MEMORY.clear();
  await inStore('readwrite', (store) => store.clear());
}

let opening: Promise<IDBDatabase | undefined> | undefined;

function database(): Promise<IDBDatabase | undefined> {
  opening ??= new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(undefined);
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
  return opening;
}

async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<T | undefined> {
  const open = await database();
  if (!open) return undefined;
  return await new Promise((resolve) => {
    const request = work(open.transaction(STORE, mode).objectStore(STORE));
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => resolve(undefined);
  });
}
