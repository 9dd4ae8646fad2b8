import { useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTown } from '../shared/use-town.ts';
import { TOPICS_WORDS } from './topics-words.ts';

type Props = {
  readonly part: 'theme' | 'problem' | 'task' | 'output';
  /** The theme it belongs to; a new theme has none yet. */
  readonly theme?: string;
  readonly under?: string;
  readonly title?: string;
  readonly onSaved?: () => void;
};

/** Writes a part of a theme. A theme takes its month, a task its lead unit and its day, an output its link. */
export function ThemePartForm({ part, theme, under, title = '', onSaved }: Props): ReactNode {
  const w = useWords(TOPICS_WORDS);
  const send = useSend('writeTheme');
  const town = useTown();
  const [isSaved, setSaved] = useState(false);
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = (name: string): string | undefined =>
      (new FormData(form).get(name) as string | null)?.trim() || undefined;
    const own = theme ?? given('theme')!;
    const data = {
      title: given('title')!,
      ...only({ month: given('month'), lead: given('lead'), due: given('due'), link: given('link') }),
    };
    const id = theme === undefined ? own : `${part}-${Date.now().toString(36)}`;
    send.mutate(
      { body: { theme: own, part, id, ...(under ? { under } : {}), data } },
      {
        onSuccess: () => {
          setSaved(true);
          if (theme !== undefined) form.reset();
          onSaved?.();
        },
      },
    );
  };
  const month = new Date().toISOString().slice(0, 7);
  return (
    <form className="theme-form" onSubmit={save}>
      {theme === undefined && (
        <label>
          {w.theme} <input name="theme" required maxLength={40} defaultValue={month} />
        </label>
      )}
      <label className="grow">
        {w.title} <input name="title" required maxLength={200} defaultValue={title} />
      </label>
      {part === 'theme' && (
        <label>
          {w.month} <input name="month" type="month" required defaultValue={month} />
        </label>
      )}
      {part === 'task' && (
        <>
          <label>
            {w.lead}{' '}
            <select name="lead" required>
              {town.data?.units.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            {w.due} <input name="due" type="date" required />
          </label>
        </>
      )}
      {part === 'output' && (
        <label>
          {w.link} <input name="link" maxLength={300} />
        </label>
      )}
      <button type="submit" className="button" disabled={send.isPending}>
        {w.save}
      </button>
      {send.error && (
        <p role="alert" className="late">
          {send.error.message} {send.error.remedy}
        </p>
      )}
      {isSaved && !send.error && <p role="status">{w.saved}</p>}
    </form>
  );
}

function only<T extends Record<string, string | undefined>>(all: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
