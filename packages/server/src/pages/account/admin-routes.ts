import {
  type Account,
  ADMIN_ROLES,
  type AdminRole,
  auditLooks,
  closeAccount,
  isAdmin,
  listAccounts,
  listServices,
  listSittings,
  makeAccount,
  makeInvite,
  readSecurityLog,
  revokeService,
  revokeSitting,
  takeFactorsAway,
} from '@gezhi/accounts';
import { isRefusal } from '@gezhi/basis';
import { emergencyActs, leafHeads } from '@gezhi/storage';
import { alarmsOf } from '@gezhi/town';
import type { FastifyReply } from 'fastify';
import type { Pages } from '../kit/pages.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';
import { type At, signedInPage } from './account-routes.ts';
import { auditPage, type SecurityShown, securityPage, systemPage } from './admin-pages.ts';

const VERSION = '0.1.0';

const WAYS = {
  systemAdmin: '/admin/system',
  securityAdmin: '/admin/security',
  auditAdmin: '/admin/audit',
} as const;

/** The pages of the three administrators: each has one, and none of another. */
export function mountAdmins(pages: Pages): void {
  signedInPage({ pages, path: '/admin', method: 'GET' }, async ({ reply, sitting }) => {
    const { role } = sitting.account;
    return reply.redirect(isAdmin(role) ? WAYS[role] : '/staff/posts', 303);
  });
  adminPage(pages, 'systemAdmin', 'GET', async ({ reply, visit }) =>
    pages.show(reply, visit, systemPage(visit, VERSION)),
  );
  adminPage(pages, 'securityAdmin', 'GET', (at) => showSecurity(at, {}));
  adminPage(pages, 'securityAdmin', 'POST', actOnAccounts);
  adminPage(pages, 'auditAdmin', 'GET', async ({ reply, request, visit, gate }) => {
    const { district, db } = visit.town;
    const asked = Number((request.query as { before?: unknown }).before);
    const before = Number.isSafeInteger(asked) && asked > 0 ? asked : undefined;
    const log = await readSecurityLog(gate, district, before);
    const looks = await auditLooks(gate, district, before);
    const refused = await alarmsOf(visit.town);
    const alarms = refused.map(({ at, unit, post, staff, purpose }) => ({
      at,
      post,
      purpose,
      ...(unit ? { unit } : {}),
      ...(staff ? { staff } : {}),
    }));
    const emergencies = await emergencyActs(db.pool, district);
    const { leaves } = await leafHeads(db.pool, district);
    return pages.show(reply, visit, auditPage(visit, { log, looks, alarms, emergencies, leaves }));
  });
}

function adminPage(
  pages: Pages,
  role: AdminRole,
  method: 'GET' | 'POST',
  work: (at: At) => Promise<FastifyReply>,
): void {
  signedInPage({ pages, path: WAYS[role], method }, async (at) =>
    at.sitting.account.role === role ? await work(at) : pages.trouble(at.reply, at.visit, 'forbidden'),
  );
}

async function showSecurity(
  { pages, reply, visit, gate, token }: At,
  shown: Partial<SecurityShown>,
  status = 200,
): Promise<FastifyReply> {
  const { district } = visit.town;
  const accounts = await listAccounts(gate, district);
  const services = await listServices(gate, district);
  return pages.show(reply, visit, securityPage(visit, token, { accounts, services, ...shown }), status);
}

async function actOnAccounts(at: At): Promise<FastifyReply> {
  const { visit, gate, sitting, sent } = at;
  const w = ACCOUNT_WORDS[visit.lang];
  const { district } = visit.town;
  const act = sent.get('act');
  if (act === 'make') return await make(at);
  if (act === 'revoke') {
    const refused = await revokeService(gate, district, sent.get('service'));
    return await showSecurity(at, { done: !isRefusal(refused) });
  }
  const account = (await listAccounts(gate, district)).find(({ id }) => id === sent.get('id'));
  if (!account) return at.pages.trouble(at.reply, visit, 'notFound');
  if (act === 'invite') {
    const { key } = await makeInvite(gate, account, sitting.account.id);
    return await showSecurity(at, { link: { name: account.name, key } });
  }
  if (act === 'close' && account.id === sitting.account.id)
    return await showSecurity(at, { error: w.security.lastAdmin }, 422);
  return await showSecurity(at, { done: await end(at, act, account) });
}

async function make(at: At): Promise<FastifyReply> {
  const { visit, gate, sitting, sent } = at;
  const w = ACCOUNT_WORDS[visit.lang];
  const role = ADMIN_ROLES.find((one) => one === sent.get('role')) ?? 'staff';
  const by = sitting.account.id;
  const made = await makeAccount(gate, { district: visit.town.district, name: sent.get('name'), role, by });
  if (isRefusal(made)) {
    const error = made.code === 'account-there' ? w.security.there : w.badName;
    return await showSecurity(at, { error }, 422);
  }
  const { key } = await makeInvite(gate, made, by);
  return await showSecurity(at, { link: { name: made.name, key } });
}

async function end({ gate, sitting }: At, act: string, account: Account): Promise<boolean> {
  const by = sitting.account.id;
  if (act === 'close') await closeAccount(gate, account, by);
  else if (act === 'resetFactor') await takeFactorsAway(gate, account, by);
  else if (act === 'endAll')
    for (const { id } of await listSittings(gate, account)) await revokeSitting(gate, account, id, by);
  else return false;
  return true;
}
