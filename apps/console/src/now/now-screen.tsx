import type { NowView } from '@gezhi/contract';
import { SketchMap, sayCount, sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { casesAt } from '../queue/view.ts';
import { useKindName } from '../shared/use-kind-name.ts';
import { Loading, Trouble } from '../shell/states.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { Figure, Usual } from './figure.tsx';
import { NOW_WORDS } from './now-words.ts';
import {
  DuePanel,
  KindsPanel,
  NextPanel,
  PhasesPanel,
  PlacesPanel,
  RatesPanel,
  UnitsPanel,
  UnknownPanel,
} from './panels.tsx';
import './now.css';

/** 一屏掌控: one screen a level, from the town down to a grid. Every number leads to its cases. */
export function NowScreen(): ReactNode {
  const [search] = useSearchParams();
  const place = search.get('place') ?? undefined;
  const now = useCall('getNow', { query: place ? { place } : {} }, { refetchInterval: 60_000 });
  if (now.error) return <Trouble title={now.error.message} detail={now.error.remedy} onRetry={now.refetch} />;
  if (!now.data) return <Loading />;
  return <Board now={now.data} />;
}

function Board({ now }: { readonly now: NowView }): ReactNode {
  const [isWall, setWall] = useState(false);
  const w = useWords(NOW_WORDS);
  const s = useWords(SHELL_WORDS);
  const { language } = useLanguage();
  const name = now.place?.name ?? w.whole;
  const here = now.place ? { place: now.place.code } : {};
  return (
    <div className={isWall ? 'now wall' : 'now'}>
      <header className="now-head">
        <h1>
          <span className="soft">{s.rooms.now}</span> {name}
        </h1>
        <Path now={now} />
        <p className="soft grow">{w.at(sayMoment(now.at, language))}</p>
        <button type="button" className="button" onClick={() => setWall(!isWall)}>
          {isWall ? w.leaveWall : w.wall}
        </button>
      </header>
      <dl className="now-figures">
        <Figure
          name={w.today}
          count={now.opened.count}
          to={casesAt({ ...here, from: now.since })}
          counting={now.unknown.behind > 0}
        >
          <Usual beside={now.opened} />
        </Figure>
        <Figure name={w.open} count={now.open.total} to={casesAt(here)} />
        <Figure name={w.late} count={now.open.late} tone="late" to={casesAt({ ...here, late: 'true' })} />
        {(['danger', 'whistled', 'reopened', 'escalated'] as const).map((flag) => (
          <Figure
            key={flag}
            name={w[flag]}
            count={now.flags[flag] ?? 0}
            tone={flag === 'danger' ? 'late' : 'wait'}
            to={casesAt({ ...here, flag })}
          />
        ))}
      </dl>
      <div className="now-grid">
        <div className="now-column">
          <PhasesPanel now={now} here={here} />
          <DuePanel now={now} here={here} />
          <RatesPanel now={now} here={here} />
          <UnitsPanel now={now} here={here} />
        </div>
        <MapPanel now={now} name={name} />
        <div className="now-column">
          <NextPanel now={now} />
          <TopicsPanel place={now.place?.code} />
          <KindsPanel now={now} here={here} />
        </div>
      </div>
      <PlacesPanel now={now} />
      <UnknownPanel now={now} here={here} />
    </div>
  );
}

/** From the town down to here; each step leads back up. */
function Path({ now }: { readonly now: NowView }): ReactNode {
  const w = useWords(NOW_WORDS);
  if (!now.place) return null;
  return (
    <nav aria-label={w.places}>
      <ol className="now-path">
        <li>
          <Link href="/">{w.whole}</Link>
        </li>
        {now.path.slice(0, -1).map(({ code, name }) => (
          <li key={code}>
            <Link href={`/?place=${code}`}>{name}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function MapPanel({ now, name }: { readonly now: NowView; readonly name: string }): ReactNode {
  const w = useWords(NOW_WORDS);
  const [, go] = useLocation();
  const kindName = useKindName();
  const query = now.drawn ?? {};
  const sketch = useCall('sketchPlaces', { query }, { staleTime: 3_600_000 });
  const most = Math.max(1, ...now.below.map(({ open }) => open));
  const depth = Object.fromEntries(now.below.map(({ code, open }) => [code, open / most]));
  return (
    <section className="now-map" aria-label={w.map(name)}>
      {sketch.error && <p className="soft">{w.mapNone}</p>}
      {sketch.data && (
        <SketchMap
          sketch={sketch.data}
          label={w.map(name)}
          depth={depth}
          marks={now.points.map(({ caseId, lon, lat, flags, kind }) => ({
            id: caseId,
            lon,
            lat,
            title: kindName(kind),
            tone: flags.includes('danger') || flags.includes('late') ? 'late' : 'plain',
          }))}
          onArea={(code) => code !== now.place?.code && go(`/?place=${code}`)}
          onMark={(id) => go(`~/console/cases/${id}`)}
        />
      )}
    </section>
  );
}

const TOPICS_MAX = 5;

function TopicsPanel({ place }: { readonly place: string | undefined }): ReactNode {
  const w = useWords(NOW_WORDS);
  const { language } = useLanguage();
  const topics = useCall('readTopics', { query: { days: '7', ...(place ? { place } : {}) } });
  const say = (n: number): string => sayCount(n, language);
  return (
    <section className="panel">
      <h2>
        <Link href="~/console/topics">{w.topics}</Link>
      </h2>
      {topics.data?.topics.length === 0 && <p className="soft">{w.topicsNone}</p>}
      <ol className="rows">
        {topics.data?.topics.slice(0, TOPICS_MAX).map(({ id, label, voices, people }) => (
          <li key={id}>
            <Link href={`~/console/topics?topic=${encodeURIComponent(id)}`} className="grow">
              {label}
            </Link>
            <small>{w.voices(say(voices), say(people))}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
