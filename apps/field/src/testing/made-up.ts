import type { FieldCase } from '@gezhi/contract';
import type { FieldProcess } from '../outbox/ahead.ts';
import type { Entry } from '../outbox/entry.ts';

const both = (text: string): { zh: string; en: string } => ({ zh: text, en: text });

/** A process of four states: sent, signed, spoken, done; notes while it is open, words of a requester at any time. */
export const PROCESS: FieldProcess = {
  scene: 'hotline',
  states: {
    sent: { label: both('sent'), phase: 'dispatched', isOpen: true },
    signed: { label: both('signed'), phase: 'underway', isOpen: true },
    spoken: { label: both('spoken'), phase: 'underway', isOpen: true },
    done: { label: both('done'), phase: 'done', isOpen: true },
    closed: { label: both('closed'), phase: 'closed', isOpen: false },
  },
  actions: [
    { action: 'accept', act: 'accept', label: both('accept'), from: ['sent'], to: 'signed' },
    { action: 'speak', act: 'contact', label: both('speak'), from: ['signed', 'spoken'], to: 'spoken' },
    {
      action: 'finish',
      act: 'finish',
      label: both('finish'),
      from: ['signed', 'spoken'],
      to: { solved: 'done', partly: 'done' },
    },
    { action: 'note', act: 'note', label: both('note'), from: 'open' },
    { action: 'follow', act: 'follow', label: both('follow'), from: 'any' },
    { action: 'photograph', act: 'photograph', label: both('photograph'), from: 'any' },
  ],
};

/** A matter in that process. */
export function aCase(change: Partial<FieldCase> = {}): FieldCase {
  return {
    caseId: 'a',
    seq: 4,
    scene: 'hotline',
    state: 'sent',
    stateLabel: both('sent'),
    phase: 'dispatched',
    flags: [],
    kind: { code: 'waste.dump', name: both('waste') },
    photo: true,
    place: { code: '1', name: 'one' },
    openedAt: '2026-05-06T02:00:00Z',
    isLead: true,
    isOurs: true,
    said: [],
    media: [],
    requests: [{ number: '120000000017', saidAt: '2026-05-06T02:00:00Z', contacted: false }],
    clocks: [],
    tasks: [],
    may: PROCESS.actions.map(({ action }) => action),
    story: [],
    ...change,
  };
}

/** A row of the outbox: `accept a` is the action `accept` done to the case `a`. */
export function did(order: number, words: string, change: Partial<Entry> = {}): Entry {
  const [name = '', caseId = ''] = words.split(' ');
  const act = PROCESS.actions.find(({ action }) => action === name)?.act ?? name;
  const input = name === 'finish' ? { outcome: 'solved', words: 'done' } : {};
  return {
    id: `id${order}`,
    post: 'worker',
    order,
    at: order,
    about: both(words),
    state: 'waiting',
    seen: 4,
    deed:
      name === 'photo'
        ? { do: 'photo', caseId, photo: new Blob(['x']) }
        : { do: 'command', caseId, action: name, act, label: both(name), input },
    ...change,
  };
}
