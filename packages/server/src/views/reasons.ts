import type { Reason } from '@gezhi/cases';
import { type NameOf, REASON_CODES, type Reason as RouteReason, sayReason } from '@gezhi/duty';
import { sayRulingReason, type Town } from '@gezhi/town';
import { type Label, nameOf } from './names.ts';

export type SaidReason = {
  readonly code: string;
  readonly say: Label;
  readonly data: Readonly<Record<string, unknown>>;
};

const OWN: Readonly<Record<string, Label>> = {
  'same-words': {
    zh: '同一地点、同一类别、同样的话，并入同一事项。',
    en: 'The same was said of the same place and kind.',
  },
  'me-too': { zh: '诉求人指明是同一件事。', en: 'The requester said that it is the same.' },
  'by-hand': { zh: '由工作人员决定。', en: 'A person decided.' },
  automatic: { zh: '条件具备，按流程自动流转。', en: 'The process took this step by itself.' },
  stated: { zh: '由来源系统写明。', en: 'The source states it.' },
};

/** A reason in words that residents and staff both read; a code without words of its own stands as it is. */
export function sayAnyReason(town: Town, reason: Reason): SaidReason {
  const { code, data: inner, ...rest } = reason;
  const data = (typeof inner === 'object' && inner !== null ? inner : rest) as Record<string, unknown>;
  if (!(REASON_CODES as readonly string[]).includes(code)) {
    const [zh, en] = [sayRulingReason(town, reason, 'zh'), sayRulingReason(town, reason, 'en')];
    return { code, say: zh && en ? { zh, en } : (OWN[code] ?? { zh: code, en: code }), data };
  }
  const names: NameOf = nameOf(town);
  const of = { code, data } as RouteReason;
  return { code, say: { zh: sayReason(of, 'zh', names), en: sayReason(of, 'en', names) }, data };
}
