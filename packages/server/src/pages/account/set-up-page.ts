import { ADMIN_ROLES, type Invited } from '@gezhi/accounts';
import { type Sent, textField } from '../kit/fields.ts';
import { html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Visit } from '../kit/visit.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';

/** Names the three administrators. */
export function setUpPage({ lang }: Visit, key: string, sent: Sent, error?: string): Page {
  const w = ACCOUNT_WORDS[lang];
  const fields = ADMIN_ROLES.map((role, i) =>
    textField({
      name: role,
      label: w.roles[role],
      value: sent.get(role),
      maxlength: 40,
      width: 'middle',
      ...(i === 0 ? { error } : {}),
    }),
  );
  const body = html`<div class="wrap narrow"><h1>${w.setUp}</h1><p class="lead">${w.setUpLead}</p>
<form method="post" action="/setup" class="sheet"><input type="hidden" name="key" value="${key}">${fields}
<p><button class="go">${w.setUpGo}</button></p></form></div>`;
  return { title: w.setUp, body, active: 'staff' };
}

/** The three links, shown once. */
export function setUpDonePage({ lang, origin }: Visit, invited: readonly Invited[]): Page {
  const w = ACCOUNT_WORDS[lang];
  const rows = invited.map(
    ({ account, link }) =>
      html`<div><dt>${w.roles[account.role]} <small>${w.signedIn(account.name)}</small></dt><dd><code>${origin}/staff/link?key=${link.key}</code></dd></div>`,
  );
  const body = html`<div class="wrap narrow"><h1>${w.setUpDone}</h1><p class="lead">${w.setUpDoneLead}</p><dl class="facts">${rows}</dl></div>`;
  return { title: w.setUpDone, body, active: 'staff' };
}
