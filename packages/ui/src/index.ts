export { type Answer, answerOf, ProblemError, useCall, useClient, useSend } from './calls.ts';
export { type Label, type Language, LanguageProvider, useLanguage, useWords } from './language.tsx';
export { useChanged, useLive } from './live.ts';
export { sayCount, sayDay, sayDistance, sayMoment, sayShare, sayTime } from './moments.ts';
export { mount } from './mount.tsx';
export { OutsidePlaces, type OutsidePoint, OutsideTaken } from './outside-places.tsx';
export { SketchMap, type SketchMark } from './sketch-map.tsx';
