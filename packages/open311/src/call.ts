import type { Instant } from '@gezhi/basis';
import type { Fields } from './arguments.ts';
import type { UploadedFile } from './port.ts';

/** One HTTP call, unpacked by the transport. */
export type Call = {
  readonly method: string;
  /** From where Open311 is mounted, as it was sent (percent-encoded, without query): `/requests/12.json`. */
  readonly path: string;
  readonly query: Fields;
  /** The fields of an `application/x-www-form-urlencoded` or `multipart/form-data` body; left out where there is none. */
  readonly form?: Fields;
  readonly files?: readonly UploadedFile[];
  /** The header `If-None-Match`. */
  readonly ifNoneMatch?: string;
  readonly now: Instant;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body in UTF-8, where it lies ready: sending it spares encoding `body` again. Not to be written to. */
  readonly bytes?: Uint8Array;
};

export type Format = 'xml' | 'json';

export const CONTENT_TYPES: Readonly<Record<Format | 'html' | 'text', string>> = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};
