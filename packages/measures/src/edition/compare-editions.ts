import { compareTexts } from '../contributions.ts';
import type { CountedRequest, Edition, EditionRates } from './edition.ts';

/** One published number that a revision changed; null where there was none to share. */
export type NumberChange = {
  readonly subject: string;
  readonly figure:
    | 'volume'
    | 'n'
    | 'response'
    | 'solve'
    | 'satisfaction'
    | 'score'
    | 'unreachable'
    | 'excluded';
  readonly before: number | null;
  readonly after: number | null;
};

/** Why: how single requests count now. */
export type CountChange = {
  readonly subject: string;
  readonly number: string;
  readonly before: CountedRequest['counts'] | 'absent';
  readonly after: CountedRequest['counts'] | 'absent';
};

/** The numbers on which two editions of one period differ, row by row; empty where they say the same. */
export function compareEditions(before: Edition, after: Edition): NumberChange[] {
  const subjects = new Set([...before.rows, ...after.rows].map(({ subject }) => subject));
  return [...subjects].sort(compareTexts).flatMap((subject) => {
    const [a, b] = [figuresOf(before, subject), figuresOf(after, subject)];
    return (Object.keys(a) as NumberChange['figure'][])
      .filter((figure) => a[figure] !== b[figure])
      .map((figure) => ({ subject, figure, before: a[figure], after: b[figure] }));
  });
}

/** The requests behind those changes: those that count otherwise, came in, or went. */
export function compareLists(
  before: readonly CountedRequest[],
  after: readonly CountedRequest[],
): CountChange[] {
  const [a, b] = [byNumber(before), byNumber(after)];
  const numbers = [...new Set([...a.keys(), ...b.keys()])].sort(compareTexts);
  return numbers.flatMap((number) => {
    const [one, other] = [a.get(number), b.get(number)];
    const isSame =
      one?.counts === other?.counts &&
      one?.subject === other?.subject &&
      one?.earned?.solve === other?.earned?.solve &&
      one?.earned?.response === other?.earned?.response &&
      one?.earned?.satisfaction === other?.earned?.satisfaction;
    if (isSame) return [];
    const { subject } = (other ?? one)!;
    return [{ subject, number, before: one?.counts ?? 'absent', after: other?.counts ?? 'absent' }];
  });
}

function figuresOf(
  { rows }: Edition,
  subject: string,
): Readonly<Record<NumberChange['figure'], number | null>> {
  const rates: EditionRates | undefined = rows.find((row) => row.subject === subject)?.rates;
  return {
    volume: rates?.volume ?? null,
    n: rates?.n ?? null,
    response: rates?.response?.value ?? null,
    solve: rates?.solve?.value ?? null,
    satisfaction: rates?.satisfaction?.value ?? null,
    score: rates?.score?.value ?? null,
    unreachable: rates?.unreachable?.value ?? null,
    excluded: rates?.excluded.count ?? null,
  };
}

function byNumber(list: readonly CountedRequest[]): ReadonlyMap<string, CountedRequest> {
  return new Map(list.map((one) => [one.number, one]));
}
