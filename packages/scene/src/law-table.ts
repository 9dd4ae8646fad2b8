import { nameOf } from './acceptance.ts';
import type { Pack } from './read-pack.ts';

/**
 * From article to test: which acceptance tests of which scene hold up which article, in the order of the articles. Markdown, in the
 * reader's language; the same packs give the same text.
 */
export function lawTable(packs: readonly Pack[], lang: 'zh' | 'en'): string {
  const byLaw = new Map<string, string[]>();
  for (const { scene, tests } of packs)
    for (const test of tests)
      for (const law of test.law) {
        const name = typeof test.name === 'string' ? nameOf(test) : test.name[lang];
        byLaw.set(law, [...(byLaw.get(law) ?? []), `${name} (\`${scene.id}\`)`]);
      }
  const laws = [...byLaw].sort(([a], [b]) => a.localeCompare(b, 'zh', { numeric: true }));
  const head = lang === 'zh' ? ['条款', '验收测试'] : ['article', 'acceptance tests'];
  return [
    `| ${head.join(' | ')} |`,
    '|---|---|',
    ...laws.map(([law, tests]) => `| ${law} | ${tests.join('<br>')} |`),
  ].join('\n');
}
