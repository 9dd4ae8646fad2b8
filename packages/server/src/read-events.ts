import { type Refusal, refuse } from '@gezhi/basis';
import { type CloudEvent, cloudEvent } from '@gezhi/contract';
import type { Language } from './language.ts';
import { badInput, readInput } from './problems/bad-input.ts';

/** What an HTTP message brought: one event, or a batch; each read or refused by itself. */
export type ReadEvents = { readonly isBatch: boolean; readonly events: readonly (CloudEvent | Refusal)[] };

export const BATCH_MAX = 1000;

/**
 * Reads CloudEvents 1.0 of an HTTP message (CloudEvents HTTP Protocol Binding §3): in structured mode (`application/cloudevents+json`;
 * `application/json` is taken the same way), in a batch (`application/cloudevents-batch+json`, or an array), or in binary mode (headers
 * `ce-*`, the body is the data).
 *
 * @param headers with names in small letters @param body as parsed: an object, an array, or text
 */
export function readEvents(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: unknown,
  language: Language,
): ReadEvents | Refusal {
  const type = String(headers['content-type'] ?? '')
    .split(';')[0]!
    .trim()
    .toLowerCase();
  const read = (event: unknown): CloudEvent | Refusal => readInput(cloudEvent, event, language);
  if (headers['ce-specversion'] !== undefined && !type.startsWith('application/cloudevents')) {
    return { isBatch: false, events: [readBinary(headers, body, language)] };
  }
  if (!Array.isArray(body)) {
    if (type === 'application/cloudevents-batch+json') {
      return badInput([{ field: '', problem: 'A batch is an array', remedy: 'Send [event, event, …].' }]);
    }
    return { isBatch: false, events: [read(body)] };
  }
  if (body.length === 0 || body.length > BATCH_MAX) {
    const remedy = `Send 1 … ${BATCH_MAX} events at once.`;
    return badInput([{ field: '', problem: `The batch has ${body.length} events`, remedy }]);
  }
  return { isBatch: true, events: body.map(read) };
}

function readBinary(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: unknown,
  language: Language,
): CloudEvent | Refusal {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('ce-') || value === undefined) continue;
    const text = decoded(String(value));
    if (text === undefined) return refuse('bad-input', `The header ${name} is not percent-encoded UTF-8.`);
    attributes[name.slice(3)] = text;
  }
  if (headers['content-type'] !== undefined) attributes.datacontenttype = String(headers['content-type']);
  return readInput(cloudEvent, { ...attributes, data: body }, language, 'ce');
}

/** Values of headers are percent-encoded (§3.1.3.2), and may stand in double quotes. */
function decoded(value: string): string | undefined {
  const quoted = /^"(.*)"$/.exec(value)?.[1]?.replace(/\\(.)/g, '$1');
  try {
    return decodeURIComponent(quoted ?? value);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** The data of an event as a value: JSON as it stands, base64 and text decoded where they hold JSON. */
export function dataOf(event: CloudEvent): unknown {
  const { data, data_base64: encoded, datacontenttype = 'application/json' } = event;
  const isJson = /[/+]json\b/i.test(datacontenttype);
  const text = encoded === undefined ? data : Buffer.from(encoded, 'base64').toString('utf8');
  if (typeof text !== 'string') return text;
  if (!isJson) return { words: text };
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Data that is a JSON text of its own is what it says it is.
    return encoded === undefined ? text : undefined;
  }
}

/** Attributes beyond the standard's own: small letters and digits (CloudEvents §Naming); others are left behind. */
export function extensionsOf(event: CloudEvent): Readonly<Record<string, unknown>> | undefined {
  const rest = Object.entries(event).filter(([name, value]) => isExtension(name, value));
  return rest.length > 0 ? Object.fromEntries(rest.slice(0, 20)) : undefined;
}

const OWN = new Set(['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'dataschema', 'data']);

function isExtension(name: string, value: unknown): boolean {
  if (OWN.has(name) || !/^[a-z0-9]{1,40}$/.test(name)) return false;
  return typeof value === 'string'
    ? value.length <= 300
    : typeof value === 'number' || typeof value === 'boolean';
}
