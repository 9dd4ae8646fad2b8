import { type Arguments, bad, checkLength, readNumber, short, TEXT_CHARS_MAX } from './arguments.ts';
import { readMoment } from './moment.ts';
import type { AttributeAnswer, ServiceAttribute } from './port.ts';
import type { Problem } from './problem.ts';

/** `attribute[code]`, `attribute[code][]`, and `attribute[code][0]` as PHP writes it. */
const NAME = /^attribute\[(.+?)\](?:\[\d*\])?$/s;

/** Every `attribute[…]` of a call as it was sent, in the order of their first mention; empty answers are absent. */
export function readAttributes(args: Arguments, problems: Problem[]): readonly AttributeAnswer[] {
  const answers = new Map<string, string[]>();
  for (const name of args.names()) {
    if (!name.startsWith('attribute')) continue;
    const code = NAME.exec(name)?.[1];
    if (code === undefined)
      bad(problems, `${short(name)} must be written attribute[code] or attribute[code][].`);
    else answers.set(code, [...(answers.get(code) ?? []), ...args.all(name)]);
  }
  const given = [...answers].map(([code, values]) => ({ code, values: [...new Set(values)] }));
  for (const { code, values } of given) {
    for (const value of values) checkLength(value, `attribute[${short(code)}]`, problems, TEXT_CHARS_MAX);
  }
  return given.filter(({ values }) => values.length > 0);
}

/**
 * Adds a problem for each answer that the definition of the service does not allow: an unknown code, a required one that is
 * missing, several values where one is asked, a value outside its datatype or list. Answers the ones that ask for an answer;
 * what is sent for a merely shown attribute (`variable` false) is dropped.
 */
export function checkAttributes(
  given: readonly AttributeAnswer[],
  definition: readonly ServiceAttribute[],
  problems: Problem[],
): readonly AttributeAnswer[] {
  const byCode = new Map(definition.map((attribute) => [attribute.code, attribute]));
  const answered = new Set(given.map(({ code }) => code));
  for (const { code, variable, required } of definition) {
    if (variable && required && !answered.has(code)) bad(problems, `attribute[${code}] is required.`);
  }
  return given.filter((answer) => {
    const attribute = byCode.get(answer.code);
    if (attribute) checkAnswer(attribute, answer.values, problems);
    else bad(problems, `attribute[${short(answer.code)}] is not an attribute of this service.`);
    return attribute?.variable === true;
  });
}

function checkAnswer(attribute: ServiceAttribute, values: readonly string[], problems: Problem[]): void {
  const name = `attribute[${attribute.code}]`;
  if (values.length > 1 && attribute.datatype !== 'multivaluelist') {
    bad(problems, `${name} takes one value, not ${values.length}.`);
  }
  for (const value of values) checkValue(attribute, name, value, problems);
}

function checkValue(attribute: ServiceAttribute, name: string, value: string, problems: Problem[]): void {
  switch (attribute.datatype) {
    case 'string':
    case 'text':
      return;
    case 'number':
      readNumber(value, name, [-Number.MAX_VALUE, Number.MAX_VALUE], problems);
      return;
    case 'datetime':
      if (readMoment(value) === undefined) badMoment(problems, name, value);
      return;
    case 'singlevaluelist':
    case 'multivaluelist':
      if (!attribute.values?.some(({ key }) => key === value)) {
        bad(problems, `${name} has no value "${short(value)}" in its list.`);
      }
  }
}

/** Says of an argument that it is no moment, and how to write one. */
export function badMoment(problems: Problem[], name: string, value: string): void {
  bad(
    problems,
    `${name} must be a date and time with its zone, such as 2026-05-01T08:00:00+08:00 or 2026-05-01T00:00:00Z, not "${short(value)}".`,
  );
}
