import type { NoticeRule, Notices, RingRule } from '@gezhi/scene';
import type { Town } from '../town.ts';

/** A rule as the ledger names it: `<scene>.<id>`. */
export type FoundRule =
  | { readonly kind: 'rule'; readonly notices: Notices; readonly rule: NoticeRule }
  | { readonly kind: 'ring'; readonly notices: Notices; readonly rule: RingRule };

/** The rule of that name; `undefined` where the scene has it no longer. */
export function findNoticeRule(town: Town, name: string): FoundRule | undefined {
  const dot = name.lastIndexOf('.');
  const notices = town.packs.get(name.slice(0, dot))?.notices;
  const id = name.slice(dot + 1);
  const rule = notices?.rules.find((one) => one.id === id);
  if (notices && rule) return { kind: 'rule', notices, rule };
  const ring = notices?.rings.find((one) => one.id === id);
  return notices && ring ? { kind: 'ring', notices, rule: ring } : undefined;
}
