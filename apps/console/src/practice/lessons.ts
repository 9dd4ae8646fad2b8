import type { WireFact } from '@gezhi/contract';
import type { Client } from '@gezhi/contract/client';
import { answerOf } from '@gezhi/ui';
import type { PracticeWords } from './words/words.ts';

export type LessonId = keyof PracticeWords['lessons'];

/** How a lesson sees whether it was done: something happened by this post since it was begun, or a number was read rightly. */
export type Check =
  | { readonly by: 'fact'; readonly is: (fact: WireFact, post: string) => boolean }
  | { readonly by: 'undo' }
  | { readonly by: 'number'; readonly read: (api: Client) => Promise<number> };

export type Lesson = {
  readonly id: LessonId;
  /** The screen where it is done, under `/console`. */
  readonly at: string;
  /** The kind of post whose work it is; anybody's where left out. */
  readonly post?: string;
  readonly check: Check;
};

export const LESSONS: readonly Lesson[] = [
  {
    id: 'call',
    at: '/desk',
    post: 'seat',
    check: { by: 'fact', is: isCall },
  },
  {
    id: 'join',
    at: '/desk',
    post: 'seat',
    check: { by: 'fact', is: (fact) => fact.type === 'joined' && isCall(fact) },
  },
  { id: 'urge', at: '/queue/open', post: 'dispatcher', check: fact(({ type }) => type === 'urged') },
  { id: 'accept', at: '/queue', post: 'desk', check: fact(({ type }) => type === 'accepted') },
  {
    id: 'object',
    at: '/queue',
    post: 'desk',
    check: fact(({ type, data }) => type === 'applied' && data.about === 'objection'),
  },
  {
    id: 'whistle',
    at: '/queue',
    post: 'desk',
    check: fact(({ type, data }) => type === 'split' && data.raises === 'whistled'),
  },
  {
    id: 'now',
    at: '/now',
    check: number(async (api) => answerOf(await api.call('getNow', { query: {} })).open.late),
  },
  { id: 'rates', at: '/rates', check: number(calledBack) },
  { id: 'topics', at: '/topics', check: number(talkOf) },
  { id: 'town', at: '/town', post: 'dataSteward', check: { by: 'undo' } },
];

/** Something that the post itself did. */
function fact(is: (fact: WireFact) => boolean): Check {
  return { by: 'fact', is: (one, post) => one.by.post === post && is(one) };
}

/** Calls enter by the intake, as all reports do; that a desk took them is told by their source. */
function isCall({ type, data }: WireFact): boolean {
  const { voice } = data as { readonly voice?: { readonly signal: { readonly source: string } } };
  return (type === 'opened' || type === 'joined') && voice?.signal.source === 'console/desk';
}

function number(read: (api: Client) => Promise<number>): Check {
  return { by: 'number', read };
}

/** Valid callbacks behind the pooled solve rate of the last 30 days. */
async function calledBack(api: Client): Promise<number> {
  const { pooled } = answerOf(await api.call('getThreeRates', { query: {} }));
  return pooled.solve?.n ?? 0;
}

/** How many people stand behind the topic that is listed first; 0 where there is none. */
async function talkOf(api: Client): Promise<number> {
  const { topics } = answerOf(await api.call('readTopics', { query: { days: '7' } }));
  return topics[0]?.people ?? 0;
}
