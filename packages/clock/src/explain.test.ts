import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarOf } from './calendar-of.ts';
import { explainDeadline, type Span } from './explain.ts';
import type { Pause } from './pauses.ts';
import { sayExplanation } from './say-explanation.ts';
import { parseTerm } from './term.ts';

const calendar = calendarOf('cn', 'Asia/Shanghai');

function at(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
}

function explain(start: string, term: string, pauses: readonly Pause[] = []) {
  return explainDeadline({ start: at(start), term: parseTerm(term), calendar, pauses });
}

/** `+4 workHours` for what counts (in hours), `-14 night` for what does not. */
function notes(spans: readonly Span[]): string[] {
  return spans.map(({ counts, ms, reason }) => {
    const why = 'name' in reason ? `${reason.code} ${reason.name.zh}` : reason.code;
    return `${counts ? '+' : '-'}${ms === null ? '…' : ms / 3_600_000} ${why}`;
  });
}

test('work hours over National Day 2024', () => {
  assert.deepEqual(notes(explain('2024-09-29 17:00', '2wd').spans), [
    '+1 makeUpWorkday 国庆节',
    '-14 night',
    '+4 workHours',
    '-2 lunch',
    '+4 workHours',
    '-6 night',
    '-168 holiday 国庆节',
    '-8 night',
    '+4 workHours',
    '-2 lunch',
    '+3 workHours',
  ]);
});

test('a day in law that ends within National Day moves behind it', () => {
  const { spans, countedMs, askedMs } = explain('2024-09-20 09:00', '15ld');
  assert.deepEqual(notes(spans), ['-15 firstDay', '+360 day', '-48 holiday 国庆节', '-18 rollover']);
  assert.equal(countedMs, askedMs);
});

test('a pause is named with its own reason, and may still last', () => {
  const open = explain('2024-10-10 17:00', '4wh', [{ from: at('2024-10-11 09:00'), reason: 'parts' }]);
  assert.deepEqual(notes(open.spans), ['+1 workHours', '-14 night', '+1 workHours', '-… pause']);
  assert.equal(open.dueAt, null);
  const before = explain('2024-10-10 17:00', '4wh', [{ from: at('2024-10-10 09:00'), reason: 'parts' }]);
  assert.deepEqual(notes(before.spans), ['-… pause']);
  assert.equal(before.spans[0]!.from, at('2024-10-10 17:00'));
});

test('residents and staff read the same sentences, in both languages', () => {
  const explanation = explain('2026-12-24 17:00', '3wh', [
    { from: at('2026-12-25 08:00'), to: at('2026-12-25 09:00'), reason: 'parts' },
  ]);
  const say = (reason: string) => (reason === 'parts' ? '等待配件' : reason);
  assert.deepEqual(sayExplanation(explanation, 'zh', say), [
    '自 2026-12-24 周四 17:00 起算，时限 3 个工作时。',
    '2026-12-24 周四 17:00 至 2026-12-24 周四 18:00：工作时间，计 1 小时。',
    '2026-12-24 周四 18:00 至 2026-12-25 周五 08:00：非工作时间，不计。',
    '2026-12-25 周五 08:00 至 2026-12-25 周五 09:00：暂停（等待配件），不计。',
    '2026-12-25 周五 09:00 至 2026-12-25 周五 11:00：工作时间，计 2 小时。',
    '2026-12-25 周五 11:00 到期。',
    '其中有日期的放假安排尚未公布，到期时间可能变动。',
  ]);
  assert.deepEqual(sayExplanation(explanation, 'en'), [
    'The clock starts at Thu 2026-12-24 17:00; the limit is 3 work hours.',
    'Thu 2026-12-24 17:00 to Thu 2026-12-24 18:00: work hours, counts 1 h.',
    'Thu 2026-12-24 18:00 to Fri 2026-12-25 08:00: outside work hours, does not count.',
    'Fri 2026-12-25 08:00 to Fri 2026-12-25 09:00: paused (parts), does not count.',
    'Fri 2026-12-25 09:00 to Fri 2026-12-25 11:00: work hours, counts 2 h.',
    'It is due at Fri 2026-12-25 11:00.',
    'The holidays of some of these days are not published yet, so the deadline may still move.',
  ]);
});

test('a pause without end leaves no deadline, and says what remains', () => {
  const last = (start: string, term: string, from: string) =>
    sayExplanation(explain(start, term, [{ from: at(from), reason: 'parts' }]), 'en').at(-1);
  assert.equal(
    last('2024-10-10 17:00', '4wh', '2024-10-11 09:00'),
    'While it is paused there is no deadline; 2 h remain once it goes on.',
  );
  assert.match(
    last('2024-11-01 09:00', '8ld', '2024-11-10 09:00')!,
    /used up and ends on the first work day/,
  );
});
