import type { Instant, RequestNumber } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import type { Happening } from '@gezhi/demo';
import { type Incoming, locate, type Town } from '@gezhi/town';
import type { Course } from './demo-course.ts';
import type { Posts } from './demo-posts.ts';
import { ABOUT_UNIT } from './demo-staff.ts';
import type { Step } from './demo-step.ts';

const EMPTY: Incoming = { source: '', id: '', type: '', occurredAt: 0, channel: '' };

/** A happening as the town hears it: without the truth behind it. */
export function incomingOf(
  h: Happening,
  { aboutUnit }: Course,
  follows: RequestNumber | undefined,
): Incoming {
  const person = { name: h.person.name, reachMe: [{ way: 'phone' as const, address: h.person.phone }] };
  return {
    source: `demo/${h.channel}`,
    id: h.id,
    type: 'gezhi.report.v1',
    occurredAt: h.at,
    channel: h.channel,
    words: aboutUnit ? `${h.words}${ABOUT_UNIT.words}` : h.words,
    ...(h.kindStated && !aboutUnit ? { kind: h.kind } : {}),
    requestKind: h.requestKind,
    publicity: 'public',
    ...(h.point ? { point: h.point } : {}),
    ...(h.placeText ? { placeText: h.placeText } : {}),
    requester: person,
    ...(h.reportedBy ? { reportedBy: { name: h.reportedBy } } : {}),
    ...(follows ? { follows } : {}),
  };
}

/** What a step is sent with, its words still text: places found, moments counted from now, the checker's own unit named. */
export function inputOf(town: Town, posts: Posts, step: Step, c: Case, at: Instant): Record<string, unknown> {
  const { find, untilAfterMs, ...input } = { ...step.input };
  return {
    ...input,
    ...(typeof find === 'string' ? { place: locate(town, { ...EMPTY, statedPlaces: { grid: find } }) } : {}),
    ...(typeof untilAfterMs === 'number' ? { until: at + untilAfterMs } : {}),
    ...('passed' in input ? { unit: posts.unitOf(posts.of(step.by, c)) } : {}),
  };
}
