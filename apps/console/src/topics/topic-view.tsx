import { type Answer, SketchMap, sayCount, sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useKindName } from '../shared/use-kind-name.ts';
import { History } from './history.tsx';
import { ThemePartForm } from './theme-part-form.tsx';
import type { Topic } from './topic.ts';
import { TOPICS_WORDS } from './topics-words.ts';

const CASES_SHOWN = 12;

/** One topic: how many, who never; where, since when, beside the season, and the cases behind it. */
export function TopicView(props: {
  readonly topic: Topic;
  readonly policy: Answer<'readTopics'>['policy'];
}): ReactNode {
  const { topic, policy } = props;
  const w = useWords(TOPICS_WORDS);
  const { language } = useLanguage();
  const say = (n: number): string => sayCount(n, language);
  const [isWhole, showWhole] = useState(false);
  const shown = topic.cases?.slice(0, isWhole ? undefined : CASES_SHOWN) ?? [];
  const elsewhere = topic.voices - topic.where.reduce((sum, { voices }) => sum + voices, 0);
  return (
    <article className="panel topic">
      <h2>{topic.label}</h2>
      <p className="soft">
        {w.since(sayMoment(topic.since, language))} · {w.latest(sayMoment(topic.latest, language))}
        {topic.mergedFrom.length > 0 && ` · ${w.merged}`}
        {topic.splitFrom && ` · ${w.split}`}
      </p>
      <dl className="now-figures">
        <Figured name={w.people} value={say(topic.people)} />
        <Figured name={w.voices} value={say(topic.voices)} />
        <Figured name={w.joined} value={say(topic.joined)} />
        <Figured name={w.heat} value={say(topic.heat)} />
      </dl>
      <p>{saySeason(topic, w, language)}</p>
      <details>
        <summary>{w.formula}</summary>
        <p>
          {policy.formula[language]} <small>{policy.version}</small>
        </p>
      </details>
      <History topic={topic} />
      <div className="topic-parts">
        <section>
          <h3>{w.where}</h3>
          <Where topic={topic} />
          <ul className="rows">
            {topic.where.map(({ code, name, voices }) => (
              <li key={code}>
                <Link href={`~/console/now?place=${code}`} className="grow">
                  {name}
                </Link>
                <b>{say(voices)}</b>
              </li>
            ))}
            {elsewhere > 0 && (
              <li>
                <span className="grow soft">{w.elsewhere}</span>
                <b>{say(elsewhere)}</b>
              </li>
            )}
          </ul>
        </section>
        <section>
          <h3>{w.cases}</h3>
          <ul className="rows">
            {shown.map(({ caseId }) => (
              <CaseRow key={caseId} caseId={caseId} />
            ))}
          </ul>
          {topic.cases && topic.cases.length > shown.length && (
            <button type="button" className="bare" onClick={() => showWhole(true)}>
              {w.all(say(topic.cases.length))}
            </button>
          )}
        </section>
      </div>
      <details>
        <summary>{w.plan}</summary>
        <p className="soft">{w.planLead}</p>
        <ThemePartForm part="theme" title={topic.label} />
      </details>
    </article>
  );
}

function Figured({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** A case of the topic by its kind and place, as the asker may see it. */
function CaseRow({ caseId }: { readonly caseId: string }): ReactNode {
  const { language } = useLanguage();
  const found = useCall('getCase', { params: { id: caseId } }, { staleTime: 300_000 });
  const name = found.data ? `${found.data.kind.name[language]} · ${found.data.place.name}` : '…';
  return (
    <li>
      <Link href={`~/console/cases/${caseId}`} className="grow">
        {name}
      </Link>
      {found.data && <small>{found.data.state.label[language]}</small>}
    </li>
  );
}

function Where({ topic }: { readonly topic: Topic }): ReactNode {
  const w = useWords(TOPICS_WORDS);
  const now = useCall('getNow', { query: {} }, { staleTime: 60_000 });
  const kindName = useKindName();
  const sketch = useCall('sketchPlaces', { query: now.data?.drawn ?? {} }, { staleTime: 3_600_000 });
  if (!sketch.data || !now.data) return null;
  const own = new Map(now.data.points.map((point) => [point.caseId, point]));
  const marks = (topic.cases ?? []).flatMap(({ caseId }) => {
    const point = own.get(caseId);
    return point ? [{ id: caseId, lon: point.lon, lat: point.lat, title: kindName(point.kind) }] : [];
  });
  return (
    <div className="topic-map">
      <SketchMap sketch={sketch.data} marks={marks} label={w.map(topic.label)} />
    </div>
  );
}

function saySeason({ season, kinds }: Topic, w: (typeof TOPICS_WORDS)['zh'], language: 'zh' | 'en'): string {
  if (!season) return w.noSeason;
  const say = (n: number): string => sayCount(Math.round(n), language);
  const kind = kinds?.find(({ code }) => code === season.kind)?.name[language] ?? season.kind;
  return w.season(kind, say(season.count), say(season.expected), say(season.low), say(season.high));
}
