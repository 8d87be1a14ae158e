import { spawnSync } from 'node:child_process';
import { describe, expect, inject, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { Load } from '../../support/load.ts';
import { viewPage } from '../../support/page.ts';
import { target } from '../../support/target/index.ts';
import { rulesOfTest } from '../../support/sources.ts';
import { rule } from '../../support/rules.ts';
import { until } from '../../support/until.ts';
import { DASHBOARDS, expressionWith } from './dashboards.ts';
import { Prometheus, prometheusMissing, type Sample, SCRAPE_CONFIGURATION } from './prometheus.ts';

const VALUES = {
  __rate_interval: '30s',
  service: 'reviews',
  namespace: 'default',
  workload: 'productpage-v1',
};

/** With an admin port of its own, `up` has its telemetry endpoint in this distance. */
const telemetryPort = inject('target').adminPort + 90;

const isData = ({ value }: Sample): boolean => !Number.isNaN(value);

describe('the dashboards', () => {
  test('have unique names, panels in rows without overlap, and one data source', () => {
    expect(DASHBOARDS.map(({ uid, file }) => `${uid}.json` === `bookinfo-${file}`)).toEqual([
      true,
      true,
      true,
    ]);
    for (const { panels } of DASHBOARDS) {
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(
        panels.flatMap((panel) => [
          panel.datasource.uid,
          ...panel.targets.map((each) => each.datasource.uid),
        ]),
      ).toEqual(panels.flatMap(({ targets }) => ['prometheus', ...targets.map(() => 'prometheus')]));
    }
  });
});

describe.skipIf(prometheusMissing)('a real Prometheus', () => {
  test('accepts the scrape configuration', () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'config', SCRAPE_CONFIGURATION]);
    expect(`${String(stdout)}${String(stderr)}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  test('has data for every query of every dashboard, with faults, retries and mirrors', async () => {
    await using prometheus = await Prometheus.start(telemetryPort);
    await using _faulty = await applied(
      'platform/kube/bookinfo-ratings-v-faulty',
      'networking/virtual-service-ratings-retries',
      'networking/virtual-service-reviews-mirror-v3',
    );
    await target.whenReady();
    const abort = [rulesOfTest(rule('details', { version: 'v1', abort: 555 }))];
    await target.apply(abort);
    await using _load = new Load(() => viewPage(), 100);
    const expressions = DASHBOARDS.flatMap(({ file, panels }) =>
      panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }) => ({ of: `${file}: ${title}`, expression: expressionWith(expr, VALUES) })),
      ),
    );
    let lacking: string[] = [];
    await until('every query has data', async () => {
      const results = await Promise.all(expressions.map(({ expression }) => prometheus.query(expression)));
      lacking = expressions.flatMap(({ of }, index) => (results[index]?.some(isData) ? [] : [of]));
      return lacking.length === 0;
    }).catch(() => undefined);
    expect(lacking).toEqual([]);

    const total = async (expression: string): Promise<number> => {
      const [sum] = await prometheus.query(`sum(${expression})`);
      return sum?.value ?? 0;
    };
    const all = {
      faults:
        'istio_requests_total{reporter="source",destination_service_name="details",response_flags="FI",response_code="555"}',
      retries:
        'envoy_cluster_upstream_rq_retry{cluster_name=~"outbound.9080..ratings.default.svc.cluster.local"}',
      copies:
        'istio_requests_total{reporter="destination",destination_workload="reviews-v3",source_workload="productpage-v1"}',
      pages:
        'istio_request_duration_milliseconds_count{reporter="source",source_workload="istio-ingressgateway",destination_workload="productpage-v1"}',
    };
    for (const [name, expression] of Object.entries(all))
      await until(`${name} are counted`, async () => (await total(expression)) > 0);
    await target.delete(abort);
  });
});
