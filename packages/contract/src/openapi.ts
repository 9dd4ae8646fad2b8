import { z } from 'zod';
import { actInputs } from './act-inputs.ts';
import { components } from './named.ts';
import { PROBLEM_TYPE, problem } from './problem.ts';
import { ROUTE_NAMES, type Route, routeOf } from './routes.ts';
import { reportData } from './signals.ts';

type Json = Readonly<Record<string, unknown>>;

let written: Json | undefined;

/** The OpenAPI 3.1 document of the API, generated from the same routes and schemas that the server checks by. Made once. */
export function openApi(): Json {
  written ??= {
    openapi: '3.1.1',
    info: {
      title: 'Gezhi 格治',
      version: '0.1.0',
      description:
        'Reports, cases, commands, measures and facts of a town. Moments are RFC 3339 with an offset; errors are ' +
        `RFC 9457 problems. The data of a \`gezhi.report.v1\` event is \`${idOf(reportData)}\`; the input of a command is ` +
        `one of ${Object.keys(actInputs).length} shapes, by the act of its action.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: pathsOf(),
    components: {
      schemas: schemasOf(),
      securitySchemes: {
        staff: { type: 'http', scheme: 'bearer', description: 'The token of a post and who sits on it.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'gezhi_staff',
          description:
            'The cookie of somebody signed in. What changes something is taken from our own pages only (Sec-Fetch-Site or Origin).',
        },
        code: {
          type: 'apiKey',
          in: 'query',
          name: 'code',
          description: 'The 6 digits that came with the number.',
        },
      },
    },
  };
  return written;
}

function schemasOf(): Json {
  const { schemas } = z.toJSONSchema(components, { uri: refOf, unrepresentable: 'any', io: 'input' });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]),
  );
}

const refOf = (id: string): string => `#/components/schemas/${id}`;

function idOf(schema: z.ZodType): string | undefined {
  return components.get(schema)?.id;
}

function jsonOf(schema: z.ZodType): unknown {
  const id = idOf(schema);
  if (id) return { $ref: refOf(id) };
  const { $schema: _schema, ...json } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  return json;
}

function pathsOf(): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const name of ROUTE_NAMES) {
    const route = routeOf(name);
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  return paths;
}

function operationOf(name: string, route: Route): Json {
  return {
    operationId: name,
    summary: `${route.summary.en} · ${route.summary.zh}`,
    security: SECURITY[route.auth],
    parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)],
    ...(route.body || route.takes ? { requestBody: bodyOf(route) } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, schema]) => [status, answerOf(route, status, schema)]),
      ),
      default: {
        description: 'A problem, with what to do about it.',
        content: { [PROBLEM_TYPE]: { schema: jsonOf(problem) } },
      },
    },
  };
}

const SECURITY: Readonly<Record<Route['auth'], readonly Json[]>> = {
  open: [{}, { staff: [] }, { session: [] }],
  code: [{ code: [] }, { staff: [] }, { session: [] }],
  staff: [{ staff: [] }, { session: [] }],
};

function parametersOf(where: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: jsonOf(field as z.ZodType),
  }));
}

function bodyOf(route: Route): Json {
  const types = route.takes ?? ['application/json'];
  const schema = route.body ? jsonOf(route.body) : FILES;
  return { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) };
}

const FILES = {
  type: 'object',
  properties: { photo: { type: 'array', items: { type: 'string', contentMediaType: 'image/*' } } },
} as const;

function answerOf(route: Route, status: string, schema: z.ZodType | null): Json {
  const description = DESCRIPTIONS[status] ?? 'Answered.';
  if (schema === null) {
    if (!route.gives || status !== '200') return { description };
    return { description, content: { [route.gives]: { schema: { type: 'string' } } } };
  }
  return { description, content: { [route.gives ?? 'application/json']: { schema: jsonOf(schema) } } };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Answered.',
  204: 'Done.',
  201: 'Taken in; it is on disk.',
  202: 'Written to the journal on disk; it enters when the database is back.',
  207: 'Some events were taken in and some refused: look at each.',
  304: 'As you have it.',
};
