// Runs all checks and tests. A failure does not keep the end-to-end scenarios and the containers from running: each part reports.
import { spawnSync } from 'node:child_process';
import { countTests, removeReports } from './count-tests.mjs';

const turboWith = (env, ...args) =>
  spawnSync('turbo', args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    // Without npm's banner before every task.
    env: { ...process.env, npm_config_loglevel: 'silent', ...env },
  }).status === 0;
const turbo = (...args) => turboWith({}, ...args);

removeReports();
const isStructureRight = turbo('boundaries');
const unit = turbo(
  ...'run lint format typecheck build test --concurrency=2 --continue=dependencies-successful'.split(' '),
);
const endToEnd = turbo('run', 'e2e', 'e2e:envoy', '--concurrency=1', '--continue');
const containers = turbo('run', 'containers');
const onEnvoy = turboWith({ PROXY: 'envoy' }, 'run', 'e2e:compose');
const onNode = turboWith({ PROXY: 'node' }, 'run', 'e2e:compose');

const { passed, failed, skipped } = countTests();
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
const areAllRight = [isStructureRight, unit, endToEnd, containers, onEnvoy, onNode].every(Boolean);
process.exitCode = areAllRight && failed === 0 && passed > 0 ? 0 : 1;
