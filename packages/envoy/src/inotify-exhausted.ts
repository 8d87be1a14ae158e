import { readFileSync } from 'node:fs';

/** The assertion by which Envoy aborts when it gets no inotify instance (source/common/filesystem/inotify/watcher_impl.cc). */
const ASSERTION = 'assert failure: inotify_fd_ >= 0';

/** An Envoy has aborted because Linux allows its user no further inotify instance, of which it takes one for each file. */
export class InotifyExhausted extends Error {
  constructor() {
    super(
      `Envoy cannot watch its files, because all ${limit()} inotify instances of this user are in use (fs.inotify.max_user_instances; an Envoy takes three, and one for each cluster with ejections, slow start or limits): allow more with "sudo sysctl fs.inotify.max_user_instances=1024", or start fewer pods.`,
    );
  }
}

/** Tests whether an Envoy with this log has aborted because it got no inotify instance. */
export function isInotifyExhausted(log: string): boolean {
  return log.includes(ASSERTION);
}

function limit(): string {
  try {
    return readFileSync('/proc/sys/fs/inotify/max_user_instances', 'utf8').trim();
  } catch {
    return '';
  }
}
