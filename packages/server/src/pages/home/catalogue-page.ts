import { layerLabel } from '../../views/names.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Pages } from '../kit/pages.ts';
import type { Visit } from '../kit/visit.ts';
import { CATALOGUE_WORDS } from '../words/catalogue-words.ts';

/** `/catalogue`: what can be asked for here, in which areas, by which Open311 address; for everybody. */
export function mountCatalogue(pages: Pages): void {
  pages.app.get('/catalogue', (request, reply) => {
    const visit = pages.visit(request, reply);
    return pages.show(reply, visit, cataloguePage(visit, `${request.protocol}://${request.host}`));
  });
}

function cataloguePage(visit: Visit, origin: string): Page {
  const w = CATALOGUE_WORDS[visit.lang];
  const open311 = `${origin}/open311/v2`;
  const body = html`<div class="wrap">
<h1>${w.title}</h1>
<p class="lead">${w.lead}</p>
<h2>${w.address}</h2>
<p>${w.open311}: <a href="/open311/v2/discovery.json"><code>${open311}</code></a> · <a href="/open311/v2/services.json">${w.services}</a></p>
<h2>${w.places}</h2>
${areas(visit)}
<h2>${w.kinds}</h2>
${kinds(visit)}
</div>`;
  return { title: w.title, body };
}

/** The areas of each layer, by name where a list can still be read. */
const NAMES_MAX = 200;

function areas({ town, lang }: Visit): Html {
  const w = CATALOGUE_WORDS[lang];
  const boxes = town.profile.layers.flatMap(({ code }) => {
    const own = town.places.places.filter(({ layer }) => layer === code);
    if (own.length === 0) return [];
    const heading = w.layer(layerLabel(town, code)[lang], own.length.toLocaleString(lang));
    const names = own.slice(0, NAMES_MAX).map(({ name }) => name);
    return [
      html`<details><summary>${heading}</summary><p>${names.join(' · ')}${own.length > NAMES_MAX && ' …'}</p></details>`,
    ];
  });
  return boxes.length > 0 ? html`${boxes}` : html`<p>${w.noPlaces}</p>`;
}

function kinds({ town, lang }: Visit): Html {
  const w = CATALOGUE_WORDS[lang];
  const rows = town.pack.kinds
    .filter(({ traits }) => !traits.includes('secret'))
    .map(
      (
        kind,
      ) => html`<tr><th scope="row">${kind.name[lang]}</th><td data-label="${w.code}"><code>${kind.code}</code></td>
<td data-label="${w.seen}">${kind.public ? w.isPublic : w.isPrivate}</td></tr>`,
    );
  return html`<table class="list"><thead><tr><th scope="col">${w.kind}</th><th scope="col">${w.code}</th><th scope="col">${w.seen}</th></tr></thead><tbody>${rows}</tbody></table>`;
}
