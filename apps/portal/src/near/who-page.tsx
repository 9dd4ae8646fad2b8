import type { WhoAnswers } from '@gezhi/contract';
import { useCall, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Here, type Position } from '../report/here.tsx';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { NEAR_WORDS } from '../words/near/words.ts';
import { sayHours } from './say-hours.ts';

/** Who answers for my grid: posts by staff number, hours, the telephones of the units. */
export function WhoPage(): ReactNode {
  const { who: w, place, go } = useWords(NEAR_WORDS);
  const [point, setPoint] = useState<Position>();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const grid = new URLSearchParams(location.search).get('grid') ?? undefined;
  const query = point ?? (asked ? { text: asked } : grid ? { grid } : undefined);
  const found = useCall('whoAnswers', { query: query ?? {} }, { staleTime: 60_000 });
  const on = (event: FormEvent): void => {
    event.preventDefault();
    setPoint(undefined);
    setAsked(text.trim());
  };
  return (
    <main className="page" id="main">
      <h1>{w.title}</h1>
      <form className="sheet" onSubmit={on}>
        <p className="lead">{w.lead}</p>
        <Here point={point} onChange={setPoint} />
        <label htmlFor="find">{place}</label>
        <div className="go-row">
          <input
            id="find"
            type="text"
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit">{go}</button>
        </div>
      </form>
      {found.isPending && <Loading />}
      {found.error && <Trouble error={found.error} onAgain={() => void found.refetch()} />}
      {found.data && <Answer answer={found.data} wasAsked={query !== undefined} />}
    </main>
  );
}

function Answer({
  answer,
  wasAsked,
}: {
  readonly answer: WhoAnswers;
  readonly wasAsked: boolean;
}): ReactNode {
  const { who: w } = useWords(NEAR_WORDS);
  const { grid, above, posts, units, complaints } = answer;
  return (
    <>
      {!grid && wasAsked && (
        <p className="note" role="status">
          {w.nothing}
        </p>
      )}
      {grid && (
        <section aria-labelledby="grid">
          <h2 id="grid">{grid.name}</h2>
          <p className="hint">
            {w.above} {above.map(({ name }) => name).join(' · ')}
          </p>
        </section>
      )}
      {posts.length > 0 && (
        <section aria-labelledby="posts">
          <h2 id="posts">{w.posts}</h2>
          <ul className="cards">
            {posts.map((post) => (
              <li key={post.name}>
                <div>
                  <strong>{post.name}</strong>
                  <p className="hint">{post.unit}</p>
                </div>
                <Staff staff={post.staff} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {units.length > 0 && (
        <section aria-labelledby="units">
          <h2 id="units">{w.units}</h2>
          <ul className="cards">
            {units.map(({ name, phone }) => (
              <li key={name}>
                <span>{name}</span>
                <a href={`tel:${phone}`}>{phone}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {complaints && (
        <section aria-labelledby="complaints">
          <h2 id="complaints">{w.complaints}</h2>
          <p>
            {complaints.name} <a href={`tel:${complaints.phone}`}>{complaints.phone}</a>
          </p>
        </section>
      )}
    </>
  );
}

function Staff({ staff }: Pick<WhoAnswers['posts'][number], 'staff'>): ReactNode {
  const { who: w } = useWords(NEAR_WORDS);
  if (staff.length === 0) return <p className="hint">{w.vacant}</p>;
  return staff.map(({ number, hours, now }) => (
    <div key={number}>
      <p>
        {w.staff(number)} <span className={now ? 'good tag' : 'tag'}>{now ? w.now : w.notNow}</span>
      </p>
      <p className="hint">
        {w.hours} {hours ? sayHours(hours, w.days) : w.always}
      </p>
    </div>
  ));
}
