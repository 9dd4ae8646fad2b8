import { sayDistance, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Flags } from '../shared/flags.tsx';
import { Remaining, useNow } from '../shared/remaining.tsx';
import { Empty, Loading, Trouble } from '../shell/states.tsx';
import type { Row } from './put-rows.ts';
import type { Rows } from './use-rows.ts';
import { fileAt, searchOf, type View } from './view.ts';
import { QUEUE_WORDS } from './words/words.ts';

type Props = {
  readonly found: Rows;
  readonly view: View;
  readonly shown: string | undefined;
  readonly chosen: ReadonlySet<string>;
  readonly onShow: (caseId: string) => void;
  readonly onToggle: (caseId: string) => void;
};

/** Every row is as high as this, so that ten thousand cost what twenty do. */
const ROW_PX = 68;
/** Rows made beyond what is seen, above and below. */
const SPARE = 8;
/** The next page is asked for while so many are still below. */
const AHEAD = 60;

/** The cases of a view; only those near the window are in the page. */
export function CaseList(props: Props): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const { found, view } = props;
  if (found.error) return <Trouble title={found.error.message} onRetry={found.again} />;
  if (found.isLoading) return <Loading />;
  if (found.rows.length === 0) {
    const isPlain = searchOf(view) === '';
    return <Empty title={isPlain ? w.none : w.nothing}>{isPlain && <p>{w.noneHelp}</p>}</Empty>;
  }
  return (
    <>
      <p className="queue-count">
        <small>{w.shown(found.rows.length, !found.hasMore)}</small>
        <a href={fileAt(view)} download>
          {w.export}
        </a>
      </p>
      <Window {...props} />
    </>
  );
}

function Window({ found, shown, chosen, onShow, onToggle }: Props): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const box = useRef<HTMLElement>(null);
  const { first, last } = useWindow(box, found);
  const { rows } = found;
  useEffect(() => {
    const at = rows.findIndex(({ caseId }) => caseId === shown);
    if (at >= 0) bringIntoView(box.current, at);
  }, [shown, rows]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    <section ref={box} className="window" tabIndex={0} aria-label={w.cases}>
      <ul style={{ height: rows.length * ROW_PX }}>
        {rows.slice(first, last).map((row, i) => (
          <li
            key={row.caseId}
            style={{ transform: `translateY(${(first + i) * ROW_PX}px)` }}
            aria-setsize={found.hasMore ? -1 : rows.length}
            aria-posinset={first + i + 1}
            className={row.caseId === shown ? 'here' : undefined}
          >
            <input
              type="checkbox"
              aria-label={w.select(row.excerpt ?? row.caseId)}
              checked={chosen.has(row.caseId)}
              onChange={() => onToggle(row.caseId)}
            />
            <CaseRow row={row} onShow={onShow} isHere={row.caseId === shown} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CaseRow(props: {
  readonly row: Row;
  readonly isHere: boolean;
  readonly onShow: (caseId: string) => void;
}): ReactNode {
  const { row, isHere, onShow } = props;
  const w = useWords(QUEUE_WORDS);
  const { language } = useLanguage();
  const now = useNow();
  const { kind, place, excerpt, state, unit, flags, requests, next, clock, openedAt } = row;
  return (
    <button type="button" aria-current={isHere || undefined} onClick={() => onShow(row.caseId)}>
      <span className="row-line">
        <b>{kind.name[language]}</b>
        <span className="row-place">{place.name}</span>
        {requests > 1 && <small>{w.people(requests)}</small>}
        <span className="grow" />
        {next ? (
          <Remaining dueAt={next.dueAt} clock={clock?.[language]} />
        ) : (
          <small>{w.opened(sayDistance(openedAt, now, language))}</small>
        )}
      </span>
      <span className="row-line second">
        <span className="row-said">{excerpt ?? w.noWords}</span>
        <Flags flags={flags} />
        <span className="tag state">{state.label[language]}</span>
        {unit && <small className="row-unit">{unit.name}</small>}
      </span>
    </button>
  );
}

/** Which rows are near the window of a box that scrolls; asks for more near the end. */
function useWindow(
  box: { readonly current: HTMLElement | null },
  { rows, loadMore }: Rows,
): { readonly first: number; readonly last: number } {
  const [seen, setSeen] = useState({ first: 0, last: 30 });
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = (): void => {
      const first = Math.max(0, Math.floor(element.scrollTop / ROW_PX) - SPARE);
      const last = first + Math.ceil(element.clientHeight / ROW_PX) + 2 * SPARE;
      setSeen((was) => (was.first === first && was.last === last ? was : { first, last }));
      if (last + AHEAD > rows.length) loadMore();
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  });
  return seen;
}

function bringIntoView(element: HTMLElement | null, at: number): void {
  if (!element) return;
  const top = at * ROW_PX;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + ROW_PX > element.scrollTop + element.clientHeight) {
    element.scrollTop = top + ROW_PX - element.clientHeight;
  }
}
