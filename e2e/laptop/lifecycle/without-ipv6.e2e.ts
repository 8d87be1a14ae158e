import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from '../../support/repository.ts';

/** A network namespace without IPv6; only root on Linux can create one. */
const inNetworkWithoutIpv6 = (script: string) =>
  spawnSync(
    'unshare',
    ['--net', 'sh', '-c', `ip link set lo up && sysctl -qw net.ipv6.conf.all.disable_ipv6=1 && ${script}`],
    {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', NODE: process.execPath },
    },
  );

const possible = inNetworkWithoutIpv6('true').status === 0;
const title = possible
  ? 'where IPv6 is off'
  : 'where IPv6 is off (skipped: needs root on Linux, unshare and ip)';

test.skipIf(!possible && process.env['CI'] !== 'true')(
  `${title}, a service starts and answers on IPv4`,
  () => {
    const { stdout, stderr } = inNetworkWithoutIpv6(
      `"$NODE" services/details/dist/main.js 9080 & pid=$!
     "$NODE" -e 'const until = Date.now() + 10000; const ask = () => fetch("http://127.0.0.1:9080/livez").then((answer) => console.log("status", answer.status), () => Date.now() < until ? setTimeout(ask, 50) : console.log("no answer")); ask()'
     kill $pid; wait $pid; echo "exit $?"`,
    );
    expect(stdout, stderr).toContain('status 200');
    expect(stdout).toContain('exit 0');
  },
);
