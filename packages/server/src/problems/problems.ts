import { Fault, type Refusal } from '@gezhi/basis';
import { LABELS, type RefusalCode } from '@gezhi/cases';
import { type FieldError, PROBLEM_TYPE, type Problem } from '@gezhi/contract';
import { isDatabaseAway } from '@gezhi/storage';
import { Unwelcome } from '../defence/unwelcome.ts';
import type { Language } from '../language.ts';
import { OTHER_REFUSAL, PROBLEM_ROWS } from './problem-words.ts';

/** A problem ready to send. */
export type ProblemAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
};

/** How long to wait before the same is sent again, where nothing else is known. */
const RETRY_AFTER_SECONDS = 2;

/** Turns a refusal into HTTP: status, title and remedy by its code, the reason as it stands, the facts behind it as `details`. */
export function problemOfRefusal(refusal: Refusal, language: Language): ProblemAnswer {
  const { errors, retryAfterSeconds, ...details } = (refusal.details ?? {}) as {
    errors?: readonly FieldError[];
    retryAfterSeconds?: number;
    words?: { zh: string; en: string };
  };
  const { status, title, remedy } = PROBLEM_ROWS[refusal.code] ?? OTHER_REFUSAL;
  const said = details.words?.[language] ?? (language === 'zh' ? inChinese(refusal.code) : undefined);
  return answer(
    {
      type: `urn:gezhi:problem:${refusal.code}`,
      title: title[language],
      status,
      code: refusal.code,
      detail: said || refusal.because,
      remedy: remedy[language],
      ...(errors ? { errors: [...errors] } : {}),
      ...(Object.keys(details).length > 0 ? { details } : {}),
    },
    language,
    retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined),
  );
}

function inChinese(code: string): string | undefined {
  if (Object.hasOwn(LABELS.refusals, code)) return LABELS.refusals[code as RefusalCode].zh;
  return PROBLEM_ROWS[code]?.title.zh;
}

/** Turns anything thrown into HTTP. What is not meant for the caller is not told; `isOurs` says whether it is worth a log entry. */
export function problemOfFault(
  error: unknown,
  language: Language,
): { readonly answer: ProblemAnswer; readonly isOurs: boolean } {
  const { code, because } = codeOf(error);
  const wait = error instanceof Unwelcome ? error.retryAfterSeconds : undefined;
  const refusal: Refusal = {
    refused: true,
    code,
    because: because ?? PROBLEM_ROWS[code]!.title.en,
    ...(wait === undefined ? {} : { details: { retryAfterSeconds: wait } }),
  };
  return { answer: problemOfRefusal(refusal, language), isOurs: code === 'fault' };
}

type Told = { readonly code: string; readonly because?: string };

function codeOf(error: unknown): Told {
  if (isDatabaseAway(error)) return { code: 'database-away' };
  if (isStopped(error)) return { code: 'took-too-long' };
  if (error instanceof Unwelcome) return { code: error.code, because: error.message };
  if (error instanceof Fault && (error.code === 'intake-full' || error.code === 'spool-full')) {
    return { code: error.code, because: error.message };
  }
  if (error instanceof Fault && TOLD_FAULTS.has(error.code)) {
    return { code: PROBLEM_ROWS[error.code] ? error.code : 'bad-input', because: error.message };
  }
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string };
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return { code: 'address-too-long' };
  if (code === 'FST_ERR_BAD_URL') return { code: 'address-unreadable' };
  if (BROKEN_MULTIPART.test(message ?? '')) return { code: 'broken-multipart' };
  if (statusCode === 413) return { code: 'too-large', because: message };
  if (statusCode === 415 || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE')
    return { code: 'bad-media-type', because: message };
  if (statusCode === 400) return { code: 'bad-json', because: message };
  if (statusCode === 404) return { code: 'no-such-route' };
  return { code: 'fault' };
}

/** What the parser of multipart says of a body that ends early or has no boundary; it gives these errors no code. */
const BROKEN_MULTIPART = /^Multipart: Boundary not found$|nexpected end of multipart data$/;

/** A query that ran past its time (PostgreSQL's 57014). */
export function isStopped(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === '57014';
}

/** Faults that come of what the caller asked, and say so. */
const TOLD_FAULTS = new Set([
  'no-such-district',
  'no-town',
  'window-not-whole-hours',
  'zone-not-whole-hours',
  'two-request-bases',
  'bad-point',
  // of a file that was sent
  'bad-header',
  'missing-column',
  'not-this-format',
  'sheet-too-large',
]);

function answer(body: Problem, language: Language, retryAfterSeconds: number | undefined): ProblemAnswer {
  return {
    status: body.status,
    headers: {
      'content-type': `${PROBLEM_TYPE}; charset=utf-8`,
      'content-language': language,
      'cache-control': 'no-store',
      vary: 'Accept-Language',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...(body.status === 401 ? { 'www-authenticate': 'Bearer realm="gezhi"' } : {}),
    },
    body,
  };
}
