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
  'no-person-rounds': [
    422,
    '巡查只对地点和设施，不对人',
    'A round goes to places and things, never to a person',
    '改为地点或设施；上门看人须本人申请、同意或法律规定。',
    'Name a place or a thing; a visit to a person needs their request or consent, or a law.',
  ],
  'bad-round': [
    422,
    '巡查安排有误',
    'The plan is not right',
    '按 errors 中的提示改正。',
    'Mend what `errors` names.',
  ],
  'round-there': [
    409,
    '已有这个编号的巡查',
    'There is a round of that id already',
    '换一个编号；安排后不再改动。',
    'Choose another id; a plan is not changed.',
  ],
  'no-such-round': [404, '没有这次巡查', 'There is no such round', '见 /api/rounds。', 'See /api/rounds.'],
  'no-such-stop': [
    404,
    '这次巡查不到那里',
    'The round does not go there',
    '核对地点或设施代码。',
    'Check the code of the place or thing.',
  ],
  'not-your-unit': [
    403,
    '不是本单位的点位或安排',
    'Another unit goes there, or leads it',
    '由到点单位或牵头单位登记；由牵头单位或其上级安排。',
    'The unit that goes there or leads writes it down; the leading unit or one above plans.',
  ],
  'round-not-open': [
    409,
    '今天不在这次巡查的日期内',
    'The round does not run today',
    '在巡查日期内登记。',
    'Write it down on a day of the round.',
  ],
  'no-such-queue': [
    404,
    '本岗位没有这个队列',
    'This post has no such queue',
    '队列见 GET /api/queues。',
    'GET /api/queues names them.',
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
