import { FLAGS, isOpenPhase, LABELS, PHASES } from '@gezhi/cases';
import { sayDay, sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useTown } from '../shared/use-town.ts';
import { searchOf, type View } from './view.ts';
import { QUEUE_WORDS } from './words/words.ts';

type Props = { readonly view: View; readonly onShow: (view: View) => void };

/** Search, and what narrows a queue. */
export function Filters({ view, onShow }: Props): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const { language } = useLanguage();
  const kinds = useCall('listKinds', {}, { staleTime: 600_000 });
  const [text, setText] = useState(view.q ?? '');
  useEffect(() => setText(view.q ?? ''), [view.q]);
  const put = (name: 'kind' | 'flag' | 'phase', value: string): void => {
    const { [name]: _, q: __, ...others } = view;
    onShow(value ? { ...others, [name]: value } : others);
  };
  const { q: _, ...plain } = view;
  return (
    <div className="filters">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onShow(text.trim() ? { queue: view.queue, q: text.trim() } : plain);
        }}
      >
        <input
          type="search"
          className="field queue-search"
          value={text}
          placeholder={w.search}
          aria-label={w.search}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
      <div className="filter-row">
        <Choice label={w.kind} any={w.anyKind} value={view.kind} onPick={(value) => put('kind', value)}>
          {kinds.data?.kinds.map(({ code, name }) => [code, name[language]] as const) ?? []}
        </Choice>
        <Choice label={w.flag} any={w.anyFlag} value={view.flag} onPick={(value) => put('flag', value)}>
          {FLAGS.map((flag) => [flag, LABELS.flags[flag][language]] as const)}
        </Choice>
        <Choice label={w.phase} any={w.anyPhase} value={view.phase} onPick={(value) => put('phase', value)}>
          {PHASES.filter(isOpenPhase).map((phase) => [phase, LABELS.phases[phase][language]] as const)}
        </Choice>
        <label className="check">
          <input
            type="checkbox"
            checked={view.late === 'true'}
            onChange={(event) => {
              const { late: _late, ...others } = plain;
              onShow(event.target.checked ? { ...others, late: 'true' } : others);
            }}
          />
          {w.late}
        </label>
        {searchOf(view) !== '' && (
          <button type="button" className="bare" onClick={() => onShow({ queue: view.queue })}>
            {w.clear}
          </button>
        )}
      </div>
      <Chips view={view} onShow={onShow} />
    </div>
  );
}

/** What a list was narrowed to by the number that led here, and no choice above shows; each is taken off by a press. */
function Chips({ view, onShow }: Props): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const { language } = useLanguage();
  const town = useTown();
  const narrowed = useCall(
    'readQueue',
    { params: { queue: 'open' }, query: { place: view.place ?? '', limit: 1 } },
    { enabled: view.place !== undefined, staleTime: 600_000 },
  );
  const day = (at: string): string => sayDay(at, language);
  const moment = (at: string): string => sayMoment(at, language);
  const unit = town.data?.units.find(({ code }) => code === view.unit)?.name ?? view.unit;
  const chips: readonly (readonly [keyof View, string | undefined])[] = [
    ['place', view.place && w.chips.place(narrowed.data?.place?.name ?? view.place)],
    ['unit', unit && w.chips.unit(unit)],
    ['from', view.from && w.chips.from(day(view.from))],
    ['to', view.to && w.chips.to(day(view.to))],
    ['open', view.open && w.chips.open[view.open]],
    ['counted', view.counted && w.chips.counted[view.counted]],
    ['dueAfter', view.dueAfter && w.chips.dueAfter(moment(view.dueAfter))],
    ['dueBy', view.dueBy && w.chips.dueBy(moment(view.dueBy))],
    ['due', view.due && w.chips.due],
    ['point', view.point && w.chips.point],
  ];
  const shown = chips.filter(([, text]) => text);
  if (shown.length === 0) return null;
  return (
    <ul className="narrowings" aria-label={w.chips.title}>
      {shown.map(([name, text]) => (
        <li key={name}>
          <button
            type="button"
            className="narrowing"
            title={w.chips.drop}
            onClick={() => {
              const { [name]: _, ...others } = view;
              onShow({ ...others, queue: view.queue });
            }}
          >
            {text} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly onPick: (value: string) => void;
  readonly children: readonly (readonly [string, string])[];
};

function Choice({ label, any, value, onPick, children }: ChoiceProps): ReactNode {
  return (
    <select
      className={value ? 'field set' : 'field'}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onPick(event.target.value)}
    >
      <option value="">{any}</option>
      {children.map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
