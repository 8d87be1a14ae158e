/** Where a body goes. */
export interface BodySink {
  /** False asks for a pause, until the body's source is told to resume. */
  write(data: Buffer): boolean;
  end(): void;
}
