import { readFileSync } from 'node:fs';
import { isRefusal, type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import type { LedgerReceipt } from '@gezhi/ledger';
import { findRequest } from '@gezhi/storage';
import { receiptOf } from '../../receipt-of.ts';
import { html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Pages } from '../kit/pages.ts';
import type { Visit } from '../kit/visit.ts';
import { RECEIPT_WORDS } from '../words/receipt-words.ts';

const SCRIPT = readFileSync(new URL('./receipt-script.js', import.meta.url), 'utf8');

/** The receipt of one's own request: the signed promise at once, the proof when it is there, and a script that checks both. */
export function mountMyReceipt(pages: Pages): void {
  const { app } = pages;
  app.get('/my/receipt', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const mine = visit.mine;
    if (!mine) return reply.redirect('/my', 303);
    return pages.show(reply, visit, receiptPage(visit, mine.number, await myReceipt(pages, visit)));
  });
  app.get('/my/receipt.json', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const receipt = await myReceipt(pages, visit);
    if (!receipt) return reply.redirect('/my', 303);
    return reply
      .headers({
        'cache-control': 'no-store',
        'content-disposition': `attachment; filename="receipt-${receipt.number}.json"`,
        'x-content-type-options': 'nosniff',
      })
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(receipt, undefined, 2));
  });
  app.get('/my/receipt.js', (_request, reply) =>
    reply
      .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .type('text/javascript; charset=utf-8')
      .send(SCRIPT),
  );
}

async function myReceipt({ options }: Pages, { town, mine }: Visit): Promise<LedgerReceipt | undefined> {
  const caseId = mine && options.ledger && (await findRequest(town.db.pool, town.district, mine.number));
  if (!mine || !caseId) return undefined;
  const receipt = await receiptOf(options.ledger!, town, { number: mine.number, caseId });
  return isRefusal(receipt) ? undefined : receipt;
}

/** What the script says stands in the page, so that it speaks the language of the page. */
function receiptPage(visit: Visit, number: RequestNumber, receipt: LedgerReceipt | undefined): Page {
  const words = RECEIPT_WORDS[visit.lang];
  const { working, promised, included, waiting, same, bad, unreachable } = words;
  const said = JSON.stringify({ working, promised, included, waiting, same, bad, unreachable });
  const back = html`<p class="back"><a href="/my/request">${visit.w.my.heading(sayRequestNumber(number))}</a></p>`;
  const body = receipt
    ? html`<div class="wrap narrow">${back}<h1>${words.title}</h1><p class="lead">${words.lead}</p>
<section aria-labelledby="check"><h2 id="check">${words.check}</h2>
<ul data-receipt="/my/receipt.json" data-ledger="/ledger/${encodeURIComponent(visit.town.district)}" data-words="${said}" role="status"></ul>
<noscript><p class="note">${words.noScript}</p></noscript></section>
<section aria-labelledby="key"><h2 id="key">${words.key}</h2><p class="hint">${words.keyHint}</p><p><code>${receipt.key}</code></p></section>
${receipt.promise !== undefined && html`<section aria-labelledby="promise"><h2 id="promise">${words.promise}</h2><pre>${receipt.promise}</pre></section>`}
<p><a class="button" href="/my/receipt.json" download>${words.save}</a></p><p class="hint">${words.saveHint}</p></div>`
    : html`<div class="wrap narrow">${back}<h1>${words.title}</h1><p>${words.none}</p></div>`;
  return { title: words.title, body, active: 'my', ...(receipt ? { script: '/my/receipt.js' } : {}) };
}
