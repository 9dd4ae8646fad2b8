import { sayMoment } from '@gezhi/clock';
import type { CaseExplanation } from '../explain-case.ts';
import type { Lang } from '../io.ts';

/** An explanation as lines: the case, why it went there, each deadline with its stretches, what happened. */
export function sayCase(lang: Lang, zone: string, told: CaseExplanation): string[] {
  const zh = lang === 'zh';
  const at = (moment: number): string => sayMoment(moment, zone, lang);
  return [
    `${told.title}  [${told.state}${told.flags.length ? `; ${told.flags.join(', ')}` : ''}]`,
    `  ${zh ? '事项' : 'case'} ${told.caseId}`,
    ...(told.requests.length
      ? [`  ${zh ? '诉求' : 'requests'} ${told.requests.map(inFours).join(', ')}`]
      : []),
    '',
    zh ? '为什么派到那里' : 'Why it went where it went',
    ...sayRouting(zh, at, told),
    '',
    zh ? '时限如何算出' : 'How each deadline came about',
    ...told.clocks.flatMap((clock) => [
      `  ${clock.label}${clock.profile ? `  (${clock.profile}, ${clock.calendar})` : ''}`,
      ...clock.text.map((line) => `    ${line}`),
      ...(clock.stoppedAt === undefined
        ? []
        : [`    ${zh ? `${at(clock.stoppedAt)} 停止。` : `It stopped at ${at(clock.stoppedAt)}.`}`]),
    ]),
    '',
    zh ? '经过' : 'What happened',
    ...told.facts.map(
      (fact) => `  ${String(fact.seq).padStart(3)}  ${at(fact.at)}  ${fact.text}  (${fact.by})`,
    ),
  ];
}

function sayRouting(zh: boolean, at: (moment: number) => string, { routing }: CaseExplanation): string[] {
  if (routing.length === 0) return [zh ? '  尚未派单。' : '  It was not dispatched yet.'];
  return routing.flatMap((one) => [
    `  ${at(one.at)}  ${one.lead ?? (zh ? '责任单位不明' : 'nobody clearly responsible')}${one.basis ? `  (${one.basis})` : ''}`,
    ...one.because.map(({ text }) => `    ${text}`),
    ...(one.coUnits.length ? [`    ${zh ? '协办' : 'assisting'}: ${one.coUnits.join(', ')}`] : []),
    `    ${zh ? '依据的输入' : 'It read'}: ${one.reads.join(', ')}${one.catalogue ? `  (${one.catalogue})` : ''}`,
  ]);
}

/** As a number is said aloud. */
function inFours(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}
