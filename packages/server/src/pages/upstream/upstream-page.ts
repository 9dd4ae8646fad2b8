import { isRefusal } from '@gezhi/basis';
import { countUpstream, listReplies, retryReply, type UpstreamReplyRow } from '@gezhi/storage';
import { mayEdition, UPSTREAM_WORDS, type UpstreamDifference, upstreamDifferences } from '@gezhi/town';
import { sentOf } from '../kit/fields.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Pages } from '../kit/pages.ts';
import { momentOf } from '../kit/say.ts';
import { sameText } from '../kit/seals.ts';
import type { Staff, Visit } from '../kit/visit.ts';

const SHOWN = 100;

/** `/upstream`: where the system above and we differ, and the ledger of replies to it, with a button to send again. */
export function mountUpstream(pages: Pages): void {
  const { app } = pages;
  app.get('/upstream', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff, town } = visit;
    if (!staff) return reply.redirect('/staff', 303);
    if (isRefusal(mayEdition(town, 'upstream.read', staff.actor)))
      return pages.trouble(reply, visit, 'forbidden');
    const { again } = request.query as { again?: string };
    return pages.show(reply, visit, await upstreamPage(visit, staff, again === '1'));
  });
  app.post('/upstream/retry', async (request, reply) => {
    const visit = { ...pages.visit(request, reply), here: '/upstream' };
    const { staff, town, now } = visit;
    const sent = sentOf(request.body);
    if (!staff) return reply.redirect('/staff', 303);
    if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
    if (isRefusal(mayEdition(town, 'upstream.retry', staff.actor)))
      return pages.trouble(reply, visit, 'forbidden');
    const again = await retryReply(town.db.pool, town.district, sent.get('id'), now);
    return reply.redirect(again ? '/upstream?again=1' : '/upstream', 303);
  });
}

async function upstreamPage(visit: Visit, staff: Staff, again: boolean): Promise<Page> {
  const { town, lang } = visit;
  const w = UPSTREAM_WORDS[lang];
  const { pool } = town.db;
  const { orders, replies: counts } = await countUpstream(pool, town.district);
  const replies = await listReplies(pool, town.district, undefined, SHOWN);
  const differences = await upstreamDifferences(town, SHOWN);
  const body = html`<div class="wrap"><p class="back"><a href="/queue">${visit.w.case.back}</a></p>
<h1>${w.title}</h1><p class="lead">${w.lead}</p>
${again && html`<p class="good" role="status">${w.retried}</p>`}
<p>${w.counts(orders)} ${Object.entries(counts).map(([state, n]) => html`<span class="tag">${w.states[state as keyof typeof w.states]} ${n}</span> `)}</p>
${(counts.outbox ?? 0) > 0 && html`<p class="note">${w.noAddress}</p>`}
<h2>${w.differences}</h2>${differences.length === 0 ? html`<p class="empty">${w.noDifferences}</p>` : differenceTable(visit, differences)}
<h2>${w.replies}</h2>${replies.length === 0 ? html`<p class="empty">${w.noReplies}</p>` : replyTable(visit, staff, replies)}</div>`;
  return { title: w.title, body, active: 'queue' };
}

function differenceTable(visit: Visit, differences: readonly UpstreamDifference[]): Html {
  const w = UPSTREAM_WORDS[visit.lang];
  const stateName = (state: string): string =>
    visit.town.pack.process.states[state]?.label[visit.lang] ?? state;
  const heads = [w.number, w.what, w.theirs, w.ours];
  return html`<table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${differences.map(
    ({
      order,
      ours,
      what,
    }) => html`<tr><th scope="row"><a href="/cases/${order.caseId}">${order.number}</a><small>${order.system}</small></th>
<td data-label="${w.what}">${what.map((code) => html`${w.differ[code]}<br>`)}</td>
<td data-label="${w.theirs}">${order.status}<small>${order.term !== null && w.term(momentOf(order.term, visit))}</small></td>
<td data-label="${w.ours}">${stateName(ours.state)}<small>${ours.dueAt !== undefined && w.term(momentOf(ours.dueAt, visit))}</small></td></tr>`,
  )}</tbody></table>`;
}

const AGAIN: readonly string[] = ['refused', 'failed', 'outbox', 'exported'];

function replyTable(visit: Visit, staff: Staff, replies: readonly UpstreamReplyRow[]): Html {
  const w = UPSTREAM_WORDS[visit.lang];
  const heads = [w.number, w.what, w.state, w.when];
  return html`<table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${replies.map(
    (
      r,
    ) => html`<tr><th scope="row"><a href="/cases/${r.caseId}">${r.number}</a></th><td data-label="${w.what}">${w.replied[r.what]}</td>
<td data-label="${w.state}">${w.states[r.state]} <small>${[r.reason, r.attempts > 0 ? w.attempts(r.attempts) : undefined].filter(Boolean).join(' · ')}</small>${
      AGAIN.includes(r.state) &&
      html`<form method="post" action="/upstream/retry"><input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="id" value="${r.id}"><button class="quiet">${w.retry}</button></form>`
    }</td><td data-label="${w.when}">${momentOf(r.sentAt ?? r.madeAt, visit)}</td></tr>`,
  )}</tbody></table>`;
}
