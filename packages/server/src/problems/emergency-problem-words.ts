import type { ProblemRow } from './problem-row.ts';

type Words = readonly [status: number, zh: string, en: string, remedyZh: string, remedyEn: string];

/** Refusals of emergencies, as HTTP answers them. */
const WORDS: Readonly<Record<string, Words>> = {
  'no-such-emergency': [
    404,
    '没有这个应急状态',
    'There is no such emergency',
    '见 /api/emergencies。',
    'See /api/emergencies.',
  ],
  'emergency-end': [
    422,
    '结束时间须在开始之后、三十天之内',
    'It ends after it begins, and within thirty days',
    '改 endsAt；更长的到时重新宣布。',
    'Change endsAt; whoever needs longer declares anew.',
  ],
  'emergency-in-force': [
    409,
    '这个范围已有应急状态',
    'One is in force there',
    '先结束它，或用 renews 接续。',
    'End it, or follow on it by renews.',
  ],
  'emergency-over': [409, '已经结束', 'It is over', '无需再结束。', 'There is nothing to end.'],
  'emergency-not-over': [
    409,
    '尚未结束，或已有复盘',
    'It is not over, or was reviewed',
    '结束后写一次。',
    'A review is written once, after the end.',
  ],
  'same-reason': [
    422,
    '接续须另写理由',
    'A renewal says why anew',
    '在 reason 中写明为何仍需要。',
    'Say in reason why it is needed still.',
  ],
  'not-in-force': [
    409,
    '这里没有生效的应急状态',
    'No emergency is in force there',
    '换一个目的查看。',
    'Look for another purpose.',
  ],
};

export const EMERGENCY_PROBLEM_ROWS: Readonly<Record<string, ProblemRow>> = Object.fromEntries(
  Object.entries(WORDS).map(([code, [status, zh, en, remedyZh, remedyEn]]) => [
    code,
    { status, title: { zh, en }, remedy: { zh: remedyZh, en: remedyEn } },
  ]),
);
