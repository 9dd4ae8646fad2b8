export {
  type Calendar,
  type CalendarChange,
  changeCalendar,
  type DayKind,
  DEFAULT_WORK_HOURS,
  parseWorkHours,
  plainCalendar,
  publishedUntilText,
  type Words,
  type WorkHours,
} from './calendar.ts';
export { type CalendarId, calendarOf } from './calendar-of.ts';
export { chinaCalendar } from './china-calendar.ts';
export { type Deadline, type DeadlineInput, deadline, type Extension } from './deadline.ts';
export { type Elapsed, elapsed, usedUpAt } from './elapsed.ts';
export { type Explanation, explainDeadline, type Span, type SpanReason } from './explain.ts';
export {
  isLocalDay,
  isoDay,
  isWeekend,
  type LocalDay,
  localDay,
  type Weekday,
  weekdayOf,
} from './local-day.ts';
export type { Pause } from './pauses.ts';
export { type ClockProfile, findTerm, type ProfileTerm } from './profile.ts';
export { CLOCK_PROFILES, getProfile } from './profiles.ts';
export { type Lang, sayDuration, sayExplanation, sayMoment } from './say-explanation.ts';
export { type Start, type StartQuestion, type StartReason, startOf } from './start-of.ts';
export { parseTerm, printTerm, sayTerm, type Term, type TermUnit, termMs } from './term.ts';
export { usCalendar } from './us-calendar.ts';
export { type Zone, zoneOf } from './zone.ts';
