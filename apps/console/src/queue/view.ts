import type { Args } from '@gezhi/contract/client';
import { useSyncExternalStore } from 'react';

/** What a list of cases is of: a work queue, narrowed, or a search. */
export type View = {
  readonly queue: string;
  readonly kind?: string;
  readonly flag?: string;
  readonly phase?: string;
  readonly late?: 'true';
  readonly place?: string;
  readonly q?: string;
  /** What numbers elsewhere lead here by: cases of a unit, or opened in a time, ended ones too. */
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
  readonly open?: 'true' | 'false';
  /** What a request stands as in the three rates. */
  readonly counted?: CountedAs;
  readonly dueAfter?: string;
  readonly dueBy?: string;
  readonly due?: 'none';
  readonly point?: 'none';
};

type CountedAs = NonNullable<NonNullable<Args<'listCases'>['query']>['counted']>;

/** A view that somebody keeps for themselves, in their own browser. */
export type OwnView = { readonly name: string; readonly view: View };

const KEY = 'gezhi.console.views';
const LISTENERS = new Set<() => void>();
let kept: readonly OwnView[] | undefined;

/** One's own views, and how to keep or drop one. */
export function useOwnViews(): {
  readonly views: readonly OwnView[];
  readonly keep: (own: OwnView) => void;
  readonly drop: (name: string) => void;
} {
  const views = useSyncExternalStore(listen, read);
  return {
    views,
    keep: (own) => write([...read().filter(({ name }) => name !== own.name), own]),
    drop: (name) => write(read().filter((own) => own.name !== name)),
  };
}

function listen(onChange: () => void): () => void {
  LISTENERS.add(onChange);
  return () => LISTENERS.delete(onChange);
}

function read(): readonly OwnView[] {
  kept ??= parse(localStorage.getItem(KEY));
  return kept;
}

function write(views: readonly OwnView[]): void {
  kept = views;
  localStorage.setItem(KEY, JSON.stringify(views));
  for (const onChange of LISTENERS) onChange();
}

/** What the browser kept; something else under our key is none of ours. */
function parse(text: string | null): readonly OwnView[] {
  if (text === null) return [];
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter((one) => typeof one?.name === 'string' && one.view) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

const NAMES = [
  'kind',
  'flag',
  'phase',
  'late',
  'place',
  'q',
  'unit',
  'from',
  'to',
  'open',
  'counted',
  'dueAfter',
  'dueBy',
  'due',
  'point',
] as const;

const OF_LISTS = ['q', 'unit', 'from', 'to', 'counted', 'dueAfter', 'dueBy', 'due', 'point'] as const;

/** Whether a view is a list of all cases rather than a queue: queues hold open work and know neither units nor times. */
export function isList(view: View): boolean {
  return OF_LISTS.some((name) => view[name] !== undefined);
}

/** What the list of a view is asked by. */
export function listQuery({ queue: _, late, ...asked }: View): NonNullable<Args<'readList'>['query']> {
  return { ...asked, ...(late ? { flag: 'late' } : {}) } as NonNullable<Args<'readList'>['query']>;
}

/** The same view as a file; a queue and a list each by its own route. */
export function fileAt(view: View): string {
  if (!isList(view)) return `/api/queues/${view.queue}/export${searchOf(view)}`;
  return `/api/lists/cases/export?${new URLSearchParams(listQuery(view) as Record<string, string>)}`;
}

/** Where the cases behind a number are listed. */
export function casesAt(filters: Omit<View, 'queue'>): string {
  return `~/console/queue/open${searchOf({ queue: 'open', ...filters })}`;
}

/** A view in an address, so that it can be sent to a colleague. */
export function searchOf({ queue: _, ...filters }: View): string {
  const search = new URLSearchParams(filters as Record<string, string>);
  return search.size === 0 ? '' : `?${search}`;
}

export function viewOf(queue: string, search: string): View {
  const asked = new URLSearchParams(search);
  const filters = NAMES.flatMap((name) => {
    const value = asked.get(name);
    return value ? [[name, value] as const] : [];
  });
  return { queue, ...Object.fromEntries(filters) };
}
