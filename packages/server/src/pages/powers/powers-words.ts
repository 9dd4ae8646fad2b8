import type { Relation } from '@gezhi/powers';
import type { SightChange } from '@gezhi/town';
import type { Lang } from '../words/words.ts';

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
  readonly during: string;
  readonly preview: PreviewWords;
};

type PreviewWords = Readonly<
  Record<
    | 'title'
    | 'lead'
    | 'scene'
    | 'list'
    | 'own'
    | 'ships'
    | 'preview'
    | 'wrong'
    | 'outcome'
    | 'noChange'
    | 'sight'
    | 'noSight'
    | 'gains'
    | 'loses'
    | 'power'
    | 'posts'
    | 'cases'
    | 'by'
    | 'reason'
    | 'apply'
    | 'done'
    | 'edits',
    string
  >
> & {
  readonly more: (all: number) => string;
  readonly sees: (post: string, change: Pick<SightChange, 'posts' | 'changed' | 'gains' | 'loses'>) => string;
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
    during: '应急期间',
    preview: {
      title: '改权力清单之前',
      lead: '把改过的清单贴在这里，先看谁增加、谁失去什么权力，哪类岗位会多看到、少看到多少在办案件；只按岗位类别说，不涉及个人。确认后自此刻起生效，写入公开账本，可在“本地设置”里撤回。',
      scene: '场景',
      list: '清单（格式同 powers.yaml）',
      own: '现行的是本地改过的清单。',
      ships: '现行的是场景自带的清单。',
      preview: '看会改变什么',
      wrong: '清单有问题，不能生效',
      outcome: '会改变什么',
      noChange: '无人增减权力。',
      sight: '在办案件',
      noSight: '各岗位看到的在办案件不变。',
      gains: '增加',
      loses: '失去',
      power: '权力',
      posts: '岗位类别（与事项的关系）',
      cases: '事项',
      by: '依哪一条',
      reason: '理由（留存并公开于改动记录）',
      apply: '自此刻起生效',
      done: '已生效，并写入公开账本。',
      edits: '改动记录与撤回',
      more: (all) => `，共 ${all} 类`,
      sees: (post, { posts, changed, gains, loses }) =>
        `${post}：${posts} 个岗位中 ${changed} 个有变，单个岗位最多多看 ${gains} 件、少看 ${loses} 件`,
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
    during: 'in an emergency',
    preview: {
      title: 'Before a power list changes',
      lead: 'Paste a changed list here and see who gains and who loses which power, and which kinds of posts would see more or fewer of the open cases; by kinds of posts, never by persons. Confirmed, it holds from now on, stands in the public ledger, and can be taken back in the room “Town”.',
      scene: 'Scene',
      list: 'The list, as powers.yaml writes it',
      own: 'The town’s own list runs now.',
      ships: 'The list that ships with the scene runs now.',
      preview: 'See what it would do',
      wrong: 'Something is wrong with the list, and it cannot hold',
      outcome: 'What it would do',
      noChange: 'Nobody gains or loses a power.',
      sight: 'Open cases',
      noSight: 'Every post would see the open cases that it sees.',
      gains: 'gain',
      loses: 'lose',
      power: 'Power',
      posts: 'Kinds of posts (and how they stand to the matter)',
      cases: 'Matters',
      by: 'By which policy',
      reason: 'Why (is kept with the change)',
      apply: 'Make it hold from now on',
      done: 'It holds, and stands in the public ledger.',
      edits: 'Changes, and taking them back',
      more: (all) => `, ${all} in all`,
      sees: (post, { posts, changed, gains, loses }) =>
        `${post}: ${changed} of ${posts} posts change; one post at most gains ${gains} cases and loses ${loses}`,
    },
  },
};
