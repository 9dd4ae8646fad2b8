import type { FieldDay } from '@gezhi/contract';
import type { Args, Client } from '@gezhi/contract/client';
import { type Label, useClient } from '@gezhi/ui';
import { newId } from '@gezhi/ui/device';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { deliver } from '../outbox/deliver.ts';
import type { Deed, Entry } from '../outbox/entry.ts';
import { type Later, outdated } from '../outbox/outbox.ts';
import { sendAll } from '../outbox/send-all.ts';
import {
  changeOutbox,
  forget,
  keepDay,
  keepMe,
  keptDay,
  keptMe,
  type Me,
  openStore,
  type Store,
} from './store.ts';

/** The day on this device: who works here, what there is to do, what was done and waits, and how to add to it. */
export type Keeper = {
  readonly phase: 'opening' | 'signedOut' | 'ready' | 'broken';
  readonly me?: Me;
  /** What the service asks of whoever signs in next; `demo`: the town is made up, and anybody may sign in as a post. */
  readonly asked: Asked;
  readonly day?: FieldDay;
  readonly entries: readonly Entry[];
  /** The service was reached when it was last tried; what the browser believes of its network is not enough. */
  readonly online: boolean;
  readonly resting?: Later;
  readonly now: number;
  refresh(): Promise<void>;
  /** The device could not keep the last deed: it was not done. */
  readonly full: boolean;
  /** Writes deeds into the outbox, in this order, before anything else, and sends them where there is a network. Answers whether they are kept. */
  put(deeds: readonly Done[]): Promise<boolean>;
  /** Puts rows in the place of others, all or nothing. */
  replace(old: readonly Entry[], by: readonly Entry[]): Promise<void>;
  /** Takes a step of signing in. Answers what is wrong with it, or nothing. */
  signIn(step: SignIn): Promise<string | undefined>;
  /** Shows the sign-in, with everything left as it lies. */
  askSignIn(): void;
  signOut(): Promise<void>;
};

export type SignIn = NonNullable<Args<'signIn'>['body']>;

type Asked = {
  readonly demo: boolean;
  readonly next?: 'code' | 'factor' | 'post';
  readonly posts: readonly { readonly post: string; readonly name: Label }[];
};

export type Done = { readonly deed: Deed; readonly about: Label; readonly seen?: number };

const KEEPER = createContext<Keeper | undefined>(undefined);
/** How often a day that is looked at is asked for anew, and how often a service that was not reached is tried again. */
const REFRESH_MS = 60_000;
const RETRY_MS = 10_000;

export function useKeeper(): Keeper {
  const keeper = useContext(KEEPER);
  if (!keeper) throw new Error('there is no keeper above');
  return keeper;
}

export function KeeperProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const api = useClient();
  const [kept, setKept] = useState<Kept>(NOTHING);
  const [now, setNow] = useState(Date.now);
  const latest = useRef(kept);
  latest.current = kept;
  const change = useCallback((part: Partial<Kept>) => {
    latest.current = { ...latest.current, ...part };
    setKept(latest.current);
  }, []);

  const refresh = useCallback(() => fetchDay(api, latest.current, change), [api, change]);
  const send = useCallback(() => sendWaiting(api, latest, change), [api, change]);
  const put = useCallback(
    async (deeds: readonly Done[]) => {
      const isKept = await writeOrSay(latest.current, change, entriesOf(latest.current, deeds));
      if (isKept) void send().then(refresh);
      return isKept;
    },
    [change, send, refresh],
  );
  const replace = useCallback(
    async (old: readonly Entry[], by: readonly Entry[]) => {
      const gone = old.filter(({ id }) => !by.some((entry) => entry.id === id)).map(({ id }) => id);
      const isKept = await writeOrSay(latest.current, change, by, gone);
      if (isKept) void send().then(refresh);
    },
    [change, send, refresh],
  );

  useOpening(api, change, send);
  useWatch({ online: kept.online, isReady: kept.phase === 'ready', change, setNow, send, refresh });

  const keeper = useMemo<Keeper>(
    () => ({
      ...kept,
      now,
      refresh,
      put,
      replace,
      signIn: (step) => enter(api, step, latest.current, change, send),
      askSignIn: () => change({ phase: 'signedOut' }),
      signOut: () => leave(api, latest.current, change),
    }),
    [kept, now, refresh, put, replace, api, change, send],
  );
  return <KEEPER.Provider value={keeper}>{children}</KEEPER.Provider>;
}

type Kept = {
  readonly phase: Keeper['phase'];
  readonly store?: Store;
  readonly me?: Me;
  readonly asked: Asked;
  readonly day?: FieldDay;
  readonly entries: readonly Entry[];
  readonly full: boolean;
  readonly online: boolean;
  readonly resting?: Later;
};
type Change = (part: Partial<Kept>) => void;

const NOTHING: Kept = {
  phase: 'opening',
  asked: { demo: false, posts: [] },
  entries: [],
  full: false,
  online: navigator.onLine,
};

/** What lies on the device first, then what the service says. */
function useOpening(api: Client, change: Change, send: () => Promise<void>): void {
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    void (async () => {
      const store = await openStore().catch(() => undefined);
      if (!store) return change({ phase: 'broken' });
      const [me, day, entries] = [await keptMe(store), await keptDay(store), await store.getAll('outbox')];
      const old = outdated(entries, Date.now()).map(({ id }) => id);
      await changeOutbox(store, [], old);
      const left = entries.filter(({ id }) => !old.includes(id));
      change({
        store,
        entries: left,
        ...(me ? { me, phase: 'ready' as const } : {}),
        ...(day ? { day } : {}),
      });
      await askWho(api, store, me, change);
      await send();
    })();
  }, [api, change, send]);
}

/** Who is signed in, where the service can be asked. Somebody else's day is not shown. */
async function askWho(api: Client, store: Store, before: Me | undefined, change: Change): Promise<void> {
  const reply = await reach(change, () => api.call('me', {}));
  if (!reply?.ok) return change(before ? {} : { phase: 'signedOut' });
  const { post, name, unitName, demo, next, posts } = reply.body;
  const asked = { demo, posts, ...(next ? { next } : {}) };
  if (post === null || next) return change({ asked, phase: 'signedOut' });
  const me = { post, name: name?.zh ?? post, unitName: unitName?.zh ?? '' };
  if (before && before.post !== post) {
    await forget(store);
    change({ day: undefined });
  }
  await keepMe(store, me);
  change({ me, asked, phase: 'ready' });
  await fetchDay(api, { store, me }, change);
}

/** Asks the service, and remembers whether it was reached. Nothing where it was not. */
async function reach<T>(change: Change, ask: () => Promise<T>): Promise<T | undefined> {
  if (!navigator.onLine) return void change({ online: false });
  try {
    const reply = await ask();
    change({ online: true });
    return reply;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return void change({ online: false });
  }
}

async function fetchDay(
  api: Client,
  { store, me }: Pick<Kept, 'store' | 'me'>,
  change: Change,
): Promise<void> {
  if (!store || !me) return;
  const reply = await reach(change, () => api.call('getFieldDay', {}));
  if (!reply) return;
  if (!reply.ok) return change(reply.status === 401 ? { resting: 'signIn' } : {});
  if (reply.body.post.code !== me.post) return;
  await keepDay(store, reply.body);
  change({ day: reply.body });
}

function entriesOf({ entries, me }: Kept, deeds: readonly Done[]): readonly Entry[] {
  const last = Math.max(0, ...entries.map(({ order }) => order));
  return deeds.map(({ deed, about, seen }, i) => ({
    id: newId(),
    post: me?.post ?? '',
    order: last + 1 + i,
    at: Date.now(),
    about,
    deed,
    state: 'waiting',
    ...(seen === undefined ? {} : { seen }),
  }));
}

/** On the device first, then on the screen. @throws where the device keeps nothing any more; then nothing was done */
async function write(
  kept: Kept,
  change: Change,
  put: readonly Entry[],
  remove: readonly string[] = [],
): Promise<void> {
  if (!kept.store) throw new Error('the outbox is not open');
  await changeOutbox(kept.store, put, remove);
  change({ entries: await kept.store.getAll('outbox') });
}

/** The same; a device that is full is said to be so, and nothing is taken for done. */
async function writeOrSay(
  kept: Kept,
  change: Change,
  put: readonly Entry[],
  remove: readonly string[] = [],
): Promise<boolean> {
  try {
    await write(kept, change, put, remove);
    change({ full: false });
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    change({ full: true });
    return false;
  }
}

/** One window sends at a time; two would do no harm. */
async function sendWaiting(api: Client, latest: { readonly current: Kept }, change: Change): Promise<void> {
  const { store, me } = latest.current;
  if (!store || !me) return;
  const run = async (): Promise<void> => {
    const resting = await sendAll(me.post, {
      read: () => store.getAll('outbox'),
      deliver: (entry, seq) => deliver(api, entry, seq),
      now: Date.now,
      save: (entry) => write(latest.current, change, [entry]),
    });
    change({ resting, ...(resting === 'offline' ? { online: false } : {}) });
  };
  if ('locks' in navigator) await navigator.locks.request('gezhi-field-send', run);
  else await run();
}

type Watch = {
  readonly online: boolean;
  readonly isReady: boolean;
  readonly change: Change;
  setNow(now: number): void;
  send(): Promise<void>;
  refresh(): Promise<void>;
};

/** The network comes and goes, the clock goes on, and somebody looks again after a while. */
function useWatch({ online, isReady, change, setNow, send, refresh }: Watch): void {
  useEffect(() => {
    if (!isReady) return undefined;
    const again = (): void => {
      setNow(Date.now());
      if (document.visibilityState === 'visible') void send().then(refresh);
    };
    const offline = (): void => change({ online: false });
    const asking = setInterval(again, online ? REFRESH_MS : RETRY_MS);
    addEventListener('online', again);
    addEventListener('offline', offline);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(asking);
      removeEventListener('online', again);
      removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', again);
    };
  }, [online, isReady, change, setNow, send, refresh]);
}

async function enter(
  api: Client,
  step: SignIn,
  { store, me }: Kept,
  change: Change,
  send: () => Promise<void>,
): Promise<string | undefined> {
  const reply = await reach(change, () => api.call('signIn', { body: step }));
  if (!store || !reply) return '';
  if (!reply.ok) return `${reply.problem.detail || reply.problem.title} ${reply.problem.remedy}`;
  change({ resting: undefined });
  // What waits here is not to be cleared by a browser that needs room.
  await navigator.storage?.persist?.();
  await askWho(api, store, me, change);
  await send();
  return undefined;
}

/** What was not sent stays on the device for its post; the rest goes. */
async function leave(api: Client, { store }: Kept, change: Change): Promise<void> {
  await reach(change, () => api.call('signOut', {}));
  if (store) await forget(store);
  change({ me: undefined, day: undefined, phase: 'signedOut' });
}
