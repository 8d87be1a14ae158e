const MIN_SCALE = 0.1;
const MAX_SCALE = 2.5;

/** The part of the drawing that is visible: moved by pointer, wheel and keys. */
export class Viewport {
  x = $state(0);
  y = $state(0);
  scale = $state(1);
  width = $state(0);
  height = $state(0);
  /** Whether a new layout is fitted into the window; false once the user has moved it. */
  isFitted = $state(true);

  fit(width: number, height: number): void {
    if (width === 0 || this.width === 0) return;
    this.scale = Math.max(MIN_SCALE, Math.min(1.15, this.width / width, this.height / height));
    this.x = (this.width - width * this.scale) / 2;
    this.y = (this.height - height * this.scale) / 2;
    this.isFitted = true;
  }

  /** Zooms about a point of the window; default its centre. */
  zoom(factor: number, x = this.width / 2, y = this.height / 2): void {
    const scale = Math.max(MIN_SCALE, Math.min(MAX_SCALE, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.isFitted = false;
  }

  pan(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.isFitted = false;
  }

  /** Moves a point of the drawing into the window when it is outside. */
  show(x: number, y: number): void {
    const [left, top] = [x * this.scale + this.x, y * this.scale + this.y];
    const margin = 60;
    if (left < margin || left > this.width - margin) this.pan(this.width / 2 - left, 0);
    if (top < margin || top > this.height - margin) this.pan(0, this.height / 2 - top);
  }
}
