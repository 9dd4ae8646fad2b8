import {
  type Account,
  ADMIN_ROLES,
  type AuditedLook,
  type listServices,
  type SecurityRow,
} from '@gezhi/accounts';
import type { EmergencyAct } from '@gezhi/storage';
import { emergencyName } from '@gezhi/town';
import { selectField, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { momentOf, unitName } from '../kit/say.ts';
import { type Visit, withQuery } from '../kit/visit.ts';
import { EMERGENCY_WORDS } from '../powers/emergency-words.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';
import { hidden } from './account-pages.ts';

export type Services = Awaited<ReturnType<typeof listServices>>;

/** The system administrator: what is set up here. */
export function systemPage(visit: Visit, version: string): Page {
  const { lang, installation } = visit;
  const w = ACCOUNT_WORDS[lang];
  const rows = [...installation.towns.values()].map((town) => [
    `${town.profile.name[lang]} (${town.district})`,
    String(town.units.size),
    String(town.posts.size),
    String(new Set(town.staff.map(({ person }) => person)).size),
  ]);
  const scenes = [...visit.town.packs.values()].map(({ scene }) => [scene.name[lang], scene.version]);
  const body = html`<div class="wrap"><h1>${w.roles.systemAdmin}</h1><p class="lead">${w.system.lead} ${w.noCases}</p>
<h2>${w.system.towns}</h2>${table([w.system.towns, w.system.units, w.system.posts, w.system.staff], rows)}
<h2>${w.system.scenes}</h2>${table([w.system.scenes, w.system.version], scenes)}
<p>${w.system.version}: ${version}</p></div>`;
  return { title: w.roles.systemAdmin, body, active: 'staff' };
}

export type SecurityShown = {
  readonly accounts: readonly Account[];
  readonly services: Services;
  /** A link that was made just now, and for whom: shown once. */
  readonly link?: { readonly name: string; readonly key: string };
  readonly done?: boolean;
  readonly error?: string;
};

/** The security administrator: accounts, sessions, keys. */
export function securityPage(visit: Visit, formToken: string, shown: SecurityShown): Page {
  const { lang, origin } = visit;
  const w = ACCOUNT_WORDS[lang];
  const { link } = shown;
  const rows = shown.accounts.map((account) => [
    account.name,
    w.roles[account.role],
    stateOf(visit, account),
    account.closedAt === undefined ? acts(visit, formToken, account) : undefined,
  ]);
  const body = html`<div class="wrap"><h1>${w.roles.securityAdmin}</h1><p class="lead">${w.security.lead} ${w.noCases}</p>
${link && html`<div class="good" role="status"><p>${w.security.link(link.name)}</p><p><code>${origin}/staff/link?key=${link.key}</code></p></div>`}
${shown.done && html`<p class="good" role="status">${w.security.done}</p>`}
<form method="post" action="/admin/security" class="filter">${hidden(formToken)}<input type="hidden" name="act" value="make">
${textField({ name: 'name', label: w.name, value: '', error: shown.error, maxlength: 40, width: 'middle' })}
${selectField({ name: 'role', label: w.security.role, value: 'staff', options: ['staff' as const, ...ADMIN_ROLES].map((role) => ({ value: role, label: w.roles[role] })) })}
<button>${w.security.makeGo}</button></form>
<h2>${w.security.accounts}</h2>${table([w.name, w.security.role, w.security.state, ''], rows)}
<h2>${w.security.services}</h2>${serviceTable(visit, formToken, shown.services)}</div>`;
  return { title: w.roles.securityAdmin, body, active: 'staff' };
}

function stateOf({ lang }: Visit, { closedAt, hasSecondFactor }: Account): string {
  const { security } = ACCOUNT_WORDS[lang];
  if (closedAt !== undefined) return security.closed;
  return hasSecondFactor ? security.open : security.noFactor;
}

function acts({ lang }: Visit, formToken: string, { id }: Account): Html {
  const { security } = ACCOUNT_WORDS[lang];
  const button = (act: string, label: string): Html =>
    html`<button class="quiet" name="act" value="${act}">${label}</button> `;
  return html`<form method="post" action="/admin/security" class="row">${hidden(formToken)}<input type="hidden" name="id" value="${id}">
${button('invite', security.invite)}${button('endAll', security.endAll)}${button('resetFactor', security.resetFactor)}${button('close', security.close)}</form>`;
}

function serviceTable(visit: Visit, formToken: string, services: Services): Html {
  const w = ACCOUNT_WORDS[visit.lang];
  if (services.length === 0) return html`<p class="empty">${w.security.noServices}</p>`;
  const rows = services.map(({ service, keys }) => [
    html`${service.name}<br><small>${service.routes.join(', ')}</small>`,
    service.post,
    html`${keys.map(
      (key) =>
        html`<code>${key.id}</code> <small>→ ${momentOf(key.expiresAt, visit)}${key.usedDay && html` · ${w.seen} ${key.usedDay}`}${key.revokedAt !== undefined && html` · ${w.security.closed}`}</small><br>`,
    )}`,
    service.revokedAt === undefined
      ? html`<form method="post" action="/admin/security">${hidden(formToken)}<input type="hidden" name="service" value="${service.name}"><button class="quiet" name="act" value="revoke">${w.security.close}</button></form>`
      : w.security.closed,
  ]);
  return table([w.security.services, w.audit.post, '', ''], rows);
}

type Looked = Omit<AuditedLook, 'fields'>;

/** The audit administrator: what was done at the door, and with contacts. */
export function auditPage(
  visit: Visit,
  shown: {
    readonly log: readonly SecurityRow[];
    readonly looks: readonly Looked[];
    /** Looks that were refused because the matter is about the unit that asked (条例 Art. 8). */
    readonly alarms: readonly Looked[];
    readonly emergencies: readonly EmergencyAct[];
    readonly leaves: number;
  },
): Page {
  const w = ACCOUNT_WORDS[visit.lang];
  const { audit } = w;
  const log = shown.log.map(({ at, event, account, by, machine, detail }) => [
    momentOf(at, visit),
    html`${w.events[event]} <small>${Object.values(detail).join(' ')}</small>`,
    account ?? '',
    by ?? '',
    machine ?? '',
  ]);
  const row = ({ at, unit, post, staff, purpose }: Looked): readonly Child[] => [
    momentOf(at, visit),
    unit === undefined ? '' : unitName(unit, visit),
    visit.town.posts.get(post)?.name ?? post,
    staff ?? '',
    visit.town.purposes.get(purpose)?.name[visit.lang] ?? purpose,
  ];
  const heads = [audit.when, audit.unit, audit.post, audit.staffNumber, audit.purpose];
  const last = shown.log.at(-1);
  const body = html`<div class="wrap"><h1>${w.roles.auditAdmin}</h1><p class="lead">${audit.lead} ${w.noCases}</p>
<p>${audit.ledger}: ${audit.ledgerAt(String(shown.leaves))}</p>
<h2>${audit.log}</h2>${table([audit.when, audit.what, audit.who, audit.by, audit.machine], log)}
${last && shown.log.length >= 500 && html`<p><a class="button" href="${withQuery(visit.here, 'before', String(last.at))}">${audit.older}</a></p>`}
<h2>${audit.alarms}</h2>${shown.alarms.length === 0 ? html`<p>${audit.noAlarms}</p>` : table(heads, shown.alarms.map(row))}
${emergencyTable(visit, shown.emergencies)}
<h2>${audit.looks}</h2>${table(heads, shown.looks.map(row))}</div>`;
  return { title: w.roles.auditAdmin, body, active: 'staff' };
}

/** Who declared, ended and reviewed emergencies, and what was done by itself. */
function emergencyTable(visit: Visit, acts: readonly EmergencyAct[]): Child {
  if (acts.length === 0) return undefined;
  const { audit } = ACCOUNT_WORDS[visit.lang];
  const w = EMERGENCY_WORDS[visit.lang];
  const rows = acts.map(({ at, number, act, post, staff }) => [
    momentOf(at, visit),
    html`<a href="/emergencies#${emergencyName(number)}">${emergencyName(number)}</a> ${w.acts[act]}`,
    post === null ? w.byItself : (visit.town.posts.get(post)?.name ?? post),
    staff ?? '',
  ]);
  return html`<h2>${w.title}</h2>${table([audit.when, audit.what, audit.post, audit.staffNumber], rows)}`;
}

function table(heads: readonly string[], rows: readonly (readonly Child[])[]): Html {
  return html`<div class="scroll"><table class="list"><thead><tr>${heads.map((head) => (head === '' ? html`<td></td>` : html`<th scope="col">${head}</th>`))}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
