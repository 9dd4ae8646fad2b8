import type { Words } from './zh.ts';

export const EN: Words = {
  title: 'Services',
  lead: 'The same text on phone, computer and kiosk.',
  near: 'Find the nearest by where I am',
  who: 'Who may apply',
  papers: 'What to bring',
  term: 'How long it takes',
  promised: 'Promised here',
  fee: 'Cost',
  where: 'Where',
  hours: 'Hours',
  basis: 'By law',
  print: 'Print',
  none: 'No guide has been written here yet.',
  human: 'Not clear?',
  about: {
    title: 'Complaints and suggestions about this app',
    lead: 'What does not work, what cannot be understood: tell us. It is registered, handled and answered as any other request.',
    complaint: 'Complaint',
    suggestion: 'Suggestion',
    words: 'What you would like to say',
    send: 'Send',
    short: 'Please write a few words.',
  },
};
