import type { BodySink } from './body-sink.js';

/** A request's body, which may be sent to one backend after another. */
export interface BodySource {
  /** Sends it from its beginning, as it comes, to this sink alone. */
  sendTo(sink: BodySink): void;
  /** The sink, which asked for a pause, can take more. */
  resume(): void;
  /** The sink takes no more. */
  stop(): void;
}
