import { z } from 'zod';
import { identifier, moment, named, short, uuid } from './named.ts';

const district = z.object({ district: short(24).optional() });

/** A link for one task of one unit. Whoever holds `path` acts on that task as the unit's post until it ends. */
export const taskLink = named(
  'TaskLink',
  z.object({
    id: z.string(),
    task: z.string(),
    unit: z.string(),
    path: z.string(),
    madeAt: moment,
    madeBy: z.string(),
    expiresAt: moment,
    revokedAt: moment.optional(),
  }),
);

export const TASK_LINK_ROUTES = {
  listTaskLinks: {
    summary: { zh: '一个案件的任务链接', en: 'The links for tasks of a case' },
    auth: 'staff',
    params: z.object({ id: uuid }),
    query: district,
    answers: { 200: z.object({ links: z.array(taskLink) }) },
  },
  makeTaskLink: {
    summary: { zh: '为一件协办任务生成链接', en: 'Make a link for one task' },
    auth: 'staff',
    params: z.object({ id: uuid }),
    query: district,
    body: z.strictObject({ task: identifier, hours: z.number().int().min(1).max(336).optional() }),
    answers: { 201: taskLink },
  },
  revokeTaskLink: {
    summary: { zh: '收回任务链接', en: 'Take a link back' },
    auth: 'staff',
    params: z.object({ id: uuid, link: short(40) }),
    query: district,
    answers: { 200: taskLink },
  },
} as const;
