import { type Answer, sayCount, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import { Loading, Trouble } from '../shell/states.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { Basket, type Change } from './basket.tsx';
import { Edits } from './edits.tsx';
import { type Item, SORTS, type Sort, titleOf } from './fields.ts';
import { PlaceMap } from './place-map.tsx';
import { RecordForm } from './record-form.tsx';
import { TOWN_WORDS } from './town-words.ts';
import { useSay } from './use-say.ts';
import '../now/now.css';
import './town.css';
import { useTown } from '../shared/use-town.ts';

type Registered = Answer<'listRecords'>['records'][number];

const SHOWN = 200;

/** The town's registry: what is there, one record and its form, and the basket of changes that is previewed before anything holds. */
export function TownScreen(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const sort = SORTS.find((one) => one === search.get('sort')) ?? 'place';
  const chosen = search.get('code') ?? undefined;
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const records = useCall('listRecords', { query: { sort } }, { staleTime: 60_000 });
  const one = useCall(
    'listRecords',
    { query: { sort, code: chosen ?? '' } },
    { enabled: sort === 'place' && Boolean(chosen), staleTime: 60_000 },
  );
  const record = (sort === 'place' ? one : records).data?.records.find(({ code }) => code === chosen);
  const [drawn, setDrawn] = useState<Item['outline']>();
  const w = useWords(TOWN_WORDS);
  const s = useWords(SHELL_WORDS);
  if (records.error) {
    return <Trouble title={records.error.message} detail={records.error.remedy} onRetry={records.refetch} />;
  }
  const go = (next: { sort?: Sort; code?: string }): void => {
    setSearch({ sort, ...next });
  };
  const stage = (change: Change): void =>
    setChanges((now) => [
      ...now.filter((one) => !(one.sort === change.sort && one.code === change.code)),
      change,
    ]);
  return (
    <div className="now town">
      <header className="now-head">
        <h1>{s.rooms.town}</h1>
        <p className="soft grow">{w.lead}</p>
      </header>
      <nav className="town-sorts" aria-label={s.rooms.town}>
        {SORTS.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === sort}
            onClick={() => setSearch({ sort: one })}
          >
            {w.sorts[one]}
          </button>
        ))}
      </nav>
      {!records.data && <Loading />}
      {records.data && (
        <div className="town-grid">
          <Records sort={sort} all={records.data.records} chosen={chosen} onChoose={(code) => go({ code })} />
          <div className="town-work">
            {sort === 'place' && (
              <PlaceMap
                record={record?.record}
                isNew={chosen === ''}
                drawn={drawn}
                onDrawn={setDrawn}
                onStage={stage}
                onChoose={(code) => go({ code })}
              />
            )}
            <RecordForm
              key={`${sort}/${chosen}/${record?.knownFrom}`}
              sort={sort}
              code={chosen}
              record={record}
              outline={sort === 'place' ? drawn : undefined}
              onStage={stage}
            />
          </div>
          <div className="town-side">
            <Basket
              changes={changes}
              onDrop={(change) => setChanges((now) => now.filter((one) => one !== change))}
              onSaved={() => setChanges([])}
            />
            <Edits />
            <Elsewhere />
          </div>
        </div>
      )}
    </div>
  );
}

type RecordsProps = {
  readonly sort: Sort;
  readonly all: readonly Registered[];
  readonly chosen: string | undefined;
  readonly onChoose: (code: string) => void;
};

function Records({ sort, all, chosen, onChoose }: RecordsProps): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const say = useSay();
  const [text, setText] = useState('');
  const [most, setMost] = useState(SHOWN);
  const asked = text.trim().toLowerCase();
  const fits = ({ code, record }: Registered): boolean => {
    const { title, more } = titleOf(sort, record as Item, say);
    return `${code} ${title} ${more}`.toLowerCase().includes(asked);
  };
  const found = asked === '' ? all : all.filter(fits);
  const shown = found.slice(0, most);
  return (
    <section className="panel town-list">
      <input
        type="search"
        value={text}
        placeholder={w.find}
        aria-label={w.find}
        onChange={(event) => setText(event.target.value)}
      />
      <p className="town-found">
        <small className="grow">
          {w.found(sayCount(shown.length, language), sayCount(found.length, language))}
        </small>
        <button type="button" className="button" onClick={() => onChoose('')}>
          {w.fresh}
        </button>
      </p>
      {found.length === 0 && <p className="soft">{w.none}</p>}
      <ul>
        {shown.map(({ code, record }) => {
          const { title, more } = titleOf(sort, record as Item, say);
          const time = timeOf(record as Item);
          return (
            <li key={code}>
              <button type="button" aria-current={code === chosen} onClick={() => onChoose(code)}>
                {title} {time && <i className="soft">{w[time]}</i>}
                <small>{more}</small>
              </button>
            </li>
          );
        })}
      </ul>
      {found.length > most && (
        <button type="button" className="button" onClick={() => setMost(most + SHOWN)}>
          {w.more}
        </button>
      )}
    </section>
  );
}

/** Whether a record holds no more, or not yet. */
function timeOf({ validFrom, validTo }: Item): 'past' | 'future' | undefined {
  const now = Date.now();
  if (typeof validTo === 'number' && validTo <= now) return 'past';
  return typeof validFrom === 'number' && validFrom > now ? 'future' : undefined;
}

/** What is not changed here, and where it is. */
function Elsewhere(): ReactNode {
  const w = useWords(TOWN_WORDS);
  const town = useTown();
  return (
    <section className="panel">
      <h2>{w.elsewhere}</h2>
      <ul className="rows">
        <li>
          <a href="/powers">{w.powers}</a> · <a href="/powers/preview">{w.powersPreview}</a>
        </li>
        <li>
          <a href="/algorithms">{w.algorithms}</a>
        </li>
        <li>
          <a href="/api/scenes">{w.scenes}</a>
        </li>
        {town.data && <li>{w.calendar(town.data.calendar)}</li>}
      </ul>
    </section>
  );
}
