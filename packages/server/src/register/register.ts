import { isoInstant } from '@gezhi/basis';
import type { AlgorithmList } from '@gezhi/contract';
import { kindModels, samePolicies } from '@gezhi/storage';
import {
  type Comparison,
  DEFAULT_TOPIC_POLICY,
  type ModelCard,
  type SamePolicy,
  type SameTraining,
} from '@gezhi/text';
import { samePolicyOf, type Town } from '@gezhi/town';
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
      await sameEntry(town),
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

/** By which chances two cases are told to be one: the shipped ones, or this town's, with what its last calibration came to. */
async function sameEntry(town: Town): Promise<Entry> {
  const { version, origin } = samePolicyOf(town);
  const shipped = rules('same', version);
  const rows = await samePolicies(town.db.pool, town.district);
  const row = origin === 'default' ? undefined : rows.find(({ state }) => state === 'adopted');
  if (!row) return shipped;
  const { policy, report } = row as unknown as { policy: SamePolicy; report: Omit<SameTraining, 'policy'> };
  const { heldBack, before, after, judged } = report;
  const loss = (n: number | null): string => (n === null ? '–' : n.toFixed(3));
  const error = judged.ece === null ? '–' : judged.ece.toFixed(3);
  return {
    ...shipped,
    sort: 'model',
    since: isoInstant(row.madeAt),
    samples: policy.pairs,
    learnedFrom: {
      zh: `本地${policy.pairs}对事项：合并的、拆回的、提出后未采纳的。只记相似程度的数，不记原话和来话人。`,
      en: `${policy.pairs} pairs of cases of this town: merged, taken apart again, or proposed and passed over. Numbers of likeness alone are kept, no words and no caller.`,
    },
    howWell: {
      zh: `在${heldBack}对没有学过的事项上，平均对数损失${loss(after)}（换用前${loss(before)}），校准误差${error}。`,
      en: `On ${heldBack} pairs that it had not learned: mean log loss ${loss(after)} (${loss(before)} before it), calibration error ${error}.`,
    },
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
