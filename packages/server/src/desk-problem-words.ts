import type { ProblemRow } from './problem-row.ts';

type Words = readonly [status: number, zh: string, en: string, remedyZh: string, remedyEn: string];

/** Refusals of the callback desk, the whistle room and rounds, as HTTP answers them. */
const WORDS: Readonly<Record<string, Words>> = {
  'not-your-turn': [
    409,
    '这件诉求没有派给本坐席',
    'This seat was not given that request',
    '先领取下一件：POST /api/callbacks/next。',
    'Take the next one: POST /api/callbacks/next.',
  ],
  'nothing-asked': [
    409,
    '现在没有要回答的问题',
    'Nothing is asked about this request now',
    '办结核查后或期限届满后再答。',
    'Answer after the checked reply, or at the end of the term.',
  ],
};

export const DESK_PROBLEM_ROWS: Readonly<Record<string, ProblemRow>> = Object.fromEntries(
  Object.entries(WORDS).map(([code, [status, zh, en, remedyZh, remedyEn]]) => [
    code,
    { status, title: { zh, en }, remedy: { zh: remedyZh, en: remedyEn } },
  ]),
);
