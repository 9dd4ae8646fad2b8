import {
  AlertOutlined,
  BarChartOutlined,
  BulbOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  FireOutlined,
  PartitionOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react';
import type { Words } from './words/zh.ts';

/** A screen of the console as data. `first` are the kinds of posts, and levels, that begin their day there. */
export type Room = {
  readonly path: `/${string}`;
  /** Its name in the catalogue. */
  readonly words: keyof Words['rooms'];
  readonly group: 'work' | 'see' | 'town';
  readonly icon: ReactNode;
  /** Pressed after `g`. */
  readonly key: string;
  readonly first: readonly string[];
  readonly Screen: LazyExoticComponent<ComponentType>;
  /** Fetches the code of the room before somebody enters it. */
  readonly load: () => Promise<unknown>;
};

/** A room by its file and the name of its screen; loaded when it is entered, or before. */
function room<M, N extends keyof M>(load: () => Promise<M>, name: N): Pick<Room, 'Screen' | 'load'> {
  return { load, Screen: lazy(async () => ({ default: (await load())[name] as ComponentType })) };
}

export const ROOMS: readonly Room[] = [
  {
    path: '/desk',
    words: 'desk',
    group: 'work',
    icon: <CustomerServiceOutlined />,
    key: 'd',
    first: ['seat'],
    ...room(() => import('./desk/desk-screen.tsx'), 'DeskScreen'),
  },
  {
    path: '/queue',
    words: 'queue',
    group: 'work',
    icon: <UnorderedListOutlined />,
    key: 'q',
    first: ['dispatcher', 'desk', 'checker', 'dutyPost', 'gridLead', 'gridWorker', 'lineChief', 'arbiter'],
    ...room(() => import('./queue/queue-screen.tsx'), 'QueueScreen'),
  },
  {
    path: '/whistles',
    words: 'whistles',
    group: 'work',
    icon: <AlertOutlined />,
    key: 'w',
    first: [],
    ...room(() => import('./whistle/whistle-screen.tsx'), 'WhistleScreen'),
  },
  {
    path: '/morning',
    words: 'morning',
    group: 'see',
    icon: <BulbOutlined />,
    key: 'm',
    first: ['head'],
    ...room(() => import('./morning/morning-screen.tsx'), 'MorningScreen'),
  },
  {
    path: '/now',
    words: 'now',
    group: 'see',
    icon: <DashboardOutlined />,
    key: 'n',
    first: [],
    ...room(() => import('./now/now-screen.tsx'), 'NowScreen'),
  },
  {
    path: '/rates',
    words: 'rates',
    group: 'see',
    icon: <BarChartOutlined />,
    key: 'r',
    first: [],
    ...room(() => import('./rates/rates-screen.tsx'), 'RatesScreen'),
  },
  {
    path: '/topics',
    words: 'topics',
    group: 'see',
    icon: <FireOutlined />,
    key: 't',
    first: [],
    ...room(() => import('./topics/topics-screen.tsx'), 'TopicsScreen'),
  },
  {
    path: '/town',
    words: 'town',
    group: 'town',
    icon: <PartitionOutlined />,
    key: 'o',
    first: ['dataSteward'],
    ...room(() => import('./town/town-screen.tsx'), 'TownScreen'),
  },
  {
    path: '/practice',
    words: 'practice',
    group: 'town',
    icon: <ExperimentOutlined />,
    key: 'p',
    first: [],
    ...room(() => import('./practice/practice-screen.tsx'), 'PracticeScreen'),
  },
];

/** Where somebody begins: the room that sees their post first, else the queue. */
export function firstRoom(roles: readonly string[]): Room {
  return ROOMS.find(({ first }) => first.some((role) => roles.includes(role))) ?? ROOMS[1]!;
}
