import type { Instant } from '@gezhi/basis';
import type { PurposeSource } from '@gezhi/scene';
import { countPutOff } from '@gezhi/storage';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Pages } from '../kit/pages.ts';
import { kindName, momentOf } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { NOTICE_WORDS } from '../words/notice-words.ts';

/** `/privacy`: what people are told of how their data are used (PIPL Art. 17), made from the purposes that run. */
export function mountNotice(pages: Pages): void {
  pages.app.get('/privacy', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { town, now } = visit;
    const putOff = await countPutOff(town.db.pool, town.district, now);
    return pages.show(reply, visit, noticePage(visit, putOff));
  });
}

type PutOff = readonly { readonly basis: string; readonly looks: number; readonly last: Instant }[];

function noticePage(visit: Visit, putOff: PutOff): Page {
  const { town, lang } = visit;
  const w = NOTICE_WORDS[lang];
  const hotline = [...town.units.values()].find(({ kind }) => kind === town.pack.scene.owner);
  const purposes = [...town.purposes.values()].map((purpose) => [
    html`${purpose.name[lang]}<br><small>${purpose.basis}</small>`,
    purpose.fields.map((field) => w.field[field]).join(lang === 'zh' ? '、' : ', '),
    whenOf(visit, purpose),
    keptOf(visit, purpose),
    assessed(visit, purpose),
  ]);
  const scenes = [...town.packs.values()].map(({ scene }) => [
    html`${scene.name[lang]}<br><small>${scene.basis}</small>`,
    assessed(visit, scene),
  ]);
  const body = html`<div class="wrap"><h1>${w.title}</h1><p class="lead">${w.lead}</p>
${hotline && html`<p>${w.who}: ${hotline.name}</p>`}
<section aria-labelledby="rights"><h2 id="rights">${w.rights}</h2><p>${w.rightsSay}</p><p><a class="button" href="/my">${w.rightsGo}</a></p></section>
<section aria-labelledby="purposes"><h2 id="purposes">${w.purposes}</h2>${table([w.purpose, w.fields, w.when, w.kept, w.assessment], purposes)}
<p><a href="/powers">${w.powers}</a></p></section>
<section aria-labelledby="put-off"><h2 id="put-off">${w.putOff}</h2><p class="hint">${w.putOffLead}</p>${putOffTable(visit, putOff)}</section>
<section aria-labelledby="scenes"><h2 id="scenes">${w.scenes}</h2>${table([w.scene, w.assessment], scenes)}</section></div>`;
  return { title: w.title, body };
}

function whenOf({ lang }: Visit, purpose: PurposeSource): string {
  const w = NOTICE_WORDS[lang];
  const parts = [
    purpose.while === 'open' ? w.open : w.any,
    ...(purpose.asksReason ? [w.reason] : []),
    ...(purpose.breakGlass ? [w.glass] : []),
  ];
  return parts.join(lang === 'zh' ? '；' : '; ');
}

function keptOf(visit: Visit, { keep, keepOfKinds }: PurposeSource): Child {
  const w = NOTICE_WORDS[visit.lang];
  const said = (months: number): string => (months === 0 ? w.notKept : w.months(months));
  return html`${said(keep.months)}${Object.entries(keepOfKinds).map(
    ([kind, { months }]) => html`<br><small>${kindName(kind, visit)}: ${said(months)}</small>`,
  )}`;
}

function assessed({ lang }: Visit, { assessment }: Pick<PurposeSource, 'assessment'>): string {
  const { id, on, keptUntil } = assessment;
  return NOTICE_WORDS[lang].assessed(id, on, keptUntil);
}

function putOffTable(visit: Visit, putOff: PutOff): Html {
  const w = NOTICE_WORDS[visit.lang];
  if (putOff.length === 0) return html`<p>${w.none}</p>`;
  const rows = putOff.map(({ basis, looks, last }) => [basis, String(looks), momentOf(last, visit)]);
  return table([w.purpose, w.looks, w.last], rows);
}

function table(heads: readonly string[], rows: readonly (readonly Child[])[]): Html {
  return html`<div class="scroll"><table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td data-label="${heads[i]}">${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
