import type { ReactNode } from 'react';

const PATHS = {
  tasks: 'M5 6h14M5 12h14M5 18h9',
  rounds: 'M6 19c0-6 12-8 12-14M6 19a2 2 0 1 1 0-.1M18 5a2 2 0 1 1 0-.1',
  report: 'M12 5v14M5 12h14',
  outbox: 'M12 19V6M6 12l6-6 6 6M5 21h14',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c1-5 15-5 16 0',
  back: 'M15 5l-7 7 7 7',
  pin: 'M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12ZM12 11.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3 2',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Z',
  phone: 'M6 3h4l1 5-2.500 1.500a12 12 0 0 0 6 6L16 13l5 1v4c0 2-2 3-4 3C10 20 4 14 3 7c0-2 1-4 3-4Z',
  check: 'M5 12.500 10 17.500 19.500 7',
  scan: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M7 12h10',
  cloudOff:
    'M4 4l16 16M7 18h9.500M18.500 17a4 4 0 0 0-1.500-7.500A6 6 0 0 0 9.500 6M6.500 9.500A4.500 4.500 0 0 0 7 18',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing beside words; it says nothing that the words do not. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
