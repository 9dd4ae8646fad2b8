import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApi } from './openapi.ts';
import { ROUTE_NAMES, routeOf } from './routes.ts';

type Json = Record<string, unknown>;

const document = openApi() as {
  openapi: string;
  paths: Record<string, Record<string, Json & { operationId: string; parameters: Json[] }>>;
  components: { schemas: Record<string, Json> };
};

test('the document is OpenAPI 3.1 and describes every route once', () => {
  assert.match(document.openapi, /^3\.1\.\d+$/);
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((o) => o.operationId));
  assert.deepEqual([...ids].sort(), [...ROUTE_NAMES].sort());
});

test('every reference leads to a schema of the document', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!);
  assert.ok(refs.length > 20);
  for (const ref of refs) {
    const [, name] = /^#\/components\/schemas\/(\w+)$/.exec(ref) ?? [];
    assert.ok(name && document.components.schemas[name], ref);
  }
});

test('every part of a path is a parameter of it, and is required', () => {
  for (const name of ROUTE_NAMES) {
    const { method, path } = routeOf(name);
    const at = path.replace(/:(\w+)/g, '{$1}');
    const operation = document.paths[at]?.[method.toLowerCase()];
    assert.ok(operation, name);
    for (const [, part] of at.matchAll(/\{(\w+)\}/g)) {
      const parameter: Json | undefined = operation.parameters.find(
        (p) => p.name === part && p.in === 'path',
      );
      assert.equal(parameter?.required, true, `${name} ${part}`);
    }
  }
});

test('the document holds no schema dialect that OpenAPI 3.1 does not know', () => {
  const text = JSON.stringify(document);
  assert.doesNotMatch(text, /"\$schema"|"nullable"|"definitions"|undefined/);
  assert.deepEqual(JSON.parse(text), document);
});
