import { type Call, open311, type UploadedFile } from '@gezhi/open311';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppContext } from './app-context.ts';
import { open311Port } from './open311/open311-port.ts';

const MOUNT = '/open311/v2';

/** Open311 GeoReport v2 under `/open311/v2`: unpacks calls, forms and files, and sends what the package answers. */
export function mountOpen311(server: FastifyInstance, app: AppContext): void {
  const handle = open311(open311Port(app), {
    onFault: (fault, call) => app.onFault(fault, `open311 ${call.method} ${call.path}`),
  });
  server.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
    url: `${MOUNT}/*`,
    handler: async (request, reply) => {
      const { status, headers, body, bytes } = await handle(await callOf(request, app.now()));
      return reply
        .code(status)
        .headers(headers)
        .send(bytes && request.method !== 'HEAD' ? bytes : body);
    },
  });
}

async function callOf(request: FastifyRequest, now: number): Promise<Call> {
  const at = request.url.indexOf('?');
  const path = at < 0 ? request.url : request.url.slice(0, at);
  const ifNoneMatch = request.headers['if-none-match'];
  const unpacked = request.isMultipart() ? await readMultipart(request) : { form: formOf(request.body) };
  return {
    method: request.method,
    path: path.slice(MOUNT.length),
    query: new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1)),
    ...(unpacked.form ? unpacked : {}),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
    now,
  };
}

/** The fields of a form as they were parsed: a repeated name is a list. */
function formOf(body: unknown): URLSearchParams | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    for (const each of Array.isArray(value) ? value : [value]) form.append(name, String(each));
  }
  return form;
}

async function readMultipart(
  request: FastifyRequest,
): Promise<{ form: URLSearchParams; files: readonly UploadedFile[] }> {
  const form = new URLSearchParams();
  const files: UploadedFile[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') form.append(part.fieldname, String(part.value));
    else {
      const bytes = await part.toBuffer();
      files.push({ field: part.fieldname, filename: part.filename, type: part.mimetype, bytes });
    }
  }
  return { form, files };
}
