import { sayCount, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import type { Topic } from './topic.ts';
import { TOPICS_WORDS } from './topics-words.ts';

/** How many wrote, day by day: a bar a day, and the same as a table for whoever does not see it. */
export function History({ topic }: { readonly topic: Topic }): ReactNode {
  const w = useWords(TOPICS_WORDS);
  const { language } = useLanguage();
  const days = topic.history ?? [];
  if (days.length < 2) return null;
  const most = Math.max(...days.map(({ people }) => people));
  return (
    <section>
      <h3>{w.history}</h3>
      <ol className="topic-days">
        {days.map(({ day, people }) => (
          <li key={day}>
            <span>{sayCount(people, language)}</span>
            <i style={{ blockSize: `${(people / most) * 4}rem` }} />
            <small>{day.slice(5)}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
