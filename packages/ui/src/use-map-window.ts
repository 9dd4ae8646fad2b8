import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { WIDTH } from './map-projection.ts';

/** The part of a picture that is seen: its upper left corner, and how many times it is enlarged. */
export type MapWindow = { readonly x: number; readonly y: number; readonly zoom: number };

type Spot = { readonly x: number; readonly y: number };

/** Where and how far is looked, and what changes it. */
export type MapMoves = {
  readonly seen: MapWindow;
  /** Enlarges by this factor about a point of the picture; about the middle of what is seen where left out. */
  readonly enlarge: (factor: number, about?: Spot) => void;
  readonly whole: () => void;
};

const WHOLE: MapWindow = { x: 0, y: 0, zoom: 1 };
/** One press of a key. */
export const STEP = 2;
/** A press that moves further than this is a drag and presses nothing, pixels. */
const DRAG_PIXELS = 4;

/**
 * Enlarging and moving a picture of `WIDTH` by `height` units: by keys (+ − 0 and arrows, while the focus is on something in it), by the wheel with
 * Ctrl, by two fingers, and by dragging once it is enlarged. Before that a finger and the wheel move the page, as everywhere.
 *
 * @param frame what the keys are heard in @param zoomMax how far it goes
 */
export function useMapWindow(
  frame: RefObject<HTMLElement | null>,
  height: number,
  zoomMax: number,
): MapMoves {
  const [seen, setSeen] = useState<MapWindow>(WHOLE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture is seen whole at first
  useEffect(() => setSeen(WHOLE), [height]);
  const moves = useMemo(() => {
    const change = (next: (was: MapWindow) => MapWindow): void =>
      setSeen((was) => within(next(was), height, zoomMax));
    return {
      enlarge: (factor: number, about?: Spot) =>
        change((was) => enlarged(was, factor, zoomMax, height, about)),
      move: (dx: number, dy: number) => change(({ x, y, zoom }) => ({ x: x + dx, y: y + dy, zoom })),
      whole: () => setSeen(WHOLE),
    };
  }, [height, zoomMax]);
  const now = useRef(seen);
  now.current = seen;
  useEffect(() => {
    const own = frame.current;
    const svg = own?.querySelector('svg');
    if (!own || !svg) return undefined;
    const ear = new AbortController();
    const hear = { signal: ear.signal };
    own.addEventListener('keydown', (event) => onKey(event, now.current, moves, height), hear);
    svg.addEventListener('wheel', (event) => onWheel(event, svg, moves), { ...hear, passive: false });
    hearFingers(svg, hear, now, moves);
    return () => ear.abort();
  }, [frame, moves, height]);
  return { seen, enlarge: moves.enlarge, whole: moves.whole };
}

type Moves = Pick<MapMoves, 'enlarge' | 'whole'> & { readonly move: (dx: number, dy: number) => void };

/** About the same point of the screen: what lies under it stays there. */
function enlarged(
  { x, y, zoom }: MapWindow,
  factor: number,
  zoomMax: number,
  height: number,
  about?: Spot,
): MapWindow {
  const next = Math.min(zoomMax, Math.max(1, zoom * factor));
  const spot = about ?? { x: x + WIDTH / zoom / 2, y: y + height / zoom / 2 };
  const kept = zoom / next;
  return { x: spot.x - (spot.x - x) * kept, y: spot.y - (spot.y - y) * kept, zoom: next };
}

function within({ x, y, zoom }: MapWindow, height: number, zoomMax: number): MapWindow {
  const most = Math.min(zoomMax, Math.max(1, zoom));
  const [right, low] = [WIDTH - WIDTH / most, height - height / most];
  return { x: Math.min(right, Math.max(0, x)), y: Math.min(low, Math.max(0, y)), zoom: most };
}

const ARROWS: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function onKey(event: KeyboardEvent, { zoom }: MapWindow, moves: Moves, height: number): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key];
  if (event.key === '+' || event.key === '=') moves.enlarge(STEP);
  else if (event.key === '-') moves.enlarge(1 / STEP);
  else if (event.key === '0') moves.whole();
  else if (arrow && zoom > 1) moves.move((arrow.x * WIDTH) / zoom / 4, (arrow.y * height) / zoom / 4);
  else return;
  event.preventDefault();
}

function onWheel(event: WheelEvent, svg: SVGSVGElement, moves: Moves): void {
  // A pinch on a touch pad comes as a wheel with Ctrl; the wheel alone moves the page.
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  moves.enlarge(Math.exp(-event.deltaY / 200), spotOf(svg, event));
}

/** Fingers and the mouse: one drags what is enlarged, two enlarge and drag. */
function hearFingers(
  svg: SVGSVGElement,
  hear: { readonly signal: AbortSignal },
  now: RefObject<MapWindow>,
  moves: Moves,
): void {
  const down = new Map<number, Spot>();
  let moved = 0;
  const press = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    if (down.size === 0) moved = 0;
    down.set(event.pointerId, at(event));
  };
  const drag = (event: PointerEvent): void => {
    const was = down.get(event.pointerId);
    if (!was || (down.size === 1 && now.current.zoom === 1)) return;
    const is = at(event);
    const [other] = [...down].filter(([id]) => id !== event.pointerId).map(([, spot]) => spot);
    down.set(event.pointerId, is);
    moved += apart(was, is);
    if (moved < DRAG_PIXELS) return;
    svg.setPointerCapture(event.pointerId);
    const units = 1 / scaleOf(svg);
    // Of two fingers each moves the picture by half.
    const share = other ? 0.5 : 1;
    if (other)
      moves.enlarge(apart(is, other) / Math.max(1, apart(was, other)), spotOf(svg, middle(is, other)));
    moves.move((was.x - is.x) * units * share, (was.y - is.y) * units * share);
  };
  const lift = (event: PointerEvent): void => {
    down.delete(event.pointerId);
  };
  const click = (event: MouseEvent): void => {
    if (moved < DRAG_PIXELS) return;
    event.preventDefault();
    event.stopPropagation();
    moved = 0;
  };
  svg.addEventListener('pointerdown', press, hear);
  svg.addEventListener('pointermove', drag, hear);
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    svg.addEventListener(end, lift, hear);
  svg.addEventListener('click', click, { ...hear, capture: true });
  svg.addEventListener('dragstart', (event) => event.preventDefault(), hear);
}

function at({ clientX, clientY }: MouseEvent): Spot {
  return { x: clientX, y: clientY };
}

function apart(a: Spot, b: Spot): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: Spot, b: Spot): { readonly clientX: number; readonly clientY: number } {
  return { clientX: (a.x + b.x) / 2, clientY: (a.y + b.y) / 2 };
}

/** Pixels a unit. */
export function scaleOf(svg: SVGSVGElement): number {
  return svg.getScreenCTM()?.a || 1;
}

/** The point of the picture under a point of the screen. */
export function spotOf(
  svg: SVGSVGElement,
  point: { readonly clientX: number; readonly clientY: number },
): Spot {
  const matrix = svg.getScreenCTM();
  if (!matrix) return { x: WIDTH / 2, y: WIDTH / 2 };
  const { x, y } = new DOMPoint(point.clientX, point.clientY).matrixTransform(matrix.inverse());
  return { x, y };
}
