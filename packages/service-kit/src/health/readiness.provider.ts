/** Whether the service takes new requests. */
export class Readiness {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  /** From now on the service only finishes what it has begun. */
  drain(): void {
    this.draining = true;
  }
}
