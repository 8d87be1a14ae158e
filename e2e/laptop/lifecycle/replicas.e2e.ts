import { execFileSync } from 'node:child_process';
import { AdminClient } from '@bookinfo/mesh';
import { expect, test } from 'vitest';
import { freePort } from '@bookinfo/effects';
import { outputHas, start } from '../../support/run.ts';

/** A page every 40 ms. */
const PERIOD_MS = 40;
const KILLS = 3;

interface Pod {
  metadata: { name: string };
  status: { ready: boolean };
}

/** Starts a mesh of its own, with two pods of each Deployment. */
async function startMesh() {
  const [port, adminPort] = [await freePort(), await freePort()];
  const up = ['up', '--replicas', '2', '--port', `${port}`, '--admin-port', `${adminPort}`];
  const running = start('packages/cli/bin/bookinfo.js', up);
  await outputHas(running, 'Bookinfo is up');
  const admin = new AdminClient(adminPort);
  const areReady = async (): Promise<boolean> => {
    const pods = (await admin.get('pods')).items as unknown as Pod[];
    return pods.length === 12 && pods.every(({ status }) => status.ready);
  };
  return {
    page: `http://127.0.0.1:${port}/productpage`,
    /** Resolves when all pods are ready. */
    async isComplete(): Promise<void> {
      while (!(await areReady())) await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
    },
    /** Kills one process of a service, whose title is its name, as the kernel does when memory runs out. */
    kill(service: string): void {
      const processes = execFileSync('ps', ['-axwwo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
      const pids = processes
        .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*?)\s*$/.exec(line) ?? [])
        .filter(([, , parent, args]) => Number(parent) === running.process.pid && args === service)
        .map(([, pid]) => Number(pid));
      const pid = pids[Math.floor(Math.random() * pids.length)];
      if (pid === undefined) throw new Error(`no process of ${service} among:\n${processes.join('\n')}`);
      process.kill(pid, 'SIGKILL');
    },
    async [Symbol.asyncDispose]() {
      running.process.kill('SIGTERM');
      await running.finished;
    },
  };
}

/** Returns what a page lacks; undefined when it is whole. */
async function lackOf(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    const html = await response.text();
    return response.status === 200
      ? /\w+ (?:is|are) currently unavailable/.exec(html)?.[0]
      : `${response.status}`;
  } catch (error) {
    return String(error);
  }
}

test('the end of one of two replicas costs no page and no part of one, under load', async () => {
  await using mesh = await startMesh();
  for (const service of ['productpage', 'details', 'reviews', 'ratings']) {
    const pages: Promise<string | undefined>[] = [];
    const timer = setInterval(() => pages.push(lackOf(mesh.page)), PERIOD_MS);
    for (let kills = 0; kills < KILLS; kills += 1) {
      await mesh.isComplete();
      mesh.kill(service);
      await new Promise((resolve) => setTimeout(resolve, 10 * PERIOD_MS));
    }
    await mesh.isComplete();
    clearInterval(timer);
    expect(
      (await Promise.all(pages)).filter((lack) => lack !== undefined),
      service,
    ).toEqual([]);
    expect(pages.length).toBeGreaterThan(KILLS);
  }
});
