import type { FieldCase, FieldDay } from '@gezhi/contract';
import { SketchMap, type SketchMark, sayMoment, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useKeeper } from '../day/keeper.tsx';
import { byClock, byDistance, type Point } from '../near/near.ts';
import { useHere } from '../near/use-here.ts';
import { ahead } from '../outbox/ahead.ts';
import type { Entry } from '../outbox/entry.ts';
import { Head } from '../parts/head.tsx';
import { Icon } from '../parts/icon.tsx';
import { TaskRow } from '../parts/task-row.tsx';
import { WORDS } from '../words/words.ts';

/** What there is to do, by time or by distance, as a list or on the sketch. */
export function TasksScreen(): ReactNode {
  const w = useWords(WORDS);
  const { day } = useKeeper();
  const under = day?.post.name;
  return (
    <>
      <Head title={w.tasks.title} under={under} />
      <main className="screen">{day ? <Tasks day={day} /> : <NoDay />}</main>
    </>
  );
}

function NoDay(): ReactNode {
  const w = useWords(WORDS);
  const { online } = useKeeper();
  return (
    <p className="state" role="status">
      {online ? w.tasks.loading : w.tasks.noDay}
    </p>
  );
}

/** What is to be done here, and what others have in hand now: to be checked, to be called back. */
function parted(
  day: FieldDay,
  entries: readonly Entry[],
): readonly [readonly FieldCase[], readonly FieldCase[]] {
  const isMine = (c: FieldCase): boolean => {
    const process = day.processes.find(({ scene }) => scene === c.scene);
    const { phase } = ahead(c, process, entries);
    return phase === 'dispatched' || phase === 'underway';
  };
  return [day.cases.filter(isMine), day.cases.filter((c) => !isMine(c))];
}

type Order = 'clock' | 'distance';

function Tasks({ day }: { readonly day: FieldDay }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { here, failed, busy, look } = useHere();
  const [order, setOrder] = useState<Order>('clock');
  const [asMap, setAsMap] = useState(false);
  const { entries } = useKeeper();
  const [mine, others] = parted(day, entries);
  const sorted = byClock(mine);
  const cases = order === 'distance' && here ? byDistance(sorted, here, (c) => c.place.point) : sorted;
  const press = (): void => {
    setOrder('distance');
    look();
  };
  return (
    <>
      <div className="tools">
        <fieldset className="choice">
          <legend>{w.tasks.by}</legend>
          <button type="button" aria-pressed={order === 'clock'} onClick={() => setOrder('clock')}>
            <Icon name="clock" />
            {w.tasks.byClock}
          </button>
          <button type="button" aria-pressed={order === 'distance'} onClick={press} disabled={busy}>
            <Icon name="pin" />
            {order === 'distance' && here ? w.tasks.byDistance : w.tasks.where}
          </button>
        </fieldset>
        {day.sketch && (
          <button type="button" aria-pressed={asMap} onClick={() => setAsMap(!asMap)}>
            {asMap ? w.tasks.list : w.tasks.map}
          </button>
        )}
      </div>
      {order === 'distance' && <p className="hint">{failed ? w.tasks.noWhere : w.tasks.whereMore}</p>}
      {mine.length === 0 && (
        <div className="state">
          <Icon name="check" />
          <p>{w.tasks.empty}</p>
          <p className="hint">{w.tasks.emptyMore}</p>
        </div>
      )}
      {asMap ? (
        <TaskMap day={day} cases={cases} />
      ) : (
        <TaskList cases={cases} here={order === 'distance' ? here : undefined} />
      )}
      {others.length > 0 && (
        <details>
          <summary>{w.tasks.theirs(others.length)}</summary>
          <TaskList cases={others} here={undefined} />
        </details>
      )}
      {day.more && <p className="hint">{w.tasks.more}</p>}
      <p className="hint">{w.tasks.asOf(sayMoment(day.at, language))}</p>
    </>
  );
}

function TaskList({
  cases,
  here,
}: {
  readonly cases: readonly FieldCase[];
  readonly here: Point | undefined;
}): ReactNode {
  return (
    <ul className="rows">
      {cases.map((c) => (
        <TaskRow key={c.caseId} c={c} here={here} />
      ))}
    </ul>
  );
}

function TaskMap({
  day,
  cases,
}: {
  readonly day: FieldDay;
  readonly cases: readonly FieldCase[];
}): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const [, go] = useLocation();
  const [picked, setPicked] = useState<string>();
  if (!day.sketch) return null;
  const spots = bySpot(cases);
  const marks = [...spots].flatMap(([spot, there]): SketchMark[] => {
    const point = there[0]?.place.point;
    if (!point) return [];
    const tone = there.some(({ clocks }) => clocks.some(({ isPast }) => isPast)) ? 'late' : 'plain';
    const title = there.map(({ kind }) => kind.name[language]).join(w.outbox.andThen);
    return [{ id: spot, ...point, tone, title, ...(there.length > 1 ? { count: there.length } : {}) }];
  });
  const press = (spot: string): void => {
    const there = spots.get(spot) ?? [];
    if (there.length === 1) go(`/case/${there[0]?.caseId}`);
    else setPicked(spot);
  };
  const without = spots.get('') ?? [];
  return (
    <>
      <div className="map">
        <SketchMap sketch={day.sketch} marks={marks} label={w.tasks.mapLabel(cases.length)} onMark={press} />
      </div>
      {picked !== undefined && <TaskList cases={spots.get(picked) ?? []} here={undefined} />}
      {without.length > 0 && (
        <>
          <h2 className="small">{w.tasks.noPoint}</h2>
          <TaskList cases={without} here={undefined} />
        </>
      )}
    </>
  );
}

/** Matters at the same point stand together; those without one under the empty name. */
function bySpot(cases: readonly FieldCase[]): ReadonlyMap<string, readonly FieldCase[]> {
  const spots = new Map<string, FieldCase[]>();
  for (const c of cases) {
    const { point } = c.place;
    const spot = point ? `${point.lon},${point.lat}` : '';
    spots.set(spot, [...(spots.get(spot) ?? []), c]);
  }
  return spots;
}
