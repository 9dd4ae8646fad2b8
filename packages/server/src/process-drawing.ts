import { refuse } from '@gezhi/basis';
import { drawProcess, type Pack } from '@gezhi/scene';
import type { FastifyInstance } from 'fastify';
import { type AppContext, townFor } from './app-context.ts';
import { languageOf } from './language.ts';
import { districtOf } from './mount-route.ts';
import { problemOfRefusal } from './problems/problems.ts';

/** The picture holds its own style, no script, and loads nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/** `GET /scenes/:id/process.svg?lang=zh|en`: the process of a scene as a picture, for docs, screens and whoever wants to see how it goes. */
export function mountProcessDrawing(server: FastifyInstance, app: AppContext): void {
  const drawn = new WeakMap<Pack, Partial<Record<'zh' | 'en', string>>>();
  server.get<{ Params: { id: string }; Querystring: { lang?: string } }>(
    '/scenes/:id/process.svg',
    async (request, reply) => {
      const asked = request.query.lang;
      const language =
        asked === 'zh' || asked === 'en' ? asked : languageOf(request.headers['accept-language']);
      const { packs } = townFor(app, districtOf(request));
      const pack = [...packs.values()].find(({ scene }) => scene.id === request.params.id);
      if (!pack) {
        const answer = problemOfRefusal(
          refuse('no-such-route', `There is no scene "${request.params.id}".`),
          language,
        );
        return reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body));
      }
      const kept = drawn.get(pack) ?? {};
      const svg = kept[language] ?? drawProcess(pack.process, language, pack.scene.name);
      drawn.set(pack, { ...kept, [language]: svg });
      return reply
        .headers({
          'content-type': 'image/svg+xml; charset=utf-8',
          'content-security-policy': POLICY,
          'content-language': language,
          vary: 'Accept-Language',
        })
        .send(svg);
    },
  );
}
