import { useLanguage, useSend, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { shortPost } from '../shared/short-post.ts';
import { useTown } from '../shared/use-town.ts';
import { SHELL_WORDS } from '../words/words.ts';
import { useMe } from './me.tsx';

type Props = { readonly isLive: boolean; readonly onHelp: () => void };

/** The town, who I am here, and what holds for every room. */
export function TopBar({ isLive, onHelp }: Props): ReactNode {
  const w = useWords(SHELL_WORDS);
  const { language, choose } = useLanguage();
  const me = useMe();
  const town = useTown();
  const out = useSend('signOut');
  return (
    <header className="top">
      <Link href="/" className="top-brand">
        <img src="/assets/seal.svg" alt="" width="26" height="26" />
        <strong>{w.product}</strong>
        <span className="top-town">{town.data?.name[language]}</span>
      </Link>
      {me.demo && <span className="top-made">{w.made}</span>}
      <span className="grow" />
      <span className={isLive ? 'live on' : 'live'} role="status" title={isLive ? w.live : w.notLive}>
        <i aria-hidden="true" />
        <span>{isLive ? w.live : w.notLive}</span>
      </span>
      <button type="button" className="bare top-keys" onClick={onHelp}>
        <kbd>?</kbd> <span>{w.keys}</span>
      </button>
      <button
        type="button"
        className="bare"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => choose(language === 'zh' ? 'en' : 'zh')}
      >
        {w.other}
      </button>
      <span className="top-me" title={`${me.name?.[language]} · ${me.unitName?.[language]}`}>
        <b>{shortPost(me.name?.[language] ?? me.post, me.unitName?.[language] ?? '')}</b>
        <small>{me.unitName?.[language]}</small>
      </span>
      <button type="button" className="bare" onClick={() => out.mutate({})} disabled={out.isPending}>
        {w.signOut}
      </button>
    </header>
  );
}
