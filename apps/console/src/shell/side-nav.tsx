import { CommentOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link, useRoute } from 'wouter';
import { ROOMS, type Room } from '../rooms.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { AboutApp } from './about-app.tsx';

const GROUPS = ['work', 'see', 'town'] as const;

type Props = { readonly isFolded: boolean; readonly onFold: () => void };

/** All rooms, in three groups; folded, their icons. */
export function SideNav({ isFolded, onFold }: Props): ReactNode {
  const w = useWords(SHELL_WORDS);
  const [isTelling, setTelling] = useState(false);
  return (
    <nav className="side" aria-label={w.nav}>
      {GROUPS.map((group) => (
        <div key={group} className="side-group">
          <p className="side-head">{w.groups[group]}</p>
          {ROOMS.filter((room) => room.group === group).map((room) => (
            <Way key={room.path} room={room} />
          ))}
        </div>
      ))}
      <button
        type="button"
        className="bare side-way side-about"
        onClick={() => setTelling(true)}
        title={w.about.title}
      >
        <CommentOutlined />
        <span>{w.about.way}</span>
      </button>
      {isTelling && <AboutApp onClose={() => setTelling(false)} />}
      <button type="button" className="bare side-fold" onClick={onFold} aria-expanded={!isFolded}>
        {isFolded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        <span>{isFolded ? w.unfold : w.fold}</span>
      </button>
    </nav>
  );
}

function Way({ room }: { readonly room: Room }): ReactNode {
  const w = useWords(SHELL_WORDS);
  const [isHere] = useRoute(`${room.path}/*?`);
  const name = w.rooms[room.words];
  return (
    <Link href={room.path} className="side-way" aria-current={isHere ? 'page' : undefined} title={name}>
      {room.icon}
      <span>{name}</span>
    </Link>
  );
}
