import type { Act } from '@gezhi/cases';
import { type AnswerHints, type Hint, readAnswer, type YesNo } from '@gezhi/text';
import type { Sent } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Visit } from '../kit/visit.ts';
import type { Lang } from '../words/words.ts';
import type { CaseView } from './case-view.ts';

const zh = {
  check: '帮我看看答复',
  title: '发出前的提示',
  lead: '只给您看，不保存，不评分；只按用词看，不知道答得对不对。',
  aboutIt: '说的是这件事',
  point: (point: string) => `问到“${point}”`,
  missing: (words: string) => `没提到：${words}`,
  basis: '写了依据',
  nextStep: '写了下一步由谁、何时做',
  inTime: '在期限内',
  met: { yes: '是', no: '没有', unclear: '看不出' },
  nothing: '还没有写答复。',
};

const en: typeof zh = {
  check: 'Check my answer',
  title: 'Before you send it',
  lead: 'For you only: not kept, never a mark. By words alone; it does not know whether what is said is right.',
  aboutIt: 'It is about the matter',
  point: (point) => `Asked: “${point}”`,
  missing: (words) => `not spoken of: ${words}`,
  basis: 'A basis is named',
  nextStep: 'The next step, by whom and when, is named',
  inTime: 'It is in time',
  met: { yes: 'yes', no: 'no', unclear: 'not clear' },
  nothing: 'No answer is written yet.',
};

const WORDS: Readonly<Record<Lang, typeof zh>> = { zh, en };

/** Acts whose words the requester reads as the answer. */
const ANSWERS: readonly Act[] = ['answer', 'finish'];

/** A second button of a form that answers somebody: asks for hints and sends nothing. */
export function hintsButton({ lang }: Visit, act: Act): Child {
  return (
    ANSWERS.includes(act) &&
    html` <button class="quiet" name="hints" value="1" formnovalidate>${WORDS[lang].check}</button>`
  );
}

/** What its writer may want to look at before an answer is sent. Made for this look at the page, and gone with it. */
export function answerHints(visit: Visit, { c, said }: CaseView, sent: Sent): Html {
  const words = WORDS[visit.lang];
  const answer = sent.get('words');
  if (!answer) return html`<p class="note" role="status">${words.nothing}</p>`;
  const voices = Object.values(c.voices);
  const asked = voices.map((voice) => (voice.words && said.get(voice.words.id)) ?? '').join('\n');
  const dues = voices.flatMap(({ promised }) => promised?.dueAt ?? []);
  const due = dues.length > 0 ? Math.min(...dues) : undefined;
  const hints = readAnswer({ asked, answer, at: visit.now, due });
  return html`<section class="reading" role="status"><h3>${words.title}</h3><p class="small">${words.lead}</p>
<ul>${rowsOf(visit, hints)}</ul></section>`;
}

function rowsOf(visit: Visit, hints: AnswerHints): readonly Html[] {
  const words = WORDS[visit.lang];
  const join = (list: readonly string[]): string => list.join(visit.lang === 'zh' ? '、' : ', ');
  const row = (label: string, met: YesNo, more = ''): Html =>
    html`<li>${label}: <strong>${words.met[met]}</strong>${more && html` <small>${more}</small>`}</li>`;
  const plain = (label: string, { met, because }: Hint): Html => row(label, met, join(because));
  return [
    plain(words.aboutIt, hints.aboutIt),
    ...hints.asked.map(({ point, met, missing }) =>
      row(words.point(point), met, missing.length > 0 ? words.missing(join(missing)) : ''),
    ),
    plain(words.basis, hints.basisNamed),
    plain(words.nextStep, hints.nextStepNamed),
    row(words.inTime, hints.inTime),
  ];
}
