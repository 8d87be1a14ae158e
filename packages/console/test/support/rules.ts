import type { RuleResource } from '../../src/api/types.ts';

const REVIEWS = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts:
    - reviews
  http:
    - match:
        - headers:
            end-user:
              exact: jason
      route:
        - destination:
            host: reviews
            subset: v2
    - route:
        - destination:
            host: reviews
            subset: v1
          weight: 80
        - destination:
            host: reviews
            subset: v2
          weight: 20
`;

const DESTINATION = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
spec:
  host: reviews
  subsets:
    - name: v1
      labels:
        version: v1
    - name: v2
      labels:
        version: v2
`;

/** What is in force in the fixture. */
export const RULES: RuleResource[] = [
  {
    kind: 'VirtualService',
    namespace: 'default',
    name: 'reviews',
    file: 'deploy/networking/virtual-service-reviews-80-20.yaml',
    yaml: REVIEWS,
    lines: [
      { line: 9, hits: 214 },
      { line: 18, hits: 11_804 },
    ],
  },
  {
    kind: 'DestinationRule',
    namespace: 'default',
    name: 'reviews',
    file: 'deploy/networking/destination-rule-reviews.yaml',
    yaml: DESTINATION,
    lines: [],
  },
  {
    kind: 'Gateway',
    namespace: 'istio-system',
    name: 'bookinfo-gateway',
    file: 'deploy/networking/bookinfo-gateway.yaml',
    yaml: 'apiVersion: networking.istio.io/v1\nkind: Gateway\n',
    lines: [],
  },
];
