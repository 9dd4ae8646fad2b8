import { useCall, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { codeOf } from '../kept/opened.ts';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { FOLLOW_WORDS } from '../words/follow/words.ts';
import { AddToIt } from './add-to-it.tsx';
import { Questions } from './questions.tsx';
import { Story } from './story.tsx';

/** The story of one's own request, who has it, until when and why then, and what one can say to it. */
export function FollowPage({ number }: { readonly number: string }): ReactNode {
  const w = useWords(FOLLOW_WORDS);
  const code = codeOf(number);
  const [answered, setAnswered] = useState(false);
  const asked = useCall(
    'followRequest',
    { params: { number }, query: code ? { code } : {} },
    { enabled: code !== undefined, refetchInterval: 60_000 },
  );
  if (code === undefined) {
    return (
      <main className="page" id="main">
        <h1>{w.title}</h1>
        <p>{w.lead}</p>
        <Link className="button go" href="/mine">
          {w.open}
        </Link>
      </main>
    );
  }
  const key = { number, code };
  return (
    <main className="page" id="main">
      {asked.isPending && <Loading />}
      {asked.error && (
        <>
          <Trouble error={asked.error} onAgain={() => void asked.refetch()} />
          <Link className="button" href="/mine">
            {w.title}
          </Link>
        </>
      )}
      {asked.data && (
        <>
          <Story view={asked.data} code={code} />
          {(asked.data.asked || answered) && <Questions of={key} onDone={() => setAnswered(true)} />}
          <AddToIt of={key} view={asked.data} />
        </>
      )}
    </main>
  );
}
