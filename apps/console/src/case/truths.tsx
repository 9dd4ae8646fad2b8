import { sayMoment, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import type { Story } from './story-type.ts';
import { CASE_WORDS } from './words/words.ts';

/** The four truths side by side, never folded into one. */
export function Truths({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  const { done, verified, asked, solved, satisfied, requests } = story.truths;
  const t = w.truths;
  const said = (yes: number, also: string | false): string => {
    if (asked === 0) return t.notYet;
    return [t.of(yes, asked), also, requests > asked && t.notAsked(requests - asked)]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <section className="card" aria-labelledby="truths">
      <h2 id="truths">{w.sections.truths}</h2>
      <dl className="truths">
        <Truth is={done !== undefined} name={t.done}>
          {done ? `${done.outcome} · ${sayMoment(done.at, language)}` : t.notYet}
        </Truth>
        <Truth is={verified?.passed === true} isNo={verified?.passed === false} name={t.verified}>
          {verified
            ? `${verified.passed ? t.passed : t.failed} · ${sayMoment(verified.at, language)}`
            : t.notYet}
        </Truth>
        <Truth is={asked > 0 && solved.yes === requests} isNo={solved.no > 0} name={t.solved}>
          {said(solved.yes, solved.partly > 0 && t.partly(solved.partly))}
        </Truth>
        <Truth
          is={asked > 0 && satisfied.yes + satisfied.basically === requests}
          isNo={satisfied.no > 0}
          name={t.satisfied}
        >
          {said(satisfied.yes, satisfied.basically > 0 && t.basically(satisfied.basically))}
        </Truth>
      </dl>
    </section>
  );
}

function Truth(props: {
  readonly is: boolean;
  readonly isNo?: boolean;
  readonly name: string;
  readonly children: ReactNode;
}): ReactNode {
  const { is, isNo = false, name, children } = props;
  return (
    <div className={isNo ? 'truth no' : is ? 'truth yes' : 'truth'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
