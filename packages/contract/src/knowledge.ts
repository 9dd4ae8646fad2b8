import { z } from 'zod';
import { moment, named, short, uuid } from './named.ts';

export const ITEM_STATUSES = ['proposed', 'live', 'due', 'withdrawn'] as const;

const district = z.object({ district: short(24).optional() });
const byItem = z.object({ item: short(64) });

export const knowledgeQuery = z.object({
  district: short(24).optional(),
  q: short(200),
  lang: z.enum(['zh', 'en']).optional(),
  /** A place by its code: what is for it comes first, what is for others is left out. */
  place: short(60).optional(),
});

const shown = {
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  basis: z.string(),
  owner: z.object({ code: z.string(), name: z.string() }),
  validUntil: moment,
  kinds: z.array(z.string()),
  places: z.array(z.object({ code: z.string(), name: z.string() })),
  language: z.enum(['zh', 'en']),
  /** How often it answered; the item, nobody else. */
  answered: z.number().int(),
};

/** Answers that hold, the best first. */
export const knowledgeView = named('KnowledgeView', z.object({ items: z.array(z.object(shown)) }));

/** An item with where it stands. `sourceCase` is for staff only. */
export const knowledgeItem = named(
  'KnowledgeItem',
  z.object({
    ...shown,
    version: z.number().int(),
    status: z.enum(ITEM_STATUSES),
    sourceCase: uuid.optional(),
  }),
);

const multiline = (charsMax: number) => z.string().trim().min(1).max(charsMax);

const fields = z.strictObject({
  question: multiline(300),
  answer: multiline(8000),
  basis: multiline(500),
  /** The unit that answers for it; one's own where left out. */
  owner: short(60).optional(),
  validUntil: moment,
  kinds: z.array(short(60)).max(20).default([]),
  places: z.array(short(60)).max(50).default([]),
  language: z.enum(['zh', 'en']).default('zh'),
});

/** A new item, or the answer of an inquiry that was answered. */
export const newItem = named(
  'NewKnowledge',
  z.union([
    fields.extend({ status: z.enum(['proposed', 'live']).default('proposed') }),
    z.strictObject({ fromCase: uuid }),
  ]),
);

/** The next version of an item: `version` is the one that was read; what is not named stays. */
export const itemChange = named(
  'KnowledgeChange',
  z.strictObject({
    version: z.number().int().min(1),
    status: z.enum(['proposed', 'live', 'withdrawn']),
    question: multiline(300).optional(),
    answer: multiline(8000).optional(),
    basis: multiline(500).optional(),
    owner: short(60).optional(),
    validUntil: moment.optional(),
    kinds: z.array(short(60)).max(20).optional(),
    places: z.array(short(60)).max(50).optional(),
    language: z.enum(['zh', 'en']).optional(),
  }),
);

export const KNOWLEDGE_ROUTES = {
  findKnowledge: {
    summary: { zh: '查询知识库：现行有效的问答', en: 'Ask the knowledge base: answers that hold' },
    auth: 'open',
    query: knowledgeQuery,
    answers: { 200: knowledgeView },
  },
  getKnowledge: {
    summary: { zh: '一条知识', en: 'One item of the knowledge base' },
    auth: 'open',
    params: byItem,
    query: district,
    answers: { 200: knowledgeItem },
  },
  listKnowledge: {
    summary: { zh: '本单位的知识及其状态', en: 'The items of one’s own unit, and where they stand' },
    auth: 'staff',
    query: district.extend({ status: z.enum(ITEM_STATUSES).optional(), owner: short(60).optional() }),
    answers: { 200: named('KnowledgeItems', z.object({ items: z.array(knowledgeItem) })) },
  },
  addKnowledge: {
    summary: { zh: '新增或推荐一条知识', en: 'Add an item, or propose one' },
    auth: 'staff',
    query: district,
    body: newItem,
    answers: { 201: knowledgeItem },
  },
  editKnowledge: {
    summary: { zh: '审核、修改或撤下一条知识', en: 'Approve, edit or withdraw an item' },
    auth: 'staff',
    params: byItem,
    query: district,
    body: itemChange,
    answers: { 200: knowledgeItem },
  },
} as const;

export type WireKnowledge = z.infer<typeof knowledgeItem>;
