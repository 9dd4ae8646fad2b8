import type { CaseId } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { historiesUpTo } from '@gezhi/storage';
import type { Town } from '../town.ts';
import type { NoticeSubject } from './notice-text.ts';

/** What each of these notices tells of, by its id: the fact at its position and the case as it was right after. One round trip. */
export async function noticeSubjects(
  { db, district }: Town,
  notices: readonly {
    readonly id: string;
    readonly caseId: CaseId;
    readonly position: number;
    readonly target: string;
    readonly targetCode: string;
  }[],
): Promise<ReadonlyMap<string, NoticeSubject>> {
  const ids = [...new Set(notices.map((notice) => notice.caseId))];
  const upTo = notices.reduce((most, notice) => Math.max(most, notice.position), 0);
  const histories = await historiesUpTo(db.pool, district, ids, upTo);
  const subjects = new Map<string, NoticeSubject>();
  for (const { id, caseId, position, target, targetCode } of notices) {
    const facts = histories.get(caseId)?.filter((fact) => fact.position <= position) ?? [];
    const fact = facts.at(-1);
    const after = replay(facts);
    if (!fact || !after || fact.position !== position) continue;
    subjects.set(id, { fact, after, ...(target === 'requester' ? { number: targetCode } : {}) });
  }
  return subjects;
}
