import { writeFile } from 'node:fs/promises';
import { Fault } from '@gezhi/basis';
import { drawProcess, readPack } from '@gezhi/scene';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { folderOf } from './check.ts';

type DrawOptions = CommonOptions & { readonly file?: string };

export function register(program: Command, io: Io): void {
  const command = program
    .command('draw')
    .description(say(io, '把一个场景的流程画成图（SVG）', "draw a scene's process as a picture (SVG)"))
    .argument('<scene>', say(io, '场景名或其文件夹', 'name of a scene, or its folder'))
    .option(
      '--file <file>',
      say(io, '写入文件（默认标准输出）', 'write it to a file (default: standard output)'),
    )
    .action((scene: string, options: DrawOptions) => drawCommand(io, scene, options));
  const examples = ['gezhi draw hotline --file hotline.svg', 'gezhi draw ./my-scene --lang zh > scene.svg'];
  common(command, io, examples, false);
}

async function drawCommand(io: Io, scene: string, options: DrawOptions): Promise<void> {
  const folder = folderOf(scene);
  const { pack, findings } = await readPack(folder);
  if (!pack || findings.length)
    throw new Fault('bad-pack', `The scene in ${folder} cannot be drawn as it stands.`, {
      hint: `See what is wrong with it: gezhi check ${scene}`,
    });
  const svg = drawProcess(pack.process, io.lang, pack.scene.name);
  if (options.file === undefined) return await io.write(svg);
  await writeFile(options.file, svg);
  if (options.json) io.out(JSON.stringify({ file: options.file, bytes: Buffer.byteLength(svg) }));
  else io.out(say(io, `已画入 ${options.file}`, `drawn into ${options.file}`));
}
