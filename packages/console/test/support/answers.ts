import type { Explanation } from '../../src/api/types.ts';
import type { Predicted } from '../../src/api/types.ts';

export const EXPLANATION: Explanation = {
  from: 'productpage-v1',
  isPreflight: false,
  request: {
    method: 'GET',
    scheme: 'http',
    authority: 'reviews:9080',
    path: '/reviews/0',
    port: 9080,
    headers: {},
  },
  virtualHost: 'reviews.default.svc.cluster.local:9080',
  rule: {
    resource: 'VirtualService/default/reviews',
    name: 'http[1]',
    file: 'deploy/networking/virtual-service-reviews-80-20.yaml',
    line: 18,
  },
  passedOver: [
    {
      resource: 'VirtualService/default/reviews',
      name: 'http[0]',
      file: 'deploy/networking/virtual-service-reviews-80-20.yaml',
      line: 9,
      reason: 'header end-user is not jason',
    },
  ],
  leftOut: [],
  fault: { delay: { percentage: 100, fixedDelayMs: 7000 } },
  action: {
    kind: 'forward',
    timeoutMs: 15_000,
    weightedClusters: [],
    hashPolicies: [],
    clusterNotFoundStatus: 503,
    destinations: [
      {
        cluster: 'outbound|9080|v1|reviews.default.svc.cluster.local',
        share: 0.8,
        state: 'ready',
        endpoints: { 'reviews-v1': ['10.0.0.1:9080', '10.0.0.2:9080'] },
      },
      {
        cluster: 'outbound|9080|v2|reviews.default.svc.cluster.local',
        share: 0.2,
        state: 'no-healthy-upstream',
        reason: 'no pod has the labels of subset v2',
        endpoints: {},
      },
    ],
    retryPolicy: {
      numRetries: 2,
      retryOn: ['connect-failure', 'refused-stream'],
      perTryTimeoutMs: 0,
      retriableStatusCodes: [],
      baseIntervalMs: 25,
      avoidPreviousHosts: true,
    },
    mirrors: [
      {
        cluster: 'outbound|9080|v3|reviews.default.svc.cluster.local',
        percentage: 10,
        shadowHostSuffix: true,
      },
    ],
  },
};

export const PREDICTED: Predicted = {
  responses: [
    {
      share: 0.8,
      value: {
        status: 200,
        path: ['productpage-v1', 'reviews-v1'],
        delayMs: 7000,
        attempts: 1,
        nestedAttempts: 0,
      },
    },
    {
      share: 0.2,
      value: { status: 503, path: ['productpage-v1'], delayMs: 7000, attempts: 3, nestedAttempts: 0 },
    },
  ],
  findings: ['subset v2 of reviews has no pod'],
};
