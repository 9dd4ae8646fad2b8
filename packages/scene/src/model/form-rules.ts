import { isOpenPhase, type Label, type Process } from '@gezhi/cases';
import type { ModelFinding, Spot } from './finding.ts';

const HAN = /\p{Script=Han}/u;
const LATIN = /[A-Za-z]/;

/** Every name in Chinese and in English: on states, actions and what guards say. */
export function labelRules(process: Process): readonly ModelFinding[] {
  const named: [Spot, Label][] = [
    ...Object.values(process.states).map((s): [Spot, Label] => [{ state: s.name }, s.label]),
    ...Object.values(process.actions).flatMap((a): [Spot, Label][] => [
      [{ action: a.name }, a.label],
      ...a.guards.map((g): [Spot, Label] => [{ action: a.name, guard: g.id }, g.because]),
    ]),
  ];
  return named.flatMap(([spot, { zh, en }]): ModelFinding[] => {
    if (HAN.test(zh) && LATIN.test(en) && !HAN.test(en)) return [];
    return [
      {
        code: 'label',
        severity: 'error',
        spot,
        problem: {
          zh: `名称“${zh}”／“${en}”不是一句中文、一句英文。`,
          en: `The words "${zh}" / "${en}" are not one in Chinese and one in English.`,
        },
        remedy: { zh: '两种语言都要写。', en: 'Write both.' },
      },
    ];
  });
}

/** What Open311 and statistics rest on: a case begins open, and one that was merged is over. */
export function phaseRules(process: Process): readonly ModelFinding[] {
  const findings: ModelFinding[] = [];
  const { initial, merged, states } = process;
  if (states[initial] && !isOpenPhase(states[initial].phase))
    findings.push({
      code: 'initial-ended',
      severity: 'error',
      spot: { state: initial },
      problem: { zh: '首个状态已是终点。', en: 'The first state is an end already.' },
      remedy: { zh: '把它归入办理中的阶段。', en: 'Give it an open phase.' },
    });
  if (merged !== undefined && states[merged] && isOpenPhase(states[merged].phase))
    findings.push({
      code: 'merged-open',
      severity: 'error',
      spot: { state: merged },
      problem: { zh: '并案后的状态不是终点。', en: 'The state of a merged case is no end.' },
      remedy: { zh: '把它归入 closed 阶段。', en: 'Give it the phase closed.' },
    });
  return findings;
}
