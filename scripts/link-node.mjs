// Run by `npm ci`. npm's scripts and npx run on node_modules/.bin/node, the Node of optionalDependencies, whatever Node
// npm itself runs on. npm 11 links it; npm 10 does not, but does so when it rebuilds the package.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const pinned = Object.keys(optionalDependencies).find((name) => existsSync(`node_modules/${name}`));
const isLinked = ['node', 'node.cmd'].some((file) => existsSync(`node_modules/.bin/${file}`));

if (pinned && !isLinked) {
  const rebuild = [process.env.npm_execpath, 'rebuild', pinned, '--silent'];
  process.exitCode =
    spawnSync(process.execPath, rebuild, { stdio: ['ignore', 'ignore', 'inherit'] }).status ?? 1;
} else if (!pinned && Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `Bookinfo needs Node 24, and npm has none for ${process.platform} on ${process.arch}: install Node 24 or later (this is ${process.versions.node}), then run npm ci again.\n`,
  );
  process.exitCode = 1;
}
