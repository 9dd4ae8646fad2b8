import type { ProblemRow } from './problem-row.ts';

/** Refusals of the knowledge base and the topics, as HTTP answers them. */
export const KNOWLEDGE_PROBLEM_ROWS: Readonly<Record<string, ProblemRow>> = {
  'bad-item': {
    status: 422,
    title: { zh: '这条知识还不能用', en: 'Nobody could rely on this item' },
    remedy: {
      zh: '改正 details.field 所指的一项：问题、答案、依据、负责单位、有效期至、类别或地点。现行的知识须写明依据。',
      en: 'Mend what details.field names: question, answer, basis, owner, validUntil, kinds or places. A live item names its basis.',
    },
  },
  'no-such-item': {
    status: 404,
    title: { zh: '没有这条知识，或您看不到', en: 'There is no such item for you to read' },
    remedy: { zh: '核对地址中的编号。', en: 'Check the id in the address.' },
  },
  'not-owner': {
    status: 403,
    title: { zh: '这条知识由别的单位负责', en: 'Another unit answers for this item' },
    remedy: {
      zh: '请 details.owner 所指的单位办理，或以 proposed 推荐给它。',
      en: 'Ask the unit that details.owner names, or send it as proposed.',
    },
  },
  'bad-window': {
    status: 422,
    title: { zh: '时间范围有误', en: 'The window cannot be' },
    remedy: {
      zh: '写先后两个时刻，相距不超过一年。',
      en: 'Name two moments, the first before the second, at most a year apart.',
    },
  },
  'not-answered': {
    status: 409,
    title: {
      zh: '只有已用文字答复的咨询可以推荐',
      en: 'Only an inquiry that was answered in words proposes its answer',
    },
    remedy: { zh: '先答复，再推荐。', en: 'Answer it first.' },
  },
};
