import { type Answer, CONTENT_TYPES, type Format } from './call.ts';
import { fingerprint } from './fingerprint.ts';
import type { Problem } from './problem.ts';
import type { RequestPage } from './request-pages.ts';
import type { Wire } from './wire.ts';
import { writeXml } from './write-xml.ts';

/**
 * What a call comes to: a page of requests already written, a finished HTML text, or a value to write, whose XML root is `root`.
 * A value that is made of one immutable thing names it in `keptWith`, and is then written once in each format.
 */
export type Reply =
  | { readonly page: RequestPage }
  | { readonly html: string }
  | { readonly root: string; readonly value: Wire; readonly keptWith?: object };

/** @param ifNoneMatch the ETags that the caller holds: one that still holds is answered by 304 and no body */
export function answerOf(reply: Reply, format: Format, ifNoneMatch: string | undefined): Answer {
  if ('page' in reply) return pageAnswer(reply.page, format, ifNoneMatch);
  if ('html' in reply) return plainAnswer(200, 'html', reply.html);
  if (reply.keptWith) return pageAnswer(writeOnce(reply.keptWith, format, reply), format, ifNoneMatch);
  return plainAnswer(200, format, writeValue(reply.root, reply.value, format));
}

/** The error list of GeoReport v2 in either format; the HTTP status is that of the first problem. */
export function errorAnswer(
  format: Format,
  problems: readonly Problem[],
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const value = problems.map(({ code, description }) => ({ code, description }));
  return plainAnswer(problems[0]?.code ?? 500, format, writeValue('errors', value, format), headers);
}

export function badExtension(): Answer {
  return plainAnswer(404, 'text', 'Bad extension. We support .xml and .json');
}

/** The answer to OPTIONS: pages of any origin may call; keys travel as arguments, never as cookies. */
export function preflight(): Answer {
  const headers = {
    ...COMMON,
    'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
    'access-control-allow-headers': 'content-type, if-none-match',
    'access-control-max-age': '86400',
  };
  return { status: 204, headers, body: '' };
}

const COMMON = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag',
  'x-content-type-options': 'nosniff',
} as const;

function plainAnswer(
  status: number,
  type: keyof typeof CONTENT_TYPES,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const own = { 'content-type': CONTENT_TYPES[type], 'cache-control': 'no-store' };
  return { status, headers: { ...COMMON, ...own, ...headers }, body };
}

function pageAnswer(page: RequestPage, format: Format, ifNoneMatch: string | undefined): Answer {
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'etag',
    'x-content-type-options': 'nosniff',
    'content-type': CONTENT_TYPES[format],
    'cache-control': 'no-cache',
    etag: page.etag,
  };
  if (ifNoneMatch !== undefined && isHeld(page.etag, ifNoneMatch)) return { status: 304, headers, body: '' };
  return { status: 200, headers, body: page.body, bytes: page.bytes };
}

/** Weak comparison (RFC 9110 §13.1.2), so that `W/` counts for nothing. */
function isHeld(etag: string, ifNoneMatch: string): boolean {
  const opaque = etag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((each) => {
    const held = each.trim();
    return held === '*' || held.replace(/^W\//, '') === opaque;
  });
}

const WRITTEN: Readonly<Record<Format, WeakMap<object, RequestPage>>> = {
  xml: new WeakMap(),
  json: new WeakMap(),
};

function writeOnce(
  source: object,
  format: Format,
  { root, value }: { readonly root: string; readonly value: Wire },
): RequestPage {
  const written = WRITTEN[format].get(source);
  if (written) return written;
  const body = writeValue(root, value, format);
  const bytes = new TextEncoder().encode(body);
  const page = { body, bytes, etag: `W/"${fingerprint(body)}"` };
  WRITTEN[format].set(source, page);
  return page;
}

function writeValue(root: string, value: Wire, format: Format): string {
  return format === 'xml' ? writeXml(root, value) : JSON.stringify(value);
}
