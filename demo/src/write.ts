// Writes the demo town as a folder: node bin/node.js demo/src/write.ts DIR [seed]
import { makeTown } from './town/make-town.ts';
import { writeTown } from './town/write-town.ts';

const [dir, seed = '1'] = process.argv.slice(2);
if (!dir || !/^\d+$/.test(seed)) {
  process.stderr.write('Usage: node bin/node.js demo/src/write.ts DIR [seed], the seed a whole number.\n');
  process.exitCode = 2;
} else {
  const files = makeTown(Number(seed));
  await writeTown(dir, files);
  for (const [name, text] of files) process.stdout.write(`${name}\t${text.length} characters\n`);
}
