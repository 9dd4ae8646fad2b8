import { type Refusal, refuse } from '@gezhi/basis';
import type { FieldError } from '@gezhi/contract';
import { z } from 'zod';
import type { Language } from '../language.ts';

/** What a schema reads of an input, or a refusal that names each wrong field, its value and what to send instead. */
export function readInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
  language: Language,
  at = '',
): z.output<S> | Refusal {
  const result = schema.safeParse(input, { reportInput: true, error: SAYS[language] });
  if (result.success) return result.data;
  return badInput(result.error.issues.flatMap((issue) => errorsOf(issue, input, language, at)));
}

/** A refusal over fields that are wrong for another reason than their shape. */
export function badInput(errors: readonly FieldError[]): Refusal {
  const because = errors.map(({ field, problem }) => `${field || 'input'}: ${problem}.`).join(' ');
  return refuse('bad-input', because, { errors: errors.slice(0, ERRORS_MAX) });
}

const ERRORS_MAX = 50;

const SAYS = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError } as const;

function errorsOf(issue: z.core.$ZodIssue, input: unknown, language: Language, at: string): FieldError[] {
  if (issue.code === 'invalid_union') {
    // The member that came nearest: the one with the fewest complaints.
    const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
    const under = (inner: z.core.$ZodIssue): z.core.$ZodIssue => ({
      ...inner,
      path: [...issue.path, ...inner.path],
    });
    if (nearest.length > 0) return nearest.flatMap((inner) => errorsOf(under(inner), input, language, at));
  }
  const field = [...(at ? [at] : []), ...issue.path.map(String)].join('.');
  const { zh, remedy } = ((issue as { params?: unknown }).params ?? {}) as {
    zh?: string;
    remedy?: { zh: string; en: string };
  };
  const value = valueAt(input, issue.path);
  return [
    {
      field,
      ...(value === undefined ? {} : { value }),
      problem: language === 'zh' && zh ? zh : issue.message,
      remedy: remedy?.[language] ?? remedyOf(issue, language),
    },
  ];
}

const VALUE_CHARS_MAX = 120;

/** What was sent there, shortened; objects are not echoed. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  if (typeof value === 'string') return value.slice(0, VALUE_CHARS_MAX);
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}

function remedyOf(issue: z.core.$ZodIssue, language: Language): string {
  const zh = language === 'zh';
  switch (issue.code) {
    case 'invalid_type':
      return zh ? `请给出 ${issue.expected}。` : `Send ${issue.expected}.`;
    case 'unrecognized_keys':
      return zh ? `去掉 ${issue.keys.join('、')}。` : `Leave ${issue.keys.join(', ')} out.`;
    case 'invalid_value':
      return zh
        ? `可用的值：${issue.values.join('、')}。`
        : `It may be ${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return zh ? `至多 ${issue.maximum}。` : `At most ${issue.maximum}.`;
    case 'too_small':
      return zh ? `至少 ${issue.minimum}。` : `At least ${issue.minimum}.`;
    default:
      return zh ? '见 /api/openapi.json 中该字段的说明。' : 'See this field in /api/openapi.json.';
  }
}
