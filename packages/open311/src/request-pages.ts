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
  write(
    requests: readonly ServiceRequest[],
    as: { readonly format: Format; readonly extended: boolean; readonly space: string },
  ): RequestPage;
};

export type RequestPagesLimits = {
  /** How many written requests are kept; about twice as many stay for a while. One is 0.5 to 5 KB. */
  readonly requests: number;
  /** How many whole pages are kept, again about twice as many for a while. One of 20 requests is 10 to 100 KB. */
  readonly pages: number;
};

const LIMITS: RequestPagesLimits = { requests: 5_000, pages: 100 };

type Fragment = {
  readonly version: string | number | undefined;
  readonly text: string;
  readonly print: string;
};
type KeptPage = { readonly fragments: readonly Fragment[]; readonly page: RequestPage };

/**
 * A writer of request lists that keeps what it wrote: each request as a finished fragment by its id and version, each page by its
 * fragments. A page whose requests have not changed costs one look-up a request; a changed request is written anew, alone.
 * Requests without a `version` are written every time, and pages that hold one are not kept.
 */
export function requestPages(limits: RequestPagesLimits = LIMITS): RequestPages {
  const fragments = keep<Fragment>(limits.requests);
  const pages = keep<KeptPage>(limits.pages);

  function fragmentOf(request: ServiceRequest, format: Format, extended: boolean, prefix: string): Fragment {
    if (request.version === undefined) return writeFragment(request, format, extended);
    const key = prefix + request.id;
    const kept = fragments.get(key);
    if (kept?.version === request.version) return kept;
    const fragment = writeFragment(request, format, extended);
    fragments.set(key, fragment);
    return fragment;
  }

  return {
    write(requests, { format, extended, space }) {
      const kind = `${format}${extended ? '+' : '-'}`;
      const prefix = `${kind}${space}\n`;
      const found: Fragment[] = [];
      let key = kind;
      for (const request of requests) {
        if (!request.public) continue;
        const fragment = fragmentOf(request, format, extended, prefix);
        found.push(fragment);
        key += fragment.print;
      }
      const kept = pages.get(key);
      if (kept && sameItems(kept.fragments, found)) return kept.page;
      const page = writePage(found, format, key);
      if (isWorthKeeping(found)) pages.set(key, { fragments: found, page });
      return page;
    },
  };
}

function writeFragment(request: ServiceRequest, format: Format, extended: boolean): Fragment {
  const wire = wireRequest(request, extended);
  const text = format === 'json' ? JSON.stringify(wire) : writeElement('request', wire);
  return { version: request.version, text, print: fingerprint(text) };
}

function writePage(fragments: readonly Fragment[], format: Format, key: string): RequestPage {
  const texts = fragments.map(({ text }) => text);
  const body =
    format === 'json'
      ? `[${texts.join(',')}]`
      : `${XML_DECLARATION}<service_requests>${texts.join('')}</service_requests>`;
  return { body, bytes: new TextEncoder().encode(body), etag: `W/"${fingerprint(key)}"` };
}

/** A page of a thousand requests takes megabytes, and is seldom asked for twice. */
const KEPT_PAGE_REQUESTS_MAX = 100;

function isWorthKeeping(fragments: readonly Fragment[]): boolean {
  return (
    fragments.length <= KEPT_PAGE_REQUESTS_MAX && fragments.every(({ version }) => version !== undefined)
  );
}

/** Fingerprints may meet by chance; the same fragments, one by one, do not. */
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
