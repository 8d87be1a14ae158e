/** The receiver of a body. */
export interface BodySink {
  /** Returns false to ask for a pause, until the source's `resume` is called. */
  write(data: Buffer): boolean;
  end(): void;
}

/** A request's body, which may be sent to one backend after another. */
export interface BodySource {
  /** Sends the body from its beginning to this sink alone, as it arrives. */
  sendTo(sink: BodySink): void;
  /** Continues after a pause that the sink has asked for. */
  resume(): void;
  /** Stops sending to the sink. */
  stop(): void;
}
