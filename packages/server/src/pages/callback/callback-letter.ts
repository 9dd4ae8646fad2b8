import { type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Visit } from '../kit/visit.ts';
import { answersTo, type Question } from './callback-questions.ts';

/** A letter on one page of A4 with the questions, the number in large type, and the code by which it is typed in again. */
export function callbackLetter(
  visit: Visit,
  { number, code, unitSaid }: { readonly number: string; readonly code: string; readonly unitSaid?: string },
): Page {
  const { w, town, lang } = visit;
  const { print, questions, unitSaidNothing } = w.callback;
  const asked = (name: Question): Html =>
    html`<li><p>${questions[name]}</p><p class="boxes">${answersTo(name).map(([, label]) => html`<span>□ ${label[lang]}</span> `)}</p></li>`;
  const body = html`<div class="wrap narrow">
<p class="back noprint"><a href="/callbacks">${print.backToDesk}</a> · ${print.howTo}</p>
<article class="letter"><p>${town.profile.name[lang]} · ${town.pack.scene.name[lang]}</p>
<h1>${print.title}</h1>
<p class="letter-number">${print.number} <strong>${sayRequestNumber(number as RequestNumber)}</strong></p>
<p class="letter-code">${print.code} <strong>${code}</strong></p>
<p>${print.dear}</p><p>${print.text}</p>
<h3>${print.unitSaid}</h3><p>${unitSaid ?? unitSaidNothing}</p>
<ol>${asked('contacted')}${asked('solved')}${asked('satisfied')}</ol>
<p>${print.coached}</p><ul>${asked('coached')}</ul>
<p>${print.back}</p></article></div>`;
  return { title: print.title, body };
}
