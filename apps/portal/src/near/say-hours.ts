type Days = Readonly<Record<string, string>>;

/** Weekly hours as the registry writes them (`mon-fri 08:00-17:30;sat 08:30-12:00`), with days as people say them. */
export function sayHours(shift: string, days: Days): string {
  return shift
    .replace(/\b(mon|tue|wed|thu|fri|sat|sun)\b/g, (day) => days[day] ?? day)
    .replace(/(?<=\d{2}:\d{2})-/g, '–')
    .replaceAll(';', ' · ');
}
