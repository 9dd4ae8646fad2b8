import { isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { inTransaction } from '@gezhi/storage';
import { type Account, ADMIN_ROLES, type AdminRole, hasAccounts, makeAccountIn } from './account.ts';
import type { Gate } from './gate.ts';
import { normalName } from './handle.ts';
import { type Link, makeInvite, useLink } from './links.ts';
import { noteSecurity } from './security-log.ts';

export type Named = Readonly<Record<AdminRole, string>>;

/** An administrator, and the link by which they set their password. */
export type Invited = { readonly account: Account; readonly link: Link };

/**
 * Names the three administrators of a district by the link of its set-up, which lapses with it. Three different persons: who keeps the system
 * neither grants access nor reads what was done with it (GB/T 22239-2019, 8.1.5). Refuses `link-over`, `not-three`, `set-up-done`,
 * `bad-name`.
 */
export async function setUp(
  gate: Gate,
  district: string,
  key: string,
  named: Named,
): Promise<readonly Invited[] | Refusal> {
  if (new Set(ADMIN_ROLES.map((role) => normalName(named[role]))).size < ADMIN_ROLES.length) {
    return refuse('not-three', 'Name three different persons.');
  }
  if (await hasAccounts(gate, district)) return refuse('set-up-done', 'This district has accounts already.');
  const made = await nameThem(gate, district, key, named);
  if (isRefusal(made)) return made;
  const invited: Invited[] = [];
  for (const account of made) invited.push({ account, link: await makeInvite(gate, account) });
  return invited;
}

/** All three and the end of the link, or nothing of it. */
async function nameThem(
  gate: Gate,
  district: string,
  key: string,
  named: Named,
): Promise<readonly Account[] | Refusal> {
  let refused: Refusal | undefined;
  const made = await inTransaction(gate.pool, async (client) => {
    const opened = await useLink(gate, district, key, client);
    if (isRefusal(opened)) throw new Stop(opened);
    if (opened.account) throw new Stop(refuse('link-over', 'This link is for something else.'));
    const accounts: Account[] = [];
    for (const role of ADMIN_ROLES) {
      const account = await makeAccountIn(gate, client, { district, name: named[role], role });
      if (isRefusal(account)) throw new Stop(account);
      accounts.push(account);
    }
    await noteSecurity(gate, district, { event: 'setUpLapsed' }, client);
    return accounts;
  }).catch((error: unknown) => {
    if (!(error instanceof Stop)) throw error;
    refused = error.refusal;
    return [];
  });
  return refused ?? made;
}

/** Takes a transaction back over a refusal. */
class Stop extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.because);
    this.refusal = refusal;
  }
}
