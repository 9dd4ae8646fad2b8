import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Town, unitFeed } from '@gezhi/town';
import { type Io, say } from './io.ts';
import { usage } from './say-error.ts';

/**
 * Writes all facts of the cases that a unit leads or helps, a line each, with the words that a post of that unit may read; the last line says
 * where the next export goes on from.
 */
export async function exportUnit(
  io: Io,
  town: Town,
  unit: string,
  since: number,
  output: string | undefined,
): Promise<void> {
  const post = [...town.posts.values()].find((one) => one.unit === unit);
  if (!post) throw usage(`There is no unit "${unit}" with a post.`, 'See the codes in units.csv.');
  let facts = 0;
  const text = async function* (): AsyncGenerator<string> {
    for (let from = since; ; ) {
      const page = await unitFeed(town, unit, from, { post: post.code });
      facts += page.lines.length;
      if (page.lines.length > 0) yield `${page.lines.join('\n')}\n`;
      from = page.next;
      if (page.more) continue;
      yield `${JSON.stringify({ next: from })}\n`;
      return;
    }
  };
  if (output === undefined) {
    for await (const page of text()) await io.write(page);
    return;
  }
  await pipeline(text, createWriteStream(output, { flush: true }));
  io.out(say(io, `${output}：${facts} 条事实。`, `${output}: ${facts} facts.`));
}
