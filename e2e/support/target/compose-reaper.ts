// Removes what belongs to a project of Compose when its standard input ends: that is when the process that has started it ends,
// even by SIGKILL.
import { spawnSync } from 'node:child_process';

const [project = ''] = process.argv.slice(2);

process.stdin.resume().once('end', () => {
  const down = [
    'compose',
    '--project-name',
    project,
    'down',
    '--volumes',
    '--remove-orphans',
    '--timeout',
    '0',
  ];
  const { status, stderr } = spawnSync('docker', down, { encoding: 'utf8' });
  if (status === 0) return;
  process.stderr.write(`docker ${down.join(' ')}: ${stderr}\n`);
  process.exitCode = 1;
});
