import { isoInstant } from '@gezhi/basis';
import type { AlgorithmList } from '@gezhi/contract';
import { kindModels } from '@gezhi/storage';
import { type Comparison, DEFAULT_SAME_POLICY, DEFAULT_TOPIC_POLICY, type ModelCard } from '@gezhi/text';
import type { Town } from '@gezhi/town';
import { REGISTER_WORDS } from './register-words.ts';

type Entry = AlgorithmList['algorithms'][number];

/** Every model and rule set by which a town reads, what it is for, how well it does, who decides, and how to object. */
export async function registerOf(town: Town): Promise<AlgorithmList> {
  const rows = await kindModels(town.db.pool, town.district);
  const adopted = rows.find(({ state }) => state === 'adopted');
  const scene = `${town.pack.scene.id} ${town.pack.scene.version}`;
  const kind: Entry = adopted
    ? {
        ...rules('kind', adopted.hash),
        sort: 'model',
        since: isoInstant(adopted.adoptedAt ?? adopted.trainedAt),
        ...cardOf(adopted.card as ModelCard),
      }
    : rules('kind', scene);
  return {
    algorithms: [
      kind,
      rules('urgent', scene),
      rules('where', 'gazetteer'),
      rules('mask', 'rules'),
      rules('same', DEFAULT_SAME_POLICY.version),
      rules('topics', DEFAULT_TOPIC_POLICY.version),
      rules('answer', 'rules'),
    ],
    models: rows.map(({ hash, state, trainedAt, bytes, card, report }) => {
      const { why, after, before } = report as Comparison;
      return {
        hash,
        state,
        trainedAt: isoInstant(trainedAt),
        bytes,
        why,
        samples: (card as ModelCard).learnedFrom.samples,
        n: after.n,
        accuracy: after.accuracy,
        before: before?.accuracy ?? null,
      };
    }),
  };
}

function rules(id: Entry['id'], version: string): Entry {
  return { id, sort: 'rules', version, ...REGISTER_WORDS[id] };
}

function cardOf({ figures, learnedFrom, weakKinds }: ModelCard): Partial<Entry> {
  if (!figures) return {};
  const { n, accuracy, macroF1, ece, asked, perKind } = figures;
  const percent = (part: number): string => `${(part * 100).toFixed(1)}%`;
  return {
    samples: learnedFrom.samples,
    weakKinds: [...weakKinds],
    howWell: {
      zh: `在${n}件没有学过的本地事项上，${percent(accuracy)}读对；${percent(asked)}拿不准，请人定。`,
      en: `Of ${n} cases of this town that it had not learned, ${percent(accuracy)} were read rightly; of ${percent(asked)} it asks a person.`,
    },
    figures: {
      n,
      accuracy,
      macroF1,
      ece,
      asked,
      perKind: perKind.map(({ kind, samples, recall, precision, known }) => ({
        kind,
        samples,
        recall,
        precision,
        known,
      })),
    },
  };
}
