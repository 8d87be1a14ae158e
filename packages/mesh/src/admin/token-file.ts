import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Undefined on Windows, where the temporary folder is the user's own. */
const uid = process.getuid?.();

/**
 * Returns the file with the credential of the admin endpoint on `port`: one header line, as `curl -H @FILE` sends it. Its
 * folder is the user's alone: `bookinfo` in XDG_RUNTIME_DIR, or else `bookinfo-<uid>` in the temporary folder.
 */
export function tokenFile(port: number): string {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  const folder =
    runtime && isPrivate(runtime)
      ? path.join(runtime, 'bookinfo')
      : path.join(tmpdir(), `bookinfo-${uid ?? 'user'}`);
  return path.join(folder, `admin-${port}`);
}

/** Returns a new credential of an endpoint of this process, as the value of the header Authorization. */
export function createToken(): string {
  return `Bearer ${process.pid}.${randomBytes(32).toString('base64url')}`;
}

/**
 * Writes the credential of the endpoint on `port` to its file.
 * @throws {Error} when the folder belongs to another user, or other users can open it.
 */
export function writeToken(port: number, authorization: string): void {
  const file = tokenFile(port);
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isPrivate(folder))
    throw new Error(
      `${folder} is not a folder of this user with mode 0700. Remove it, or set XDG_RUNTIME_DIR to such a folder.`,
    );
  removeToken(port);
  writeFileSync(file, `Authorization: ${authorization}\n`, { mode: 0o600, flag: 'wx' });
}

/** Deletes the credential of the endpoint on `port`. */
export function removeToken(port: number): void {
  rmSync(tokenFile(port), { force: true });
}

/**
 * Returns the credential of the endpoint on `port`, or undefined when no mesh of this user listens there. The process id in
 * it shows whether that mesh was killed and left its file: another user's program may listen on the port by now.
 */
export function readToken(port: number): string | undefined {
  const file = tokenFile(port);
  if (!isPrivate(path.dirname(file))) return undefined;
  try {
    const [, authorization, pid] =
      /^Authorization: (Bearer (\d+)\..+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
    process.kill(Number(pid), 0);
    return authorization;
  } catch {
    return undefined;
  }
}

/**
 * Returns the URL of the console on `port` with the credential, by default that of the token file; undefined when no mesh of this user
 * listens there. A browser sends no part of it after the # anywhere.
 */
export function consoleUrl(port: number, authorization = readToken(port)): string | undefined {
  return authorization && `http://localhost:${port}/#token=${encodeURIComponent(authorization)}`;
}

/** Tests whether a mesh of this user listens on the port. */
export function hasToken(port: number): boolean {
  return readToken(port) !== undefined;
}

/** Tests whether the path is a folder, not a link to one, that belongs to this user and that no other user can open. */
function isPrivate(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return false;
  return uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0);
}
