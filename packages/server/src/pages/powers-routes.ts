import type { Pages } from './pages.ts';
import { powersPage } from './powers-page.ts';

/** `/powers`: the published power list, for everybody. */
export function mountPowers(pages: Pages): void {
  pages.app.get('/powers', (request, reply) => {
    const visit = pages.visit(request, reply);
    const { by } = request.query as { readonly by?: unknown };
    return pages.show(reply, visit, powersPage(visit, by === 'role' ? 'role' : 'power'));
  });
}
