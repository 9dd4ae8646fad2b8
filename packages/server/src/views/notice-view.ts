import { isoInstant } from '@gezhi/basis';
import type { WireNotice } from '@gezhi/contract';
import type { NoticeRow } from '@gezhi/storage';
import { findNoticeRule, type NoticeSubject, noticeSubjects, noticeText, type Town } from '@gezhi/town';
import { type Label, postNamed, unitNamed } from './names.ts';

/** Notices as staff see them, with what they say; what only its requester reads shows as `…`. */
export async function noticeViews(town: Town, rows: readonly NoticeRow[]): Promise<readonly WireNotice[]> {
  const subjects = await noticeSubjects(town, rows);
  return rows.map((row) => noticeView(town, row, subjects.get(row.id)));
}

function noticeView(town: Town, row: NoticeRow, subject: NoticeSubject | undefined): WireNotice {
  const text = subject && textOf(town, row, subject);
  const { reason, httpStatus, sentAt, sentPost } = row;
  return {
    id: row.id,
    caseId: row.caseId,
    rule: row.rule,
    ...(row.step > 0 ? { step: row.step } : {}),
    target: { kind: row.target, code: row.targetCode, name: targetName(town, row) },
    ...(text ? { text } : {}),
    ways: [...row.ways],
    way: row.ways[row.way] ?? '',
    urgent: row.urgent,
    state: row.state,
    ...(reason === null ? {} : { reason }),
    madeAt: isoInstant(row.madeAt),
    ...(row.state === 'waiting' ? { nextAt: isoInstant(row.nextAt) } : {}),
    attempts: row.attempts,
    ...(httpStatus === null ? {} : { httpStatus }),
    ...(sentAt === null ? {} : { sentAt: isoInstant(sentAt) }),
    ...(sentPost === null ? {} : { sentTo: postNamed(town, sentPost) }),
    link: `/cases/${row.caseId}`,
  };
}

function textOf(town: Town, row: NoticeRow, subject: NoticeSubject): Label | undefined {
  const found = findNoticeRule(town, row.rule);
  if (!found) return undefined;
  const { zh, en } = found.rule.say;
  return { zh: noticeText(town, zh, subject, 'zh', HIDDEN), en: noticeText(town, en, subject, 'en', HIDDEN) };
}

function targetName(town: Town, { target, targetCode }: NoticeRow): string {
  if (target === 'unit') return unitNamed(town, targetCode).name;
  return target === 'post' ? postNamed(town, targetCode).name : targetCode;
}

/** What only its requester reads, and the link by which they answer, are shown to nobody else. */
const HIDDEN = { said: '…', link: '…' };
