import type { Language } from '@gezhi/ui';
import { WORDS } from '../words/words.ts';
import type { Deed } from './entry.ts';

/** What was done, in one line: the action's name and what was said with it. */
export function sayDeed(deed: Deed, language: Language): string {
  const { outbox } = WORDS[language];
  const colon = language === 'zh' ? '：' : ': ';
  switch (deed.do) {
    case 'command': {
      const { words, reason } = deed.input as Readonly<Record<string, string>>;
      const said = words ?? reason;
      return said ? `${deed.label[language]}${colon}${said}` : deed.label[language];
    }
    case 'photo':
      return outbox.photos(1);
    case 'report': {
      const said = [deed.data.words, deed.photos.length > 0 ? outbox.photos(deed.photos.length) : ''].filter(
        Boolean,
      );
      return `${outbox.deeds.report}${colon}${said.join(language === 'zh' ? '，' : ', ')}`;
    }
    case 'visit': {
      const { findings } = deed;
      const found =
        findings.length === 0 ? outbox.nothingFound : findings.map(({ words }) => words).join(' ');
      return `${outbox.deeds.visit}${colon}${found}`;
    }
  }
}
