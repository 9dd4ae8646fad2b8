import { DAY, type Instant } from '@gezhi/basis';
import { type Arguments, bad, list, one, readNumber } from './arguments.ts';
import { readMoment } from './moment.ts';
import type { BoundingBox, RequestQuery, UpdateQuery } from './port.ts';
import type { Failure, Problem } from './problem.ts';
import { badMoment } from './read-attributes.ts';
import type { Status } from './status.ts';

/** The longest span that one search may cover, and the one it covers where no dates are given (GeoReport v2). */
export const WINDOW_DAYS_MAX = 90;

/** The most requests that one answer holds (GeoReport v2), and the size of a page where none is given. */
export const PAGE_SIZE_MAX = 1_000;

/** The furthest row that paging reaches: beyond it, narrower dates are cheaper for everybody. */
export const ROWS_REACHED_MAX = 100_000;

/** The ids of `service_request_id`, which overrides every other argument; `undefined` where it is not given. */
export function readIds(args: Arguments): readonly string[] | Failure | undefined {
  const ids = list(args, 'service_request_id');
  if (ids.length === 0) return undefined;
  if (ids.length <= PAGE_SIZE_MAX) return ids;
  const description = `service_request_id names ${ids.length} requests; at most ${PAGE_SIZE_MAX} are answered.`;
  return { problems: [{ code: 400, description }] };
}

/** Reads the filters of GET requests. */
export function readRequestQuery(args: Arguments, now: Instant): RequestQuery | Failure {
  const problems: Problem[] = [];
  const serviceCodes = list(args, 'service_code');
  const statuses = readStatuses(args, problems);
  const query: RequestQuery = {
    ...readWindow(args, now, problems),
    serviceCodes: serviceCodes.length > 0 ? serviceCodes : undefined,
    statuses: statuses.length > 0 ? statuses : undefined,
    box: readBox(args, problems),
    ...readPage(args, problems),
    extended: isExtended(args),
  };
  return problems.length > 0 ? { problems } : query;
}

/** Reads the filters of GET servicerequestupdates. */
export function readUpdateQuery(args: Arguments, now: Instant): UpdateQuery | Failure {
  const problems: Problem[] = [];
  const query = { ...readWindow(args, now, problems), ...readPage(args, problems) };
  return problems.length > 0 ? { problems } : query;
}

export function isExtended(args: Arguments): boolean {
  return args.all('extensions')[0]?.toLowerCase() === 'true';
}

function readStatuses(args: Arguments, problems: Problem[]): readonly Status[] {
  const statuses = list(args, 'status').map((status) => status.toLowerCase());
  if (statuses.some((status) => status !== 'open' && status !== 'closed')) {
    bad(problems, 'status must be open, closed, or both with a comma.');
  }
  return (['open', 'closed'] as const).filter((status) => statuses.includes(status));
}

function readWindow(
  args: Arguments,
  now: Instant,
  problems: Problem[],
): { readonly from: Instant; readonly to: Instant } {
  const span = WINDOW_DAYS_MAX * DAY;
  const start = readDate(args, 'start_date', problems);
  const end = readDate(args, 'end_date', problems);
  const to = end ?? (start === undefined ? now : start + span);
  const from = start ?? to - span;
  if (from > to) bad(problems, 'start_date lies after end_date.');
  else if (to - from > span) bad(problems, `start_date and end_date span more than ${WINDOW_DAYS_MAX} days.`);
  return { from, to };
}

function readDate(args: Arguments, name: string, problems: Problem[]): Instant | undefined {
  const text = one(args, name, problems);
  if (text === undefined) return undefined;
  const at = readMoment(text);
  if (at === undefined) badMoment(problems, name, text);
  return at;
}

function readPage(args: Arguments, problems: Problem[]): { readonly limit: number; readonly offset: number } {
  const limit = readCount(args, 'page_size', PAGE_SIZE_MAX, problems) ?? PAGE_SIZE_MAX;
  const page = readCount(args, 'page', ROWS_REACHED_MAX, problems) ?? 1;
  if (page * limit > ROWS_REACHED_MAX) {
    bad(problems, `page × page_size may reach ${ROWS_REACHED_MAX}; narrow the dates instead.`);
  }
  return { limit, offset: (page - 1) * limit };
}

function readCount(args: Arguments, name: string, max: number, problems: Problem[]): number | undefined {
  const text = one(args, name, problems);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= max) return Number(text);
  bad(problems, `${name} must be a whole number from 1 to ${max}.`);
  return undefined;
}

/** `bbox=min_lon,min_lat,max_lon,max_lat` in WGS-84 degrees, the order of GeoJSON (RFC 7946 §5); it may not cross 180°. */
function readBox(args: Arguments, problems: Problem[]): BoundingBox | undefined {
  const text = one(args, 'bbox', problems);
  if (text === undefined) return undefined;
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length !== 4) {
    bad(problems, 'bbox must be four numbers: min_lon,min_lat,max_lon,max_lat.');
    return undefined;
  }
  const [minLong, minLat, maxLong, maxLat] = parts.map((part, i) =>
    readNumber(part, 'bbox', i % 2 === 0 ? [-180, 180] : [-90, 90], problems),
  );
  if (minLong === undefined || minLat === undefined || maxLong === undefined || maxLat === undefined) {
    return undefined;
  }
  if (minLong > maxLong || minLat > maxLat) bad(problems, 'bbox has a minimum above its maximum.');
  return { minLong, minLat, maxLong, maxLat };
}
