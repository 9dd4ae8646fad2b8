import { kindReport } from '../../register/kind-report.ts';
import { registerOf } from '../../register/register.ts';
import type { Pages } from '../kit/pages.ts';
import { algorithmsPage } from './algorithms-page.ts';

/** `/algorithms`: the public register of algorithms, for everybody. */
export function mountAlgorithms(pages: Pages): void {
  pages.app.get('/algorithms', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const [register, report] = await Promise.all([registerOf(visit.town), kindReport(visit.town, visit.now)]);
    return pages.show(reply, visit, algorithmsPage(visit, register, report));
  });
}
