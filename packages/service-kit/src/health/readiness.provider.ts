/** The state that `/readyz` reports: ready until the service drains. */
export class Readiness {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  /** Makes `/readyz` fail from now on. */
  drain(): void {
    this.draining = true;
  }
}
