import type { Reason } from '@gezhi/cases';
import type { Town } from '../town.ts';

export type RulingWords = typeof zh;

const zh = {
  title: '派单裁定',
  lead: '承办单位认为不属于本单位职责，可凭依据提出异议；裁定成立的，在目录修订前，同类同地事项先按裁定派单，并写明裁定编号。',
  none: '还没有裁定。',
  number: '编号',
  line: '事项与地点',
  fromTo: '由谁转给谁',
  basis: '依据',
  at: '裁定时间',
  state: '状态',
  appliedTimes: (n: number) => `已适用 ${n} 次`,
  final: '终局',
  holds: '现行',
  older: '更早的',
  states: { proposed: '已报目录主管，先行适用', adopted: '已采纳，待目录修订', withdrawn: '已撤回' },
  adopt: '采纳',
  withdraw: '撤回',
  decide: '目录主管意见',
  done: '已记录。',
  missing: '请写明依据（目录条目或法规）。',
  nobody: '（未派单）',
  linesTitle: '权责清单中关于此类事项、此地的条目',
  noLines: '清单中没有关于此类事项、此地的条目。',
  pastTitle: '同类同地的过往裁定',
  noPast: '同类同地没有过往裁定。',
  anywhere: '全域',
  roles: { lead: '牵头', co: '协办', fallback: '兜底' },
  finalNow: '这是第二次异议：本次裁定为终局。',
  by: (name: string, times: number, unit: string, adopted: boolean) =>
    `按裁定 ${name} 派给${unit}，此前已适用 ${times} 次，${adopted ? '目录主管已采纳' : '尚未写入目录'}。`,
  passedOver: (name: string, unit: string) =>
    `裁定 ${name} 指向${unit}，但其职责清单未列此事项或单位已撤销，不适用。`,
  ruled: (application: string) => `按对${application.replace('objection-', '第 ')} 次异议的裁定派单。`,
};

const en: RulingWords = {
  title: 'Rulings on dispatch',
  lead: 'A unit that holds that a matter is not its duty may object, with its basis. Where the objection is upheld, matters of the same kind and street go by the ruling until the catalogue of duties says so itself, and its number is said each time.',
  none: 'There are no rulings yet.',
  number: 'Number',
  line: 'Kind and place',
  fromTo: 'From whom to whom',
  basis: 'Basis',
  at: 'Ruled at',
  state: 'State',
  appliedTimes: (n) => (n === 1 ? 'applied once' : `applied ${n} times`),
  final: 'final',
  holds: 'holds now',
  older: 'Older ones',
  states: {
    proposed: "proposed to the catalogue's owner, applied meanwhile",
    adopted: 'adopted, until the catalogue is revised',
    withdrawn: 'withdrawn',
  },
  adopt: 'Adopt',
  withdraw: 'Withdraw',
  decide: "The owner's word",
  done: 'It was noted.',
  missing: 'Name the line of the catalogue, or the law, that it rests on.',
  nobody: '(dispatched to nobody)',
  linesTitle: 'Lines of the power list for this kind and place',
  noLines: 'No line of the list speaks of this kind and place.',
  pastTitle: 'Past rulings on the same kind and street',
  noPast: 'There is no past ruling on the same kind and street.',
  anywhere: 'anywhere',
  roles: { lead: 'leads', co: 'helps', fallback: 'last resort' },
  finalNow: 'This is the second objection: the ruling will be final.',
  by: (name, times, unit, adopted) =>
    `To ${unit} by ruling ${name}, applied ${times} ${times === 1 ? 'time' : 'times'} before, ${adopted ? "adopted by the catalogue's owner" : 'not yet in the catalogue'}.`,
  passedOver: (name, unit) =>
    `Ruling ${name} names ${unit}, which is gone or whose own duty list does not name such matters: not applied.`,
  ruled: (application) => `Sent by the ruling on objection ${application.replace('objection-', '')}.`,
};

/** Words about rulings in both languages. */
export const RULING_WORDS: Readonly<Record<'zh' | 'en', RulingWords>> = { zh, en };

/** A reason that a ruling gave, in words; `undefined` for any other reason. */
export function sayRulingReason(
  town: Pick<Town, 'units'>,
  reason: Reason,
  lang: 'zh' | 'en',
): string | undefined {
  const w = RULING_WORDS[lang];
  const unit = String(reason.unit);
  const unitName = town.units.get(unit)?.name ?? unit;
  switch (reason.code) {
    case 'ruling-applied':
      return w.by(String(reason.ruling), Number(reason.applied), unitName, reason.state === 'adopted');
    case 'ruling-passed-over':
      return w.passedOver(String(reason.ruling), unitName);
    case 'ruling':
      return w.ruled(String(reason.ruling));
    default:
      return undefined;
  }
}
