import { isOpenPhase, LABELS, type Label, type Process, type State } from '@gezhi/cases';
import { clockRows } from './clock-rows.ts';
import { type Row, rowsOf, statesInOrder, stayingActions } from './rows-of.ts';
import { escapeXml, wrap } from './svg-text.ts';

const MARGIN = 24;
const LABEL_WIDTH = 226;
const COLUMN_MIN = 80;
const ROW = 25;
const PHASE_TOP = 64;
const STATE_TOP = 96;
const STATE_HEIGHT = 46;
const FIRST_ROW = STATE_TOP + STATE_HEIGHT + 14;

type Language = keyof Label;

const WORDS = {
  title: { zh: '流程图', en: 'process' },
  clocks: { zh: '时钟', en: 'Clocks' },
  open: { zh: '办理中随时可做', en: 'At any time while open' },
  any: { zh: '任何时候可做', en: 'At any time' },
  some: { zh: '不改变状态', en: 'Without a change of state' },
  itself: { zh: '自动', en: 'by itself' },
  guarded: { zh: '有条件', en: 'with conditions' },
  legend: {
    zh: '列是状态，按阶段排列；每行一个动作：圆点是起点，箭头指向所到状态，○ 表示回到同一状态。方括号内是所需权力。虚线是自动发生。◆ 有条件。时钟：▶ 起，■ 止。',
    en: 'Columns are states, by phase. Each row is an action: dots are where it may begin, the arrow is where it leads, ○ comes back to the same state. In brackets the power it needs. Dashed: happens by itself. ◆ with conditions. Clocks: ▶ start, ■ stop.',
  },
} as const satisfies Record<string, Label>;

/**
 * A process as a picture (SVG): a column for each state, in the order of phases, and a row for each action with its label, its power and
 * an arrow from where it may begin to where it leads; what happens by itself is dashed; clocks below, with where they start and stop. One
 * row an arrow, so that no label can meet another, however large the process. Dark on white, generic fonts, titled and described for
 * readers that hear it; the same picture for the same process. `name` is the scene's.
 */
export function drawProcess(process: Process, language: Language, name?: Label): string {
  const states = statesInOrder(process);
  const width = Math.max(1120, 2 * MARGIN + LABEL_WIDTH + states.length * COLUMN_MIN);
  const column = (width - 2 * MARGIN - LABEL_WIDTH) / states.length;
  const grid: Grid = {
    language,
    width,
    column,
    x: new Map(states.map((state, i) => [state.name, MARGIN + LABEL_WIDTH + (i + 0.5) * column])),
  };
  const rows = rowsOf(process);
  const clocks = clockRows(process);
  const clocksTop = FIRST_ROW + rows.length * ROW + 20;
  const linesTop = clocksTop + clocks.length * ROW + (clocks.length ? 30 : 0);
  const notes = notesOf(process, grid);
  const height = linesTop + notes.length * 18 + MARGIN;
  const title = `${name ? name[language] : process.id} · ${WORDS.title[language]}`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d" lang="${language}">`,
    `<title id="t">${escapeXml(title)}</title>`,
    `<desc id="d">${escapeXml(describe(process, rows, language))}</desc>`,
    STYLE,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    text(MARGIN, 40, title, 'h'),
    ...phaseBands(states, grid, clocksTop + clocks.length * ROW - 6),
    ...states.flatMap((state) => stateBox(state, grid)),
    ...rows.flatMap((row, i) => drawRow(row, i, grid)),
    ...(clocks.length ? [text(MARGIN, clocksTop + 2, WORDS.clocks[language], 'b')] : []),
    ...clocks.flatMap((row, i) => drawClock(row, clocksTop + 4 + (i + 0.5) * ROW, grid)),
    ...notes.map((line, i) => text(MARGIN, linesTop + 6 + i * 18, line, 's')),
    '</svg>',
  ].join('\n')}\n`;
}

type Grid = {
  readonly language: Language;
  readonly width: number;
  readonly column: number;
  readonly x: ReadonlyMap<string, number>;
};

const STYLE = `<style>
text{font-family:system-ui,"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;fill:#1a1a1a;font-size:13px}
.h{font-size:20px;font-weight:600}.b{font-weight:600}.s{font-size:12px}.m{text-anchor:middle;font-size:11.5px}.p{fill:#555;font-size:10.5px}.g{fill:#555;font-size:11px}
.paper{fill:#fff}.zebra{fill:#f4f6f8}.band{fill:#e8edf2}.end{fill:#f0ebe3}.box{fill:#fff;stroke:#33475b;stroke-width:1.2}.boxend{fill:#fff;stroke:#33475b;stroke-width:2.4}
.life{stroke:#d4dbe2;stroke-width:1}.on{stroke:#174a7c;stroke-width:1.6;fill:none}.back{stroke:#8a3b12;stroke-width:1.6;fill:none}.self{stroke-dasharray:5 3}.dots{stroke-dasharray:2.5 2.2}
.fon{fill:#174a7c}.fback{fill:#8a3b12}.clock{stroke:#5b4a8a;stroke-width:2}.fclock{fill:#5b4a8a}
</style>`;

/** Bands over the columns of one phase each, and the lines that lead the eye down from each state. */
function phaseBands(states: readonly State[], grid: Grid, bottom: number): readonly string[] {
  const marks: string[] = [];
  for (let i = 0; i < states.length; ) {
    const { phase } = states[i]!;
    const last = states.findLastIndex((state) => state.phase === phase);
    const left = grid.x.get(states[i]!.name)! - grid.column / 2 + 2;
    const right = grid.x.get(states[last]!.name)! + grid.column / 2 - 2;
    marks.push(
      rect(
        left,
        PHASE_TOP,
        right - left,
        STATE_TOP - PHASE_TOP + STATE_HEIGHT + 6,
        isOpenPhase(phase) ? 'band' : 'end',
      ),
    );
    const label = LABELS.phases[phase][grid.language];
    const said = i === last && states[i]!.label[grid.language] === label;
    const lines = said ? [] : wrap(label, (right - left - 4) / 10.5).slice(0, 2);
    const top = PHASE_TOP + 20 - (lines.length - 1) * 6;
    marks.push(...lines.map((words, n) => text((left + right) / 2, top + n * 12, words, 'm p')));
    i = last + 1;
  }
  for (const x of grid.x.values()) marks.push(line(x, STATE_TOP + STATE_HEIGHT, x, bottom, 'life'));
  return marks;
}

function stateBox(state: State, grid: Grid): readonly string[] {
  const x = grid.x.get(state.name)!;
  const wide = grid.column - 10;
  const lines = wrap(state.label[grid.language], (wide - 2) / 11.5).slice(0, 3);
  const top = STATE_TOP + STATE_HEIGHT / 2 + 4 - (lines.length - 1) * 7;
  const kind = isOpenPhase(state.phase) ? 'box' : 'boxend';
  return [
    rect(x - wide / 2, STATE_TOP, wide, STATE_HEIGHT, kind, 5),
    ...lines.map((words, i) => text(x, top + i * 14, words, 'm')),
  ];
}

function drawRow(row: Row, i: number, grid: Grid): readonly string[] {
  const y = FIRST_ROW + (i + 0.5) * ROW;
  const { action, byItself, results } = row;
  const to = grid.x.get(row.to)!;
  const from = row.from.map((state) => grid.x.get(state)!).sort((a, b) => a - b);
  const notes = [byItself ? WORDS.itself[grid.language] : `[${action.power}]`, ...results];
  const mark = action.guards.length > 0 && !byItself ? ' ◆' : '';
  const marks = [
    ...(i % 2 === 0 ? [rect(MARGIN, y - ROW / 2, grid.width - 2 * MARGIN, ROW, 'zebra')] : []),
    `<text x="${MARGIN + 6}" y="${fix(y + 4.5)}">${escapeXml(action.label[grid.language] + mark)} <tspan class="g">${escapeXml(notes.join(' '))}</tspan></text>`,
    ...[...grid.x.values()].map((x) => line(x, y - ROW / 2, x, y + ROW / 2, 'life')),
  ];
  const ahead = from.filter((x) => x < to);
  const behind = from.filter((x) => x > to);
  const dashed = byItself ? ' self' : '';
  const gap = from.includes(to) ? 8 : 0;
  if (ahead.length)
    marks.push(line(ahead[0]!, y, to - gap - 6, y, `on${dashed}`), head(to - gap, y, 1, 'fon'));
  if (behind.length)
    marks.push(line(behind.at(-1)!, y, to + gap + 6, y, `back${dashed}`), head(to + gap, y, -1, 'fback'));
  for (const x of from) {
    if (x === to) marks.push(ring(x, y, dashed));
    else marks.push(dot(x, y, x < to ? 'fon' : 'fback'));
  }
  return marks;
}

function drawClock(
  { clock, starts, stops }: ReturnType<typeof clockRows>[number],
  y: number,
  grid: Grid,
): readonly string[] {
  const at = (names: readonly string[]): number[] => names.map((name) => grid.x.get(name)!);
  const [begin, end] = [at(starts), at(stops)];
  const all = [...begin, ...end];
  return [
    text(MARGIN + 6, y + 4.5, clock.name, ''),
    ...(all.length > 1 ? [line(Math.min(...all), y, Math.max(...all), y, 'clock')] : []),
    ...begin.map((x) => `<path class="fclock" d="M${fix(x - 5)} ${fix(y - 6)}l11 6l-11 6z"/>`),
    ...end.map((x) => rect(x - 5, y - 5, 10, 10, 'fclock')),
  ];
}

/** What changes no state, said in words, and how to read the picture. */
function notesOf(process: Process, grid: Grid): readonly string[] {
  const { language } = grid;
  const actions = stayingActions(process);
  const groups = (['some', 'open', 'any'] as const).map((group) => {
    const names = actions
      .filter((a) => (typeof a.from === 'string' ? a.from : 'some') === group)
      .map((a) => `${a.label[language]} [${a.power}]`);
    const gap = language === 'zh' ? '、' : ', ';
    return names.length
      ? `${WORDS[group][language]}${language === 'zh' ? '：' : ': '}${names.join(gap)}`
      : '';
  });
  const ems = (grid.width - 2 * MARGIN) / 12;
  return [...groups, WORDS.legend[language]].filter((note) => note !== '').flatMap((note) => wrap(note, ems));
}

/** The picture in words, for those who hear it. */
function describe(process: Process, rows: readonly Row[], language: Language): string {
  const nameOf = (state: string): string => process.states[state]!.label[language];
  const gap = language === 'zh' ? '、' : ', ';
  const sentences = rows.map(({ action, from, to, byItself }) => {
    const how = byItself ? ` (${WORDS.itself[language]})` : '';
    return `${action.label[language]}${how}: ${from.map(nameOf).join(gap)} → ${nameOf(to)}`;
  });
  return sentences.join(language === 'zh' ? '；' : '; ');
}

function text(x: number, y: number, words: string, kind: string): string {
  return `<text x="${fix(x)}" y="${fix(y)}"${kind ? ` class="${kind}"` : ''}>${escapeXml(words)}</text>`;
}

function rect(x: number, y: number, width: number, height: number, kind: string, radius = 0): string {
  const round = radius ? ` rx="${radius}"` : '';
  return `<rect class="${kind}" x="${fix(x)}" y="${fix(y)}" width="${fix(width)}" height="${fix(height)}"${round}/>`;
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line class="${kind}" x1="${fix(x1)}" y1="${fix(y1)}" x2="${fix(x2)}" y2="${fix(y2)}"/>`;
}

function dot(x: number, y: number, kind: string): string {
  return `<circle class="${kind}" cx="${fix(x)}" cy="${fix(y)}" r="4"/>`;
}

function head(x: number, y: number, direction: 1 | -1, kind: string): string {
  return `<path class="${kind}" d="M${fix(x - direction)} ${fix(y)}l${-direction * 9} -5v10z"/>`;
}

/** It stays in the state, or comes back to it at once. */
function ring(x: number, y: number, dashed: string): string {
  return `<circle class="on${dashed && ' dots'}" cx="${fix(x)}" cy="${fix(y)}" r="7.5"/>`;
}

function fix(value: number): string {
  return String(Math.round(value * 10) / 10);
}
