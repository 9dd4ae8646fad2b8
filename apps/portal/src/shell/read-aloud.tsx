import { useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { WORDS } from '../words/words.ts';

/** Reads the page aloud with the voices of the device; nothing leaves it. */
export function ReadAloud(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const [reading, setReading] = useState(false);
  useEffect(() => () => window.speechSynthesis?.cancel(), []);
  if (typeof SpeechSynthesisUtterance === 'undefined') return null;
  const toggle = (): void => {
    speechSynthesis.cancel();
    setReading(!reading);
    if (reading) return;
    const text = document.getElementById('main')?.innerText ?? '';
    const speech = new SpeechSynthesisUtterance(text);
    speech.lang = language === 'zh' ? 'zh-CN' : 'en-GB';
    speech.rate = 0.9;
    const voice = speechSynthesis
      .getVoices()
      .find((one) => one.localService && one.lang.startsWith(language));
    if (voice) speech.voice = voice;
    speech.onend = () => setReading(false);
    speech.onerror = () => setReading(false);
    speechSynthesis.speak(speech);
  };
  return (
    <button type="button" aria-pressed={reading} onClick={toggle}>
      {reading ? w.readStop : w.read}
    </button>
  );
}
