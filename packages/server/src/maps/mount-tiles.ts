import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Refusal, refuse } from '@gezhi/basis';
import { boxesMeet, boxOfTile, type Tile, type TileDatum } from '@gezhi/place';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppContext } from '../app-context.ts';
import { languageOf } from '../language.ts';
import { problemOfRefusal } from '../problems/problems.ts';
import { boxesOf } from './maps.ts';

type Asked = {
  readonly Params: Readonly<Record<'layer' | 'z' | 'x' | 'y', string>>;
  readonly Querystring: { readonly look?: string };
};

/** A picture holds nothing that runs, and loads nothing. */
const POLICY = "default-src 'none'; frame-ancestors 'none'";

const pack = promisify(gzip);

/**
 * `GET /tiles/:layer/:z/:x/:y`: a tile of the map that the operator set, from this machine: no browser asks a map company, and none learns who looks
 * where. Only tiles that touch a town are served, so that nobody fetches the world through us. Without a map setting there is no such route.
 */
export function mountTiles(server: FastifyInstance, app: AppContext): void {
  const tiles = app.maps?.tiles;
  if (!tiles) return;
  server.get<Asked>('/tiles/:layer/:z/:x/:y', async (request, reply) => {
    const { layer, ...at } = request.params;
    const tile = tileOf(at, tiles.shown);
    if (!tile || !/^\d$/.test(layer) || !isOurs(app, tile, tiles.shown.datum))
      return send(reply, request, refuse('no-such-tile', 'There is no such tile of this town.'));
    const found = await tiles.tile(Number(layer), tile, request.query.look === 'dark' ? 'dark' : 'light');
    if (found === 'away') return send(reply, request, refuse('map-away', 'The map service gives no answer.'));
    reply.header('cache-control', `public, max-age=${tiles.keepSeconds}`);
    if (found === 'none') return reply.code(204).send();
    reply.header('content-type', found.type).header('content-security-policy', POLICY);
    if (!tiles.shown.drawn) return reply.send(found.bytes);
    reply.header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(found.bytes);
    return reply.header('content-encoding', 'gzip').send(await pack(found.bytes));
  });
}

function isOurs({ installation }: AppContext, tile: Tile, datum: TileDatum): boolean {
  const ground = boxOfTile(tile, datum);
  return boxesOf(installation).some((box) => boxesMeet(box, ground));
}

/** @param zooms that are served */
function tileOf(
  { z, x, y }: Readonly<Record<'z' | 'x' | 'y', string>>,
  zooms: { readonly minZoom: number; readonly maxZoom: number },
): Tile | undefined {
  if (![z, x, y].every((text) => /^(?:0|[1-9]\d{0,7})$/.test(text))) return undefined;
  const tile = { z: Number(z), x: Number(x), y: Number(y) };
  const isThere = tile.z >= zooms.minZoom && tile.z <= zooms.maxZoom;
  return isThere && tile.x < 2 ** tile.z && tile.y < 2 ** tile.z ? tile : undefined;
}

function send(reply: FastifyReply, request: FastifyRequest, refusal: Refusal): FastifyReply {
  const answer = problemOfRefusal(refusal, languageOf(request.headers['accept-language']));
  return reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body));
}
