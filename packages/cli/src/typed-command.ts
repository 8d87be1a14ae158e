import path from 'node:path';

/** Returns the command as a user types it in the current folder: `./bookinfo`, `../bookinfo` or its absolute path. */
export function typedCommand(root: string): string {
  if (process.platform === 'win32') return 'npx bookinfo';
  const script = path.join(root, 'bookinfo');
  const isInside = !path.relative(root, '').startsWith('..');
  if (!isInside) return script;
  const relative = path.relative('', script);
  return relative === 'bookinfo' ? './bookinfo' : relative;
}
