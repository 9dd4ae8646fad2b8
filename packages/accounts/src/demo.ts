import { isRefusal, type Refusal } from '@gezhi/basis';
import { type AdminRole, findAccount, makeAccount } from './account.ts';
import type { Gate } from './gate.ts';
import { sessionFor } from './session-for.ts';
import { entered, type From, type Step } from './sign-in.ts';
import { openSitting } from './sitting.ts';

/**
 * Signs in as an administrator of a made-up town, whose account is made when it is first entered. Whether the town is made up is the
 * caller's to ask: in a real one this door does not exist.
 */
export async function enterDemoAdmin(
  gate: Gate,
  district: string,
  role: AdminRole,
  from: From,
): Promise<Step | Refusal> {
  const name = `demo-${role}`;
  const known = await findAccount(gate, district, name);
  const account = known ?? (await makeAccount(gate, { district, name, role }));
  if (isRefusal(account)) return account;
  const cookies = await sessionFor(gate, account);
  const sitting = await openSitting(gate, cookies, { strong: true, browser: from.browser });
  if (!sitting) throw new Error('a session that was just made is there');
  return await entered(gate, cookies, sitting, from, 'demo');
}
