import type { refusalsZh, storyZh } from './zh-story.ts';

const list = (items: readonly string[]): string => items.join(', ');

export const storyEn: typeof storyZh = {
  sentences: {
    opened: (f) => `Received: ${f.kind}, ${f.place}.`,
    joined: () => 'Somebody else reported the same matter; it is handled together.',
    followed: () => 'The requester added to it.',
    photographed: () => 'A photo came in.',
    kindSet: (f) => `${f.who} set the kind to “${f.kind}”.`,
    placeSet: (f) => `${f.who} set the place to ${f.place}.`,
    triaged: (f) => `${f.who} found it ready to dispatch.`,
    routeUnclear: () => 'No duty list names a unit clearly, so a person decides.',
    answered: (f) => `${f.who} answered on the spot.`,
    referred: (f) => `${f.who} referred it to ${f.whom}.`,
    declined: (f) => `Not dispatched: ${f.reason}.`,
    dispatched: (f) =>
      `Given to ${f.unit}${f.units.length ? `, with the help of ${list(f.units)}` : ''}. Basis: ${f.basis}.`,
    promised: (f) => `Promised to be done by ${f.due}.`,
    accepted: (f) => `${f.who} accepted it and began work.`,
    contacted: (f) => `${f.who} contacted the requester (${f.way}).`,
    noted: (f) => `${f.who} made a note of the work.`,
    tasked: (f) => `${f.unit} was asked to help${f.due ? `, by ${f.due}` : ''}.`,
    taskDone: (f) => `${f.who} delivered its part.`,
    done: (f) => `${f.who} reported it done: ${f.outcome}.`,
    checked: (f) =>
      f.passed ? `${f.who} checked it: passed.` : `${f.who} checked it: not passed, work goes on.`,
    calledBack: (f) =>
      `${f.who} called back. Contacted: ${f.contacted}; solved: ${f.solved}; satisfied: ${f.satisfied}.`,
    unreachable: (f) => `${f.who} called back and reached nobody (tried: ${list(f.units)}).`,
    closed: () => 'Closed.',
    reopened: () => 'Reopened; the same unit leads.',
    merged: () => 'Joined with another report of the same matter. Number and callback stay.',
    absorbed: (f) => `Another report of the same matter joined this one: requesters added: ${f.count}.`,
    unmerged: () => 'Taken out of the joined matter; it is handled on its own again.',
    released: (f) => `A joined report was taken out again; requesters gone home: ${f.count}.`,
    split: (f) => `A part was split off: ${f.kind}.`,
    linked: (f) => `Linked to ${f.whom} in another system${f.due ? `, due ${f.due}` : ''}.`,
    excluded: (f) => `Not counted in the rates. Reason: ${f.reason}.`,
    bent: (f) => `${f.whom} approved an exception (${f.reason}).`,
    deadlinePassed: (f) => `The deadline “${f.clock}”, ${f.due}, has passed.`,
    childEnded: (f) => `“${f.kind}” has ended.`,
    advanced: (f) => `${f.who}: ${f.outcome}.`,
    huddled: (f) => `${f.who} put heads together with ${list(f.units)}.`,
    concerned: (f) => `It is about ${list(f.units)}, which has no hand in it, nor has any unit below.`,
    handedOff: (f) => `A danger: handed to ${f.whom} at once.`,
    acknowledged: (f) => `${f.whom} acknowledged it.`,
    applied: (f) =>
      `${f.unit} applied: ${f.whom}${f.due ? `, until ${f.due}` : ''}${f.basis ? `, by ${f.basis}` : ''}.`,
    ruled: (f) =>
      `${f.who} ruled on the ${f.whom}: ${f.passed ? 'granted' : 'refused'}${f.basis ? `, by ${f.basis}` : ''}.`,
    extended: (f) => `The hotline granted more time, until ${f.due}.`,
    suspended: (f) => `Suspended with approval; it is looked at again by ${f.due}.`,
    resumed: () => 'Work goes on.',
    urged: (f) => `${f.unit} urged.`,
    escalated: (f) => `It went up to ${f.unit}.`,
    leaderTook: (f) => `A leader of ${f.unit} took the case.`,
    taskStepped: (f) => `${f.who} ${f.outcome}${f.way ? ` (${f.way})` : ''}.`,
    rated: (f) => `${f.whom} rated ${f.unit}: ${f.reason}.`,
    callbackTried: (f) => `${f.who} called back and reached nobody (${f.way}).`,
  },
  system: 'The system',
  intake: 'Intake',
  requester: 'The requester',
  you: 'You',
  noted: 'Internal notes are not shown here.',
  reasons: {
    'objection-upheld': 'It was ruled already that this is not that unit’s duty: a person decides.',
    'by-hand': 'A person named the unit.',
    automatic: 'The conditions were met, so the process went on by itself.',
    stated: 'Stated by the system it came from.',
    'same-words': 'Kind, place and wording are the same, so it is taken as the same matter.',
    other: (code) => `Reason code: ${code}.`,
  },
};

export const refusalsEn: typeof refusalsZh = {
  noPower: (because) => `Your post may not do this: ${because}`,
  notNow: (state) => `The case is “${state}” now; this step is not possible.`,
  'no-such-case': 'There is no such case.',
  'bad-time': 'A thing done is told within two days, and never before it happened.',
  'community-list':
    'The duty list of this community does not name such matters: it cannot lead, but may help.',
  'nothing-said': 'Please write what you want to add.',
  'bad-input': 'Something is missing or wrong. Please check what you entered.',
  other: (code) => `It was not done (${code}).`,
};
