const KEY = 'bookinfo.authorization';

/** How the page stands with the mesh. `refused`: the credential is of another mesh, or of one that was started again. */
export type Connection = 'connecting' | 'connected' | 'unreachable' | 'missing' | 'refused';

/** The credential of the admin endpoint, and whether the mesh answers. */
class Session {
  authorization = $state(localStorage.getItem(KEY) ?? '');
  connection = $state<Connection>(this.authorization ? 'connecting' : 'missing');
  /** Time of the last response, in milliseconds since 1970; 0 before the first one. */
  answeredAt = $state(0);

  /** Keeps the credential for this origin. */
  use(authorization: string): void {
    localStorage.setItem(KEY, authorization);
    this.authorization = authorization;
    this.connection = 'connecting';
  }

  answered(): void {
    this.connection = 'connected';
    this.answeredAt = Date.now();
  }
}

export const session = new Session();
