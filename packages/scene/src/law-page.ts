import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lawTable } from './law-table.ts';
import { type Pack, readPack } from './read-pack.ts';

const scenes = fileURLToPath(new URL('../../../scenes', import.meta.url));

/** Writes docs/law.md from the scenes as they are: `npm run law`. */
const packs: Pack[] = [];
for (const scene of readdirSync(scenes).sort()) {
  const { pack } = await readPack(`${scenes}/${scene}`);
  if (pack) packs.push(pack);
}
const page = `# From article to test

Each scene carries its own acceptance tests, in Chinese and English; \`gezhi check scenes/hotline\` runs them, and so does \`npm test\`.
This page is made from them by \`npm run law\`, and a test fails where it is not up to date. 条例 is 《北京市接诉即办工作条例》
(2021-09-24), the worked example of the hotline; 街道条例 is 《北京市街道办事处条例》; other names are written out.

## 条款与测试

${lawTable(packs, 'zh')}

## Articles and tests

${lawTable(packs, 'en')}
`;
writeFileSync(fileURLToPath(new URL('../../../docs/law.md', import.meta.url)), page);
