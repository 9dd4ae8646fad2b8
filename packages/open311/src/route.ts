import { badExtension, errorAnswer, preflight } from './answer.ts';
import type { Answer, Call, Format } from './call.ts';

/** What a call asks for. */
export type Route = Discover | Act;

type Discover = { readonly name: 'discovery'; readonly format: Format; readonly html: boolean };

export type Act =
  | {
      readonly name: 'services' | 'find' | 'submit' | 'updates' | 'postUpdate';
      readonly format: Format;
    }
  | { readonly name: 'service' | 'request' | 'token'; readonly format: Format; readonly id: string };

/**
 * Reads method and path. Where they name nothing, answers at once: a text for a suffix that is not served (404, as the mySociety
 * adapter does), an error list for an unknown resource (404) or a method that it does not take (405), the CORS preflight (204).
 */
export function parseRoute(call: Call): Route | Answer {
  if (call.method === 'OPTIONS') return preflight();
  const parts = /^\/(.+)\.([A-Za-z0-9]*)$/s.exec(call.path);
  const [, resource = '', suffix = ''] = parts ?? [];
  const method = call.method === 'HEAD' ? 'GET' : call.method;
  const html = suffix === 'html' && resource === 'discovery';
  const format = html ? 'xml' : suffix;
  if (format !== 'xml' && format !== 'json') return badExtension();
  const methods = resource === 'discovery' ? { GET: discover(format, html) } : methodsOf(resource, format);
  if (!methods) return errorAnswer(format, [{ code: 404, description: 'Resource not found' }]);
  return (
    (method === 'GET' || method === 'POST' ? methods[method] : undefined) ??
    notAllowed(format, methods, method)
  );
}

type Methods = { readonly GET?: Route; readonly POST?: Route };

function discover(format: Format, html: boolean): Discover {
  return { name: 'discovery', format, html };
}

function methodsOf(resource: string, format: Format): Methods | undefined {
  switch (resource) {
    case 'services':
      return { GET: { name: 'services', format } };
    case 'requests':
      return { GET: { name: 'find', format }, POST: { name: 'submit', format } };
    case 'servicerequestupdates':
      return { GET: { name: 'updates', format }, POST: { name: 'postUpdate', format } };
  }
  const [, collection = '', rawId = ''] = /^([a-z]+)\/([^/]+)$/.exec(resource) ?? [];
  const id = decode(rawId);
  const name = NAME_OF_COLLECTION.get(collection);
  return name && id ? { GET: { name, format, id } } : undefined;
}

/** `request` stands in the published Swagger file, `requests` in the specification. */
const NAME_OF_COLLECTION: ReadonlyMap<string, 'service' | 'request' | 'token'> = new Map([
  ['services', 'service'],
  ['requests', 'request'],
  ['request', 'request'],
  ['tokens', 'token'],
]);

/** An id that is not well encoded names nothing; bytes that are not UTF-8 become U+FFFD, as in a query. */
function decode(id: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(id)) return undefined;
  return new URLSearchParams(`id=${id.replace(/[+&;]/g, encodeURIComponent)}`).get('id') ?? undefined;
}

function notAllowed(format: Format, methods: Methods, method: string): Answer {
  const allowed = Object.keys(methods).join(', ');
  const description = `${method.slice(0, 20)} is not taken here; use ${allowed}.`;
  return errorAnswer(format, [{ code: 405, description }], { allow: allowed });
}
