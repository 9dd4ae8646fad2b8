import type { FactType } from '@gezhi/cases';
import type { FactWords } from './fact-words.ts';

const list = (items: readonly string[]): string => items.join('、');

/** Each fact as a sentence. */
const sentences: { readonly [T in FactType]: (f: FactWords) => string } = {
  opened: (f) => `受理登记：${f.kind}，${f.place}。`,
  joined: () => '又有一位诉求人反映同一件事，一并办理。',
  followed: () => '诉求人补充了情况。',
  photographed: () => '收到一张照片。',
  kindSet: (f) => `${f.who}把类别定为“${f.kind}”。`,
  placeSet: (f) => `${f.who}把地点定为${f.place}。`,
  triaged: (f) => `${f.who}审核通过，准备派单。`,
  routeUnclear: () => '职责清单中没有明确的承办单位，转由人工研判。',
  answered: (f) => `${f.who}当场答复。`,
  referred: (f) => `${f.who}转介给${f.whom}。`,
  declined: (f) => `不予派单：${f.reason}。`,
  dispatched: (f) => `派给${f.unit}主办${f.units.length ? `，${list(f.units)}协办` : ''}。依据：${f.basis}。`,
  promised: (f) => `承诺 ${f.due} 前办结。`,
  accepted: (f) => `${f.who}签收，开始办理。`,
  contacted: (f) => `${f.who}联系了诉求人（${f.way}）。`,
  noted: (f) => `${f.who}作了办理记录。`,
  tasked: (f) => `请${f.unit}协办${f.due ? `，限 ${f.due}` : ''}。`,
  taskDone: (f) => `${f.who}完成协办。`,
  done: (f) => `${f.who}报告办结：${f.outcome}。`,
  checked: (f) => (f.passed ? `${f.who}核查通过。` : `${f.who}核查未通过，退回继续办理。`),
  calledBack: (f) => `${f.who}回访：联系——${f.contacted}；解决——${f.solved}；满意——${f.satisfied}。`,
  unreachable: (f) => `${f.who}回访未联系上（试过：${list(f.units)}）。`,
  closed: () => '结案。',
  reopened: () => '重新办理，仍由原单位牵头。',
  merged: () => '与另一件同样的事合并办理，诉求号和回访都保留。',
  absorbed: (f) => `并入另一件同样的事，增加 ${f.count} 位诉求人。`,
  unmerged: () => '从合并中分出，恢复单独办理。',
  released: (f) => `撤销并案，${f.count} 位诉求人回到原事项。`,
  split: (f) => `拆分出一件：${f.kind}。`,
  linked: (f) => `关联外部工单 ${f.whom}${f.due ? `，时限 ${f.due}` : ''}。`,
  excluded: (f) => `不计入考核，理由：${f.reason}。`,
  bent: (f) => `经${f.whom}批准，例外放行一次（${f.reason}）。`,
  deadlinePassed: (f) => `“${f.clock}”时限 ${f.due} 已过，记为超期。`,
  childEnded: (f) => `“${f.kind}”已了结。`,
  advanced: (f) => `${f.who}办理“${f.outcome}”。`,
  huddled: (f) => `${f.who}与${list(f.units)}派前会商。`,
  concerned: (f) => `标明事项涉及${list(f.units)}，该单位及其下级不参与办理。`,
  handedOff: (f) => `发现险情，已立即转${f.whom}。`,
  acknowledged: (f) => `${f.whom}已确认接收。`,
  applied: (f) =>
    `${f.unit}提出${f.whom}${f.due ? `，至 ${f.due}` : ''}${f.basis ? `。依据：${f.basis}` : ''}。`,
  ruled: (f) =>
    `${f.who}裁定${f.whom}：${f.passed ? '同意' : '不同意'}${f.basis ? `。依据：${f.basis}` : ''}。`,
  extended: (f) => `经热线批准，办理期限延长到 ${f.due}。`,
  suspended: (f) => `经批准暂缓办理（挂账），${f.due} 前复查。`,
  resumed: () => '恢复办理。',
  urged: (f) => `${f.unit}催办。`,
  escalated: (f) => `升级到${f.unit}研判。`,
  leaderTook: (f) => `${f.unit}领导包案。`,
  taskStepped: (f) => `${f.who}更新任务：${f.outcome}${f.way ? `（${f.way}）` : ''}。`,
  rated: (f) => `${f.whom}评价${f.unit}：${f.reason}。`,
  callbackTried: (f) => `${f.who}回访未接通（${f.way}）。`,
};

export const storyZh = {
  sentences,
  system: '系统',
  intake: '受理',
  requester: '诉求人',
  you: '您',
  noted: '内部记录不在此显示。',
  reasons: {
    'objection-upheld': '已裁定不属该单位职责，由人工研判。',
    'by-hand': '由人工指定承办单位。',
    automatic: '条件具备，系统按流程自动流转。',
    stated: '由来文系统注明。',
    'same-words': '类别、地点和说法相同，视为同一件事。',
    other: (code: string) => `理由代码：${code}。`,
  },
};

/** What is said where something was refused, beyond the sentences of the cases room. */
export const refusalsZh = {
  noPower: (because: string) => `您的岗位不能这样做：${because}`,
  notNow: (state: string) => `现在是“${state}”，不能做这一步。`,
  'no-such-case': '没有这件事。',
  'bad-time': '发生时间须在两天以内，且不能在将来。',
  'community-list': '社区（村）的职责清单中没有这类事项，不能由它牵头；可以请它协办。',
  'nothing-said': '请写下补充的内容。',
  'bad-input': '填写的内容不完整，请核对。',
  other: (code: string) => `没有办成（${code}）。`,
};
