/** The part of a label's width beneath which its edge is level; the rest is for the way up and down. */
const LEVEL_PART = 0.55;

/** Bends that are nearer than this to an end or to the label would make a step of the curve. */
const NEAR = 60;

/** A point of the drawing. */
export interface Point {
  x: number;
  y: number;
}

/** A rectangle by its centre. */
export interface Box extends Point {
  width: number;
  height: number;
}

/**
 * Returns the path of an edge from the right side of a node to the left side of another, level beneath its label.
 * @param bends where the edge passes between other nodes
 */
export function curveOf(from: Box, to: Box, bends: readonly Point[], label: Box): string {
  const start = { x: from.x + from.width / 2, y: from.y };
  const end = { x: to.x - to.width / 2, y: to.y };
  const level = (label.width / 2) * LEVEL_PART;
  const left = { x: label.x - level, y: label.y };
  const right = { x: label.x + level, y: label.y };
  const before = bends.filter(({ x }) => x > start.x + NEAR && x < left.x - NEAR);
  const after = bends.filter(({ x }) => x > right.x + NEAR && x < end.x - NEAR);
  const points = end.x > start.x ? [...before, left, right, ...after, end] : [...bends, end];
  let last: Point = start;
  return points.reduce((path, point) => {
    const middle = (last.x + point.x) / 2;
    const next = `${path}C${middle},${last.y} ${middle},${point.y} ${point.x},${point.y}`;
    last = point;
    return next;
  }, `M${start.x},${start.y}`);
}
