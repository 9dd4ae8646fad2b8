import { isoInstant } from '@gezhi/basis';
import { kindModels } from '@gezhi/storage';
import type { Comparison, ModelCard } from '@gezhi/text';
import { townOf } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { percent, whole } from '../print/numbers.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly district?: string };

export function register(read: Command, io: Io): void {
  const command = read
    .command('models')
    .description(
      say(
        io,
        '本地历次学习的类别模型：在用、未采用、已替换',
        "this town's own models of kinds: in use, not adopted, replaced",
      ),
    )
    .addOption(districtOption(io))
    .action((options: Options) => modelsCommand(io, options));
  common(command, io, ['gezhi read models', 'gezhi read models --json']);
}

async function modelsCommand(io: Io, options: Options): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const rows = await kindModels(town.db.pool, town.district);
    if (options.json) return io.out(JSON.stringify({ models: rows }));
    if (rows.length === 0) return io.out(say(io, '还没有学过。', 'Nothing was learned yet.'));
    for (const { hash, state, trainedAt, bytes, card, report } of rows) {
      const { samples } = (card as ModelCard).learnedFrom;
      const { after, before, why } = report as Comparison;
      const than = before ? ` (${percent(before.accuracy)})` : '';
      io.out(
        [
          hash,
          state,
          isoInstant(trainedAt),
          say(io, `学${whole(samples)}件`, `${whole(samples)} learned`),
          say(
            io,
            `读对${percent(after.accuracy)}${than}，共${whole(after.n)}件`,
            `${percent(after.accuracy)}${than} right of ${whole(after.n)}`,
          ),
          why,
          `${whole(bytes)} B`,
        ].join('\t'),
      );
    }
  });
}
