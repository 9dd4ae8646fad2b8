import type { AlgorithmList } from '@gezhi/contract';

type Entry = AlgorithmList['algorithms'][number];
type Said = Pick<Entry, 'name' | 'purpose' | 'learnedFrom' | 'howWell' | 'decides' | 'objection'>;

const A_PERSON = {
  zh: '只提建议，由工作人员决定；每条建议写明依据的词或数。',
  en: 'It proposes only; a person decides. Each proposal names the words or figures that it rests on.',
};
const SAY_SO = {
  zh: '向承办人或热线说明，由人改正；对处理不满意可向热线负责人投诉。改正会记入事项，并用于下一次学习。',
  en: 'Tell whoever handles the case, or the hotline: a person corrects it. Complaints go to the head of the hotline. A correction stays with the case and is learned from.',
};
const BY_RULES = {
  zh: '不学习：规则和词表由人写成，逐条可读，附有测试句。',
  en: 'It does not learn: people wrote its rules and words. They can be read one by one, with test sentences.',
};
const NOT_HERE = { zh: '在本地尚未测量。', en: 'Not measured in this town.' };

/** What the register says of each algorithm. Figures stand in docs/reading.md with how they were measured. */
export const REGISTER_WORDS: Readonly<Record<Entry['id'], Said>> = {
  kind: {
    name: { zh: '读类别', en: 'Reading the kind' },
    purpose: {
      zh: '从来话里提出这件事属于哪一类，帮助分到对口单位。',
      en: 'Proposes what a matter is about, so that it reaches whoever is responsible.',
    },
    learnedFrom: {
      zh: '本地由人定过类别的事项（先遮去姓名、号码再学），以及各类别自带的词。',
      en: 'Cases of this town whose kind a person decided, with names and numbers masked before anything is learned; and the words of each kind.',
    },
    howWell: NOT_HERE,
    decides: A_PERSON,
    objection: SAY_SO,
  },
  urgent: {
    name: { zh: '读危险', en: 'Reading danger' },
    purpose: {
      zh: '发现危及生命财产的话（火、气、被困、自伤、暴力等），立即转110、119、120、122，未确认前标红。',
      en: 'Notices danger to life or property (fire, gas, trapped, self-harm, violence …), hands it to 110, 119, 120 or 122 at once and keeps it red until acknowledged.',
    },
    learnedFrom: BY_RULES,
    howWell: {
      zh: '全部测试句每次启动前都要通过。宁可多报：一万封公开留言中约一成被读作危险。真实来电漏报多少，尚无标注数据可测。',
      en: 'All test sentences hold, or the scene does not start. It rather speaks too often: of 10,400 public letters a tenth reads as danger. How much is missed on real calls was not measured: no labelled set is at hand.',
    },
    decides: {
      zh: '转出自动进行，来人确认；误报由人撤下，不影响来话人。',
      en: 'It hands over by itself, and people acknowledge. A false alarm is taken down by a person and has no consequence for whoever spoke.',
    },
    objection: SAY_SO,
  },
  where: {
    name: { zh: '读地点', en: 'Reading the place' },
    purpose: {
      zh: '从来话里找地名、小区、道路、门牌，提出在哪里；拿不准就列出候选请人选。',
      en: 'Finds places, estates, roads and numbers in what was said; where it is not sure it lists candidates and asks.',
    },
    learnedFrom: {
      zh: '区划、网格、资产名录，以及由人定过地点的事项里的叫法（只记次数）。',
      en: 'Divisions, grids and assets of the town, and names that cases with a confirmed place taught (counts only).',
    },
    howWell: {
      zh: '在本地尚未测量。公开资料：五千九百零八个完整地址全部读对；只写街道名的，五千九百零八个中四千一百四十七个直接认定，其余请人选。',
      en: 'Not measured in this town. On public data 5,908 of 5,908 whole addresses were read rightly; of streets alone 4,147 of 5,908 were resolved and the rest asked about.',
    },
    decides: A_PERSON,
    objection: SAY_SO,
  },
  mask: {
    name: { zh: '遮去个人信息', en: 'Masking' },
    purpose: {
      zh: '公开前和学习前，把姓名、电话、证件号、车牌、银行卡号换成■■■。',
      en: 'Replaces names, phones, identity numbers, plates and bank cards by ■■■ before anything is public or learned.',
    },
    learnedFrom: BY_RULES,
    howWell: {
      zh: '造句测试查全率0.999（规则和测试句出自同一人，应看作上限）；句中没有任何提示的姓名找不到。',
      en: 'Recall 0.999 on made-up sentences (by the hand that made the rules: take it as an upper bound). A name that nothing in its sentence hints at is not found.',
    },
    decides: {
      zh: '自动进行；公开前由人看。',
      en: 'It runs by itself; a person looks before anything is published.',
    },
    objection: {
      zh: '发现公开内容里有您的信息，告诉热线，立即撤下。',
      en: 'If you find yourself in what is public, tell the hotline: it is taken down at once.',
    },
  },
  same: {
    name: { zh: '同一件事', en: 'The same matter' },
    purpose: {
      zh: '提出来话可能与哪些在办或近期事项是同一件，合并后每个人的声音都保留，可以拆回。',
      en: 'Proposes which open or recent cases this may be. Joining keeps every voice and can be undone.',
    },
    learnedFrom: {
      zh: '通用初始参数；本地的合并、拆回和未采纳的提议还不足以校准。',
      en: 'A shipped default; what this town merged, took apart again or passed over is not yet enough to calibrate it.',
    },
    howWell: NOT_HERE,
    decides: {
      zh: '同一来源重发、同一地点同一说法自动并入；其余由人决定。',
      en: 'The same words of the same kind and place join by themselves; all else a person decides.',
    },
    objection: SAY_SO,
  },
  topics: {
    name: { zh: '热点话题', en: 'Topics' },
    purpose: {
      zh: '把说同一件事的来话归到一起，看哪里在升温。热度数的是不同的人，一个人写五十次不算五十。',
      en: 'Groups what is said about the same thing and sees what is growing. Heat counts different people: one who writes fifty times is not fifty.',
    },
    learnedFrom: {
      zh: '不学习：按用词相近归并，热度公式有版本号。少于三人的话题不公开。',
      en: 'It does not learn: it groups by words, and the formula of heat has a version. Topics of fewer than three people are not public.',
    },
    howWell: {
      zh: '在本地尚未测量。参数是在一份公开留言上定的，见 docs/decisions/0017。',
      en: 'Not measured in this town. Its thresholds were set on one public file: docs/decisions/0017.',
    },
    decides: A_PERSON,
    objection: SAY_SO,
  },
  answer: {
    name: { zh: '答复提示', en: 'Hints on an answer' },
    purpose: {
      zh: '答复发出前提示写的人：问的每一点答到没有，依据和下一步写了没有。',
      en: 'Tells whoever writes an answer, before it is sent, whether each point is met and basis and next step are named.',
    },
    learnedFrom: BY_RULES,
    howWell: {
      zh: '两千八百一十六封公开答复与错配答复相比，AUC 0.948；只看用词，不知道答得对不对。',
      en: 'AUC 0.948 on 2,816 public replies against as many that answer other letters. By words alone: it does not know whether what is said is right.',
    },
    decides: {
      zh: '写的人自己决定。不保存，不计分，不评价任何人。',
      en: 'Whoever writes decides. It is not kept, and is never a mark on anybody.',
    },
    objection: {
      zh: '不必理会：它对答复没有任何后果。',
      en: 'Pass it over: it has no consequence for the answer.',
    },
  },
};
