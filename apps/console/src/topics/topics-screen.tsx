import { type Answer, sayCount, sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import { Empty, Loading, Trouble } from '../shell/states.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { Themes } from './themes.tsx';
import { TopicView } from './topic-view.tsx';
import { TOPICS_WORDS } from './topics-words.ts';
import '../now/now.css';
import './topics.css';

const WINDOWS = ['7', '30'] as const;

/** What many write about: on the left the topics by heat, on the right one of them, below it the themes of the month. */
export function TopicsScreen(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const [days, setDays] = useState<'7' | '30'>('7');
  const topics = useCall('readTopics', { query: { days } });
  const w = useWords(TOPICS_WORDS);
  const s = useWords(SHELL_WORDS);
  const { language } = useLanguage();
  if (topics.error) {
    return <Trouble title={topics.error.message} detail={topics.error.remedy} onRetry={topics.refetch} />;
  }
  const found = topics.data?.topics ?? [];
  const chosen = found.find(({ id }) => id === search.get('topic')) ?? found[0];
  return (
    <div className="now">
      <header className="now-head">
        <h1>{s.rooms.topics}</h1>
        <label className="choice">
          <span>{w.window}</span>
          <select value={days} onChange={(event) => setDays(event.target.value as '7' | '30')}>
            {WINDOWS.map((one) => (
              <option key={one} value={one}>
                {w.windows[one]}
              </option>
            ))}
          </select>
        </label>
        {topics.data && <p className="soft">{sayRun(topics.data, w, language)}</p>}
      </header>
      {!topics.data && <Loading />}
      {topics.data && !chosen && (
        <Empty title={w.none}>
          <p>{w.noneHelp}</p>
        </Empty>
      )}
      {topics.data && chosen && (
        <div className="topics-grid">
          <ol className="panel topics-list">
            {found.map((topic) => (
              <li key={topic.id}>
                <button
                  type="button"
                  aria-current={topic.id === chosen.id}
                  onClick={() => setSearch({ topic: topic.id })}
                >
                  <span className="grow">
                    {topic.label}
                    {topic.isNew && <b className="stands above">{w.isNew}</b>}
                    <small>{topic.where.map(({ name }) => name).join(language === 'zh' ? '、' : ', ')}</small>
                  </span>
                  <span className="topics-numbers">
                    <b>{sayCount(topic.people, language)}</b>
                    <small>{w.people}</small>
                  </span>
                </button>
              </li>
            ))}
          </ol>
          <TopicView topic={chosen} policy={topics.data.policy} />
        </div>
      )}
      <Themes />
    </div>
  );
}

function sayRun(
  { madeAt, messages, cutBefore }: Answer<'readTopics'>,
  w: (typeof TOPICS_WORDS)['zh'],
  language: 'zh' | 'en',
): string {
  if (!madeAt) return w.noRun;
  const made = w.made(sayMoment(madeAt, language), sayCount(messages, language));
  return cutBefore ? `${made} · ${w.cut(sayMoment(cutBefore, language))}` : made;
}
