import type { Hostile } from './make-request.ts';
import { MARK } from './payloads.ts';
import { CONTACT_CANARIES, WORDS_CANARY } from './world.ts';

/** What came back; `status` 0 where the line was cut before an answer, which only a parser of HTTP may do. */
export type Seen = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  readonly problem?: string;
};

/** What is wrong with an answer; nothing where all is well. */
export function judge(asked: Hostile, seen: Seen): readonly string[] {
  const found: string[] = [];
  if (seen.problem) found.push(seen.problem);
  if (seen.status >= 500) found.push(`answers ${seen.status}`);
  for (const [name, pattern] of Object.entries(INSIDES)) {
    const at = pattern.exec(seen.body);
    if (at)
      found.push(
        `tells its inside (${name}): ${seen.body.slice(Math.max(0, at.index - 80), at.index + 120)}`,
      );
  }
  found.push(...leaks(asked, seen));
  const leads = String(seen.headers.location ?? '/');
  if (!/^\/(?![/\\])/.test(leads)) found.push(`leads to ${leads.slice(0, 80)}`);
  if (!hasHeaders(seen)) found.push('lacks the headers of every answer');
  const type = String(seen.headers['content-type'] ?? '');
  const isSheet = /csv|spreadsheet|zip/.test(type);
  if (isSheet && !/^attachment\b/.test(String(seen.headers['content-disposition'])))
    found.push('shows a sheet where it should be kept as a file');
  const isHtml = type.includes('html');
  if (isHtml && seen.body.includes(`<${MARK}`)) found.push('a payload became an element');
  if (isHtml && /<script(?![^>]* src="\/)/.test(seen.body)) found.push('a script stands in the page');
  return found;
}

/** What only our own code and database say. None of it stands in a payload. */
const INSIDES: Readonly<Record<string, RegExp>> = {
  stack: /\n\s+at (?:async )?[\w.<>]+ ?\(?(?:file:|node:|\/)/,
  path: /node_modules|packages\/(?:server|town|storage)\/src|file:\/\/\/(?!etc)/,
  error: /(?:Type|Reference|Range|Syntax)Error\b|Cannot read propert|is not a function|is not iterable/,
  sql: /invalid (?:input syntax|byte sequence)|relation "|violates [\w-]+ constraint|syntax error at or near|out of range for type/,
  schema: /ZodError|FST_ERR|ERR_[A-Z]{3}/,
  socket: /ECONNREFUSED|ENOENT|EACCES/,
};

/** Contacts are for nobody but a look with a purpose, what was said is for staff. */
function leaks({ caller, route }: Hostile, { body, status }: Seen): readonly string[] {
  const mayLook = caller.isStaff && /contact/.test(route.url) && status < 400;
  const found: string[] = mayLook
    ? []
    : CONTACT_CANARIES.filter((canary) => body.includes(canary)).map(
        (canary) => `tells ${caller.name} ${canary}`,
      );
  if (!caller.isStaff && body.includes(WORDS_CANARY)) found.push(`tells ${caller.name} what somebody said`);
  return found;
}

/** What node's own parser answers (400, 408, 414, 431) never reached our code. */
function hasHeaders({ status, headers, body }: Seen): boolean {
  const isParser = status === 0 || (body === '' && [400, 408, 413, 414, 417, 431].includes(status));
  return (
    isParser ||
    (headers['x-content-type-options'] === 'nosniff' && headers['content-security-policy'] !== undefined)
  );
}
