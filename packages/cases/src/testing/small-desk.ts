import type { ApplicationAbout } from '../fact.ts';
import type { Phase } from '../phase.ts';
import type { Act, Action, GuardView, Process, State } from '../process.ts';

const STATES: Readonly<Record<string, Phase>> = {
  received: 'received',
  sorted: 'triage',
  sent: 'dispatched',
  disputed: 'dispatched',
  escalated: 'triage',
  working: 'underway',
  replied: 'done',
  checked: 'check',
  asked: 'check',
  closed: 'closed',
  answered: 'answered',
  referred: 'referred',
  declined: 'declined',
  merged: 'closed',
};

const same = (text: string): { zh: string; en: string } => ({ zh: text, en: text });

function action(act: Act, from: Action['from'] | readonly string[], more: Partial<Action> = {}): Action {
  return {
    name: act,
    act,
    label: same(act),
    from: typeof from === 'string' ? from : new Set(from),
    power: act,
    guards: [],
    ...more,
  };
}

const guard = (id: string, hardness: 'hard' | 'bendable', test: (view: GuardView) => boolean) => ({
  id,
  hardness,
  because: same(id),
  test,
});

const QUEUE = ['received', 'sorted'];
const AT_WORK = ['sent', 'working'];

const ACTIONS: readonly Action[] = [
  action('join', 'open'),
  action('follow', 'any'),
  action('photograph', 'any'),
  action('setKind', QUEUE),
  action('setPlace', QUEUE),
  action('triage', ['received'], { to: 'sorted' }),
  action('answer', QUEUE, { to: 'answered' }),
  action('refer', QUEUE, { to: 'referred' }),
  action('decline', QUEUE, { to: 'declined' }),
  action('dispatch', ['sorted'], {
    to: 'sent',
    guards: [guard('kindKnown', 'hard', (view) => view.case.kind !== 'unknown')],
  }),
  action('accept', ['sent'], { to: 'working' }),
  action('contact', ['working']),
  action('note', 'open'),
  action('task', AT_WORK),
  action('finishTask', AT_WORK),
  action('split', AT_WORK),
  action('finish', ['working'], {
    to: { solved: 'replied', partly: 'replied', explainedUnsolvable: 'replied', withdrawn: 'closed' },
    guards: [guard('tasksDone', 'bendable', (view) => view.case.tasksOpen === 0n)],
  }),
  action('check', ['replied'], { to: { passed: 'checked', failed: 'working' } }),
  action('callBack', ['checked', 'asked'], { to: { complete: 'asked' } }),
  action('close', ['checked', 'asked'], {
    to: 'closed',
    guards: [
      guard('everybodyAsked', 'hard', (view) => view.case.owed === 0n),
      guard('solved', 'bendable', (view) => view.case.unsolved === 0n),
    ],
  }),
  action('reopen', ['asked', 'closed'], { to: { led: 'sent', unled: 'sorted' } }),
  action('merge', 'open'),
  action('unmerge', 'any'),
  action('link', 'any'),
  action('advance', ['sorted', 'escalated'], { to: 'received' }),
  action('huddle', QUEUE),
  action('concern', 'open'),
  action('handOff', 'open'),
  action('acknowledge', 'any'),
  action('resume', AT_WORK),
  action('urge', 'open'),
  action('escalate', ['sent', 'working', 'asked'], { to: 'escalated' }),
  action('takeLead', 'open'),
  action('stepTask', AT_WORK),
  action('rate', 'any'),
  action('tryCallback', ['checked', 'asked']),
  ...applications('object', 'objection', ['sent'], { apply: 'disputed', grant: 'sorted' }, ['disputed']),
  ...applications('extend', 'extension', AT_WORK),
  ...applications('suspend', 'suspension', AT_WORK),
  ...applications('exclude', 'exclusion', 'any'),
];

/** Somebody applies (`extend`), somebody else rules on it (`extend.rule`). */
function applications(
  name: string,
  about: ApplicationAbout,
  from: Action['from'] | readonly string[],
  to?: { readonly apply: string; readonly grant: string },
  ruleFrom: Action['from'] | readonly string[] = from,
): readonly Action[] {
  return [
    action('apply', from, { name, power: name, about, ...(to ? { to: to.apply } : {}) }),
    action('rule', ruleFrom, {
      name: `${name}.rule`,
      power: `${name}.rule`,
      about,
      ...(to ? { to: { granted: to.grant } } : {}),
    }),
  ];
}

/** A process of fourteen states, each act under its own name, so that the room of cases can be tried without any scene. */
export const SMALL_DESK: Process = {
  id: 'small-desk',
  scene: 'small',
  pack: '1.0.0',
  initial: 'received',
  merged: 'merged',
  states: Object.fromEntries(
    Object.entries(STATES).map(([name, phase]): [string, State] => [
      name,
      { name, phase, label: same(name) },
    ]),
  ),
  actions: Object.fromEntries(ACTIONS.map((a) => [a.name, a])),
  automatics: [
    {
      state: 'sorted',
      action: 'dispatch',
      when: ({ case: c }) => c.kindBecause !== 'proposed' && !c.flags.includes('unclear'),
    },
    { state: 'checked', action: 'close', when: ({ case: c }) => c.owed === 0n },
    { state: 'asked', action: 'close', when: ({ case: c }) => c.unsolved === 0n },
  ],
  clocks: [
    { name: 'accept', starts: ['dispatched', 'reopened'], stops: ['accepted'], stage: 'accept' },
    {
      name: 'contact',
      starts: ['dispatched', 'reopened'],
      stops: ['contacted', 'done'],
      stage: 'contact',
      needsRequests: true,
    },
    {
      name: 'handle',
      starts: ['dispatched', 'reopened'],
      stops: ['done'],
      stage: 'handle',
      pauses: true,
    },
    { name: 'review', starts: ['suspended'], stops: ['resumed', 'done'], stage: 'review', stated: true },
    { name: 'check', starts: ['done'], stops: ['checked'], stage: 'check' },
    {
      name: 'callback',
      starts: ['checked'],
      stops: ['calledBack', 'unreachable', 'closed'],
      stage: 'callback',
      needsRequests: true,
    },
  ],
  taskClocks: [
    { name: 'sign', starts: 'asked', stops: ['signed', 'delivered', 'refused'], stage: 'sign' },
    { name: 'deliver', starts: 'asked', stops: ['delivered'], stage: 'handle' },
  ],
};
