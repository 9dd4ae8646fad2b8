import { isRefusal, type RequestNumber } from '@gezhi/basis';
import { findRequest, isDatabaseAway } from '@gezhi/storage';
import { takeIn } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { promiseOf } from '../../receipt-of.ts';
import { type CaseView, findCaseView } from '../case/case-view.ts';
import { readCookies, setCookie } from '../kit/cookies.ts';
import { NOTHING_SENT, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sayRefusal } from '../kit/refusal-words.ts';
import { openSealed, sealNumber } from '../kit/seals.ts';
import { COOKIES, type Visit } from '../kit/visit.ts';
import { donePage } from './done-page.ts';
import { readReportForm } from './report-form.ts';
import { reportPage } from './report-page.ts';

/** How long a browser may show its receipt again, in seconds. */
const RECEIPT_S = 30 * 60;

export function mountReport(pages: Pages): void {
  const { app } = pages;
  app.get('/report', (request, reply) => {
    const visit = pages.visit(request, reply);
    return pages.show(reply, visit, reportPage(visit, NOTHING_SENT, []));
  });
  app.post('/report', (request, reply) => takeReport(pages, request, reply));
  app.get('/report/done', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const number = openSealed(
      visit.town.secret,
      receiptOf(visit),
      readCookies(request).get(COOKIES.receipt),
      visit.now,
    );
    if (!number) return reply.redirect('/my', 303);
    const view = await viewIfEntered(visit, number);
    const known = (request.query as { known?: unknown }).known === '1';
    const kept = readCookies(request).get(COOKIES.promise);
    const promise = kept && Buffer.from(kept, 'base64url').toString('utf8');
    return pages.show(reply, visit, donePage(visit, number, view, { known, promise: promise || undefined }));
  });
}

/** The case of a request; none while its report waits in the journal because the database is away. */
async function viewIfEntered({ town }: Visit, number: RequestNumber): Promise<CaseView | undefined> {
  try {
    const caseId = await findRequest(town.db.pool, town.district, number);
    return caseId && (await findCaseView(town, caseId));
  } catch (error) {
    if (isDatabaseAway(error)) return undefined;
    throw error;
  }
}

async function takeReport(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/report' };
  const sent = sentOf(request.body);
  const read = readReportForm(visit, sent);
  if ('length' in read) return pages.show(reply, visit, reportPage(visit, sent, read), 422);
  const { town, now } = visit;
  const receipts = await (pages.options.takeIn?.(town, [read]) ?? takeIn(town, [read], now));
  const [receipt] = receipts;
  if (!receipt || isRefusal(receipt) || !receipt.number) {
    const text = receipt && isRefusal(receipt) ? sayRefusal(visit, receipt) : visit.w.errors.badRequest;
    return pages.show(reply, visit, reportPage(visit, sent, [{ field: 'words', text }]), 422);
  }
  giveReceipt(visit, request, reply, receipt.number);
  const { promise } = await promiseOf(pages.options, town, read, receipt.number, now);
  if (promise && !receipt.known)
    setCookie(request, reply, COOKIES.promise, Buffer.from(promise).toString('base64url'), RECEIPT_S);
  return reply.redirect(receipt.known ? '/report/done?known=1' : '/report/done', 303);
}

/** Number and code go in no address: the receipt is in a sealed cookie of the browser that sent the form. */
function giveReceipt(
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
  number: RequestNumber,
): void {
  const until = visit.now + RECEIPT_S * 1000;
  const sealed = sealNumber(visit.town.secret, receiptOf(visit), number, until);
  setCookie(request, reply, COOKIES.receipt, sealed, RECEIPT_S);
}

function receiptOf({ town }: Visit): string {
  return `receipt:${town.district}`;
}
