import { type CaseId, Fault, isCaseId, parseRequestNumber } from '@gezhi/basis';
import { type Fact, replay } from '@gezhi/cases';
import { findRequest, loadFacts } from '@gezhi/storage';
import { type Installation, OPERATOR, refuseSight, type Town, townOf } from '@gezhi/town';
import { noPowerHere } from './say-error.ts';

export type FoundCase = { readonly town: Town; readonly caseId: CaseId; readonly facts: readonly Fact[] };

/**
 * A case by its id, or by the number of a request in it, in the district that is named or in all. Whoever sits at the shell has the role
 * `operator` and sees what the scene's power list lets that see.
 * @throws Fault `no-such-case`, `no-power`
 */
export async function findCase(
  installation: Installation,
  said: string,
  district: string | undefined,
): Promise<FoundCase> {
  const towns = district === undefined ? [...installation.towns.values()] : [townOf(installation, district)];
  const number = parseRequestNumber(said);
  const id = said.toLowerCase();
  if (number === undefined && !isCaseId(id)) {
    throw new Fault('no-such-case', `"${said}" is neither a case nor a request number.`, {
      hint: 'A request number has 12 digits, the last of which checks the others; a case has an id such as 0190f2c4-….',
    });
  }
  for (const town of towns) {
    const caseId = number ? await findRequest(town.db.pool, town.district, number) : (id as CaseId);
    const facts = caseId && (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId);
    const c = facts && replay(facts);
    if (!caseId || !c) continue;
    const unseen = refuseSight(town, c, OPERATOR);
    if (unseen?.code === 'no-power') throw noPowerHere(unseen);
    if (!unseen) return { town, caseId, facts };
  }
  throw new Fault('no-such-case', `There is no ${number ? 'request' : 'case'} ${said} here.`, {
    hint: 'Check the number, the data folder (--data) and the district (--district).',
  });
}
