import { type ProblemError, useCall, useClient, useLanguage, useSend, useWords } from '@gezhi/ui';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { Link } from 'wouter';
import { useMe } from '../shell/me.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import type { Lesson } from './lessons.ts';
import type { Progress } from './progress.ts';
import { beginHere, seenDone } from './seen-done.ts';
import { PRACTICE_WORDS } from './words/words.ts';

type Kept = NonNullable<Progress[keyof Progress]>;

type Props = {
  readonly lesson: Lesson;
  readonly begun: Kept | undefined;
  readonly onProgress: (begun: Kept) => void;
  readonly onNext: (() => void) | undefined;
};

/** One lesson: its goal, its steps, the way to the screen, and the service's own word on whether it was done. */
export function LessonView({ lesson, begun, onProgress, onNext }: Props): ReactNode {
  const w = useWords(PRACTICE_WORDS);
  const api = useClient();
  const { post } = useMe();
  const { title, goal, steps } = w.lessons[lesson.id];
  const begin = useMutation<Kept, ProblemError>({
    mutationFn: () => beginHere(api, lesson.check, post),
    onSuccess: onProgress,
  });
  return (
    <section className="panel practice-lesson" aria-labelledby="lesson">
      <h2 id="lesson">{title}</h2>
      <p className="practice-goal">
        <b>{w.goal}</b> {goal}
      </p>
      <WhoseLesson lesson={lesson} />
      <h3>{w.steps}</h3>
      <ol className="practice-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="practice-keys">
        <button
          type="button"
          className={begun ? 'button' : 'button go'}
          disabled={begin.isPending}
          onClick={() => begin.mutate()}
        >
          {begun ? w.again : w.begin}
        </button>
        <Link className={begun && !begun.isDone ? 'button go' : 'button'} href={`~/console${lesson.at}`}>
          {w.open}
        </Link>
      </p>
      {begin.error && <p role="alert">{begin.error.message}</p>}
      {begun && (
        <SelfCheck lesson={lesson} begun={begun} onDone={() => onProgress({ ...begun, isDone: true })} />
      )}
      {begun?.isDone && onNext && (
        <button type="button" className="button go" onClick={onNext}>
          {w.next}
        </button>
      )}
    </section>
  );
}

/** Whose work it is, and in a made-up town the way to become such a post. */
function WhoseLesson({ lesson }: { readonly lesson: Lesson }): ReactNode {
  const w = useWords(PRACTICE_WORDS);
  const s = useWords(SHELL_WORDS);
  const me = useMe();
  const { language } = useLanguage();
  const posts = useCall('listPosts', {}, { enabled: lesson.post !== undefined, staleTime: 600_000 });
  const enter = useSend('signIn');
  if (lesson.post === undefined) return null;
  const kind = s.postKinds[lesson.post] ?? lesson.post;
  const fits = posts.data?.posts.find(
    (one) => one.kind === lesson.post && (lesson.id !== 'whistle' || one.level === 'street'),
  );
  const isMine = me.roles.includes(lesson.post);
  return (
    <p className="practice-who">
      <span>
        {w.forPost(kind)} {w.mine(me.name?.[language] ?? me.post)}
      </span>
      {!isMine && fits && (
        <button
          type="button"
          className="button"
          disabled={enter.isPending}
          onClick={() => enter.mutate({ body: { post: fits.post } })}
        >
          {w.asPost(kind)}
        </button>
      )}
    </p>
  );
}

type CheckProps = { readonly lesson: Lesson; readonly begun: Kept; readonly onDone: () => void };

function SelfCheck({ lesson, begun, onDone }: CheckProps): ReactNode {
  const w = useWords(PRACTICE_WORDS);
  const api = useClient();
  const { post } = useMe();
  const isNumber = lesson.check.by === 'number';
  const look = useMutation<boolean, ProblemError, number>({
    mutationFn: (said) => seenDone(api, lesson.check, post, begun, said),
    onSuccess: (isDone) => isDone && onDone(),
  });
  const ask = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    look.mutate(Number(new FormData(event.currentTarget).get('said') ?? Number.NaN));
  };
  return (
    <form className="practice-check" onSubmit={ask}>
      {isNumber && !begun.isDone && (
        <label>
          {w.said}
          <input name="said" className="field" type="number" min="0" required inputMode="numeric" />
        </label>
      )}
      {!begun.isDone && (
        <button type="submit" className="button" disabled={look.isPending}>
          {look.isPending ? w.checking : w.check}
        </button>
      )}
      <p role="status" className={begun.isDone ? 'practice-done' : undefined}>
        {begun.isDone && w.done}
        {!begun.isDone && look.data === false && (isNumber ? w.notIt : w.notYet)}
        {look.error?.message}
      </p>
    </form>
  );
}
