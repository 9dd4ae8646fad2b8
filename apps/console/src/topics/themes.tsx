import { type Answer, sayCount, useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useTown } from '../shared/use-town.ts';
import { ThemePartForm } from './theme-part-form.tsx';
import { TOPICS_WORDS } from './topics-words.ts';

type Theme = Answer<'listThemes'>['themes'][number];
type Problem = Theme['problems'][number];
type Task = Problem['tasks'][number] & {
  readonly lead?: string;
  readonly due?: string;
  readonly doneOn?: string;
};

/** Themes of the month: from problem to task to output, with what is done. */
export function Themes(): ReactNode {
  const w = useWords(TOPICS_WORDS);
  const themes = useCall('listThemes', { query: {} });
  const units = useUnits();
  return (
    <section className="panel">
      <h2>{w.themes}</h2>
      {themes.data?.themes.length === 0 && <p className="soft">{w.themesNone}</p>}
      {themes.data?.themes.map((theme) => (
        <ThemeView key={theme.id} theme={theme} units={units} />
      ))}
      <details>
        <summary>{w.plan}</summary>
        <ThemePartForm part="theme" />
      </details>
    </section>
  );
}

type Units = ReadonlyMap<string, string>;

function useUnits(): Units {
  const town = useTown();
  return new Map(town.data?.units.map(({ code, name }) => [code, name]));
}

function ThemeView({ theme, units }: { readonly theme: Theme; readonly units: Units }): ReactNode {
  const w = useWords(TOPICS_WORDS);
  const { language } = useLanguage();
  const { done, all } = theme.tasks;
  return (
    <article className="theme">
      <h3>
        {theme.title} <small>{theme.id}</small>
      </h3>
      <p className="soft">{w.done(sayCount(done, language), sayCount(all, language))}</p>
      <ol className="theme-problems">
        {theme.problems.map((problem) => (
          <li key={problem.id}>
            <h4>{problem.title}</h4>
            <ul className="rows">
              {problem.tasks.map((task) => (
                <TaskRow
                  key={task.id}
                  theme={theme.id}
                  problem={problem.id}
                  task={task as Task}
                  units={units}
                />
              ))}
              {problem.outputs.map(({ id, title }) => (
                <li key={id}>
                  <span className="grow">{title}</span>
                  <small>{w.output}</small>
                </li>
              ))}
            </ul>
            {(['task', 'output'] as const).map((part) => (
              <details key={part}>
                <summary>{w.add[part]}</summary>
                <ThemePartForm part={part} theme={theme.id} under={problem.id} />
              </details>
            ))}
          </li>
        ))}
      </ol>
      <details>
        <summary>{w.add.problem}</summary>
        <ThemePartForm part="problem" theme={theme.id} />
      </details>
    </article>
  );
}

function TaskRow(props: {
  readonly theme: string;
  readonly problem: string;
  readonly task: Task;
  readonly units: Units;
}): ReactNode {
  const { theme, problem, task, units } = props;
  const w = useWords(TOPICS_WORDS);
  const send = useSend('writeTheme');
  const { id, title, lead, due, doneOn } = task;
  const finish = (): void => {
    const today = new Date().toISOString().slice(0, 10);
    const data = { title, ...(lead ? { lead } : {}), ...(due ? { due } : {}), doneOn: today };
    send.mutate({ body: { theme, part: 'task', id, under: problem, data } });
  };
  return (
    <li>
      <span className="grow">
        {title}
        <small>{lead ? (units.get(lead) ?? lead) : ''}</small>
      </span>
      <small>{doneOn ? w.doneOn(doneOn) : due ? w.dueOn(due) : ''}</small>
      {!doneOn && (
        <button type="button" className="button" onClick={finish} disabled={send.isPending}>
          {w.markDone}
        </button>
      )}
      {send.error && <small className="late">{send.error.message}</small>}
    </li>
  );
}
