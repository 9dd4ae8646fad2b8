import type { Format } from './call.ts';
import { fingerprint } from './fingerprint.ts';
import type { ServiceRequest } from './port.ts';
import { wireRequest } from './wire.ts';
import { writeElement, XML_DECLARATION } from './write-xml.ts';

/** A list of requests, written. The ETag is the same wherever the bytes are the same, in every process. */
export type RequestPage = { readonly body: string; readonly bytes: Uint8Array; readonly etag: string };

export type RequestPages = {
  /**
   * Writes a list of requests; those that are not public are left out.
   *
   * @param space keeps requests of different jurisdictions apart, whose ids may meet
   */
  write(requests: readonly ServiceRequest[], manner: Manner): RequestPage;
};

export type RequestPagesLimits = {
  /** How many written requests are kept; about twice as many stay for a while. One is 0.5 to 5 KB. */
  readonly requests: number;
  /** How many whole pages are kept, again about twice as many for a while. One of 20 requests is 10 to 100 KB. */
  readonly pages: number;
};

const LIMITS: RequestPagesLimits = { requests: 5_000, pages: 100 };

type Fragment = { readonly kept: boolean; readonly text: string; readonly print: string };
type KeptRequest = {
  readonly space: string;
  readonly version: string | number;
  /** One a way of writing, by `wayOf`. */
  readonly fragments: (Fragment | undefined)[];
};
type KeptPage = { readonly fragments: readonly Fragment[]; readonly page: RequestPage };
type Manner = { readonly format: Format; readonly extended: boolean; readonly space: string };

/**
 * A writer of request lists that keeps what it wrote: each request as a finished fragment by its id and version, each page by its
 * fragments. A page whose requests have not changed costs one look-up a request; a changed request is written anew, alone.
 * Requests without a `version` are written every time, and pages that hold one are not kept.
 */
export function requestPages(limits: RequestPagesLimits = LIMITS): RequestPages {
  const written = keep<KeptRequest>(limits.requests);
  const pages = keep<KeptPage>(limits.pages);

  /** Two jurisdictions with one id push each other out, which costs time and nothing else. */
  function fragmentOf(request: ServiceRequest, manner: Manner, way: number): Fragment {
    const { id, version } = request;
    if (version === undefined) return writeFragment(request, manner);
    let known = written.get(id);
    if (known?.version !== version || known.space !== manner.space) {
      known = { space: manner.space, version, fragments: [undefined, undefined, undefined, undefined] };
      written.set(id, known);
    }
    const fragment = known.fragments[way] ?? writeFragment(request, manner);
    known.fragments[way] = fragment;
    return fragment;
  }

  return {
    write(requests, manner) {
      const way = wayOf(manner);
      const fragments: Fragment[] = [];
      for (const request of requests) {
        if (request.public) fragments.push(fragmentOf(request, manner, way));
      }
      const key = `${way} ${fragments.length} ${fragments[0]?.print} ${fragments.at(-1)?.print}`;
      const known = pages.get(key);
      if (known && sameItems(known.fragments, fragments)) return known.page;
      const page = writePage(fragments, manner.format);
      if (isWorthKeeping(fragments)) pages.set(key, { fragments, page });
      return page;
    },
  };
}

function wayOf({ format, extended }: Manner): number {
  return (format === 'json' ? 0 : 2) + (extended ? 1 : 0);
}

function writeFragment(request: ServiceRequest, { format, extended }: Manner): Fragment {
  const wire = wireRequest(request, extended);
  const text = format === 'json' ? JSON.stringify(wire) : writeElement('request', wire);
  return { kept: request.version !== undefined, text, print: fingerprint(text) };
}

function writePage(fragments: readonly Fragment[], format: Format): RequestPage {
  const texts = fragments.map(({ text }) => text);
  const body =
    format === 'json'
      ? `[${texts.join(',')}]`
      : `${XML_DECLARATION}<service_requests>${texts.join('')}</service_requests>`;
  const prints = fragments.map(({ print }) => print).join('');
  return { body, bytes: new TextEncoder().encode(body), etag: `W/"${fingerprint(format + prints)}"` };
}

/** A page of a thousand requests takes megabytes, and is seldom asked for twice. */
const KEPT_PAGE_REQUESTS_MAX = 100;

function isWorthKeeping(fragments: readonly Fragment[]): boolean {
  return fragments.length <= KEPT_PAGE_REQUESTS_MAX && fragments.every(({ kept }) => kept);
}

/** A page's key names its first and last request only: whether it is the same page, its fragments say, one by one. */
function sameItems(a: readonly Fragment[], b: readonly Fragment[]): boolean {
  return a.length === b.length && a.every((fragment, i) => fragment === b[i]);
}

type Kept<V> = { get(key: string): V | undefined; set(key: string, value: V): void };

/**
 * A bounded memory of two generations: what was not asked for while `max` others came is forgotten. Holds at most `2 × max`
 * values; one or two look-ups each, and nothing is reordered on a hit.
 */
function keep<V>(max: number): Kept<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  function set(key: string, value: V): void {
    if (young.size >= max) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }
  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const aged = old.get(key);
      if (aged !== undefined) set(key, aged);
      return aged;
    },
    set,
  };
}
