import type { FieldCase } from '@gezhi/contract';
import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { WORDS } from '../words/words.ts';
import { useDo } from './use-do.ts';
import type { Working } from './working.ts';

/** The tasks of this unit in a matter that another leads. “Arrived” stands there only where a clock waits for it. */
export function Tasks({ working }: { readonly working: Working }): ReactNode {
  return working.c.tasks.map((task) => <Task key={task.task} working={working} task={task} />);
}

type Props = { readonly working: Working; readonly task: FieldCase['tasks'][number] };

function Task({ working: { c, now, actions }, task }: Props): ReactNode {
  const w = useWords(WORDS);
  const act = useDo(c);
  const step = actions.find((action) => action.act === 'stepTask');
  const finish = actions.find((action) => action.act === 'finishTask');
  const has = (name: string): boolean => now.steps.has(`${task.task}/${name}`);
  if (has('delivered')) return null;
  const take = (name: string): void =>
    void (step && act([{ action: step, input: { task: task.task, step: name } }]));
  return (
    <div className="task">
      <h2 className="small">{w.one.task(task.task)}</h2>
      {task.what && <p>{task.what}</p>}
      <div className="buttons">
        {step && !has('signed') && (
          <button type="button" className="primary" onClick={() => take('signed')}>
            {w.one.signed}
          </button>
        )}
        {step && task.arrives && !has('arrived') && (
          <button type="button" className="primary" onClick={() => take('arrived')}>
            {w.one.arrived}
          </button>
        )}
        {finish && (
          <button type="button" onClick={() => void act([{ action: finish, input: { task: task.task } }])}>
            {w.one.taskDone}
          </button>
        )}
      </div>
    </div>
  );
}
