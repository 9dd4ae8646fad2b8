import type { Relation } from '@gezhi/powers';
import type { Lang } from './words/words.ts';

type PowersWords = {
  readonly title: string;
  readonly lead: string;
  readonly byPower: string;
  readonly byRole: string;
  readonly power: string;
  readonly who: string;
  readonly says: string;
  readonly basis: string;
  readonly permits: string;
  readonly forbids: string;
  readonly all: string;
  readonly anybody: string;
  readonly written: string;
  readonly asPolicies: string;
  readonly data: string;
  readonly relations: Readonly<Record<Relation, string>>;
};

export const POWERS_WORDS: Readonly<Record<Lang, PowersWords>> = {
  zh: {
    title: '权力清单',
    lead: '谁对什么事项可以做什么、不得做什么，依据是什么。公布的清单就是系统正在执行的规则；清单没有授予的，不得行使；一条禁止高于所有许可。',
    byPower: '按权力',
    byRole: '按岗位',
    power: '权力',
    who: '谁',
    says: '内容',
    basis: '依据',
    permits: '可以',
    forbids: '不得',
    all: '全部权力',
    anybody: '任何人',
    written: '见规则原文',
    asPolicies: '规则原文（Cedar）',
    data: '数据',
    relations: {
      any: '',
      requester: '诉求人本人',
      lead: '牵头单位',
      coUnit: '协办单位',
      leadOrCo: '牵头或协办单位',
      notLead: '非牵头单位',
      above: '牵头单位的上级',
      below: '牵头单位的下级',
      doerOrBelow: '承办单位及其下级',
      concerned: '被反映单位及其下级',
      finder: '发现并上报的岗位',
      samePlace: '同一地点的岗位',
    },
  },
  en: {
    title: 'Power list',
    lead: 'Who may do what to which matter, who may not, and on what legal basis. The published list is the policy that runs: what it does not give is not allowed, and one prohibition beats every permission.',
    byPower: 'By power',
    byRole: 'By role',
    power: 'Power',
    who: 'Who',
    says: 'What it says',
    basis: 'Basis',
    permits: 'may',
    forbids: 'may not',
    all: 'every power',
    anybody: 'anybody',
    written: 'see the policy itself',
    asPolicies: 'The policies themselves (Cedar)',
    data: 'Data',
    relations: {
      any: '',
      requester: 'whoever asked',
      lead: 'the lead unit',
      coUnit: 'an assisting unit',
      leadOrCo: 'the lead unit or one that assists',
      notLead: 'who is not the lead unit',
      above: 'a unit above the lead',
      below: 'a unit below the lead',
      doerOrBelow: 'who did the work, or a unit below',
      concerned: 'whom it is about, or a unit below',
      finder: 'the post that found it',
      samePlace: 'a post of the same place',
    },
  },
};
