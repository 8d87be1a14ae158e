import { DestinationRule, VirtualService } from '@kubernetes-models/istio/networking.istio.io/v1';
import { describe, expect, it } from 'vitest';
import { manifestsOf, PART_OF } from './deploy-files.ts';

const jason = [{ headers: { 'end-user': { exact: 'jason' } } }];
const always = { value: 100 };
const delay = { delay: { percentage: always, fixedDelay: '7s' } };

const all = (host: string, subset: string) => [{ destination: { host, subset } }];
const split = (host: string, shares: Record<string, number>) =>
  Object.entries(shares).map(([subset, weight]) => ({ destination: { host, subset }, weight }));

/** `spec.http` of each file by host, by the effect that Istio's documentation describes. */
const effects = {
  'virtual-service-all-v1.yaml': {
    productpage: [{ route: all('productpage', 'v1') }],
    reviews: [{ route: all('reviews', 'v1') }],
    ratings: [{ route: all('ratings', 'v1') }],
    details: [{ route: all('details', 'v1') }],
  },
  'virtual-service-reviews-test-v2.yaml': {
    reviews: [{ match: jason, route: all('reviews', 'v2') }, { route: all('reviews', 'v1') }],
  },
  'virtual-service-reviews-jason-v2-v3.yaml': {
    reviews: [{ match: jason, route: all('reviews', 'v2') }, { route: all('reviews', 'v3') }],
  },
  'virtual-service-reviews-v3.yaml': { reviews: [{ route: all('reviews', 'v3') }] },
  'virtual-service-reviews-50-v3.yaml': { reviews: [{ route: split('reviews', { v1: 50, v3: 50 }) }] },
  'virtual-service-reviews-80-20.yaml': { reviews: [{ route: split('reviews', { v1: 80, v2: 20 }) }] },
  'virtual-service-reviews-90-10.yaml': { reviews: [{ route: split('reviews', { v1: 90, v2: 10 }) }] },
  'virtual-service-reviews-v2-v3.yaml': { reviews: [{ route: split('reviews', { v2: 50, v3: 50 }) }] },
  'virtual-service-ratings-test-delay.yaml': {
    ratings: [{ match: jason, fault: delay, route: all('ratings', 'v1') }, { route: all('ratings', 'v1') }],
  },
  'virtual-service-ratings-test-abort.yaml': {
    ratings: [
      { match: jason, fault: abort(500), route: all('ratings', 'v1') },
      { route: all('ratings', 'v1') },
    ],
  },
  'virtual-service-details-v2.yaml': { details: [{ route: all('details', 'v2') }] },
  'virtual-service-ratings-db.yaml': {
    reviews: [{ route: all('reviews', 'v3') }],
    ratings: [{ route: all('ratings', 'v2') }],
  },
  'virtual-service-ratings-mysql.yaml': {
    reviews: [{ route: all('reviews', 'v3') }],
    ratings: [{ route: all('ratings', 'v2-mysql') }],
  },
  'virtual-service-ratings-mysql-vm.yaml': {
    reviews: [{ route: all('reviews', 'v3') }],
    ratings: [{ route: all('ratings', 'v2-mysql-vm') }],
  },
  'fault-injection-details-v1.yaml': { details: [{ fault: abort(555), route: all('details', 'v1') }] },
};

function abort(httpStatus: number) {
  return { abort: { percentage: always, httpStatus } };
}

/** The subsets of each DestinationRule; each selects the label `version` of the same name. */
const subsets = {
  productpage: ['v1'],
  reviews: ['v1', 'v2', 'v3'],
  ratings: ['v1', 'v2', 'v2-mysql', 'v2-mysql-vm'],
  details: ['v1', 'v2'],
};

describe.each(Object.entries(effects))('%s', (file, expected) => {
  const services = manifestsOf(`networking/${file}`).filter(VirtualService.is);

  it('has the documented effect inside the mesh, on hosts in the documented order', () => {
    const actual = services.map(({ metadata, spec }) => ({ metadata, spec }));
    expect(actual).toEqual(
      Object.entries(expected).map(([host, http]) => ({
        metadata: { name: host, labels: PART_OF },
        spec: { hosts: [host], http },
      })),
    );
  });

  it('routes only to subsets that destination-rule-all.yaml defines', () => {
    const routes = services.flatMap(({ spec }) => spec?.http ?? []).flatMap(({ route }) => route ?? []);
    const wanted = routes.map(({ destination }) => `${destination?.host}/${destination?.subset}`);
    const defined = Object.entries(subsets).flatMap(([host, names]) =>
      names.map((name) => `${host}/${name}`),
    );
    expect(wanted.filter((subset) => !defined.includes(subset))).toEqual([]);
  });
});

describe('destination rules', () => {
  it('of destination-rule-all.yaml define a subset for every version of every service', () => {
    const expected = [rule('productpage'), rule('reviews'), rule('ratings'), rule('details')];
    expect(rulesOf('destination-rule-all.yaml')).toEqual(expected);
  });

  it('of destination-rule-all-mtls.yaml are the same with mutual TLS', () => {
    const mutual = { trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } };
    const expected = ['productpage', 'reviews', 'ratings', 'details'] as const;
    expect(rulesOf('destination-rule-all-mtls.yaml')).toEqual(expected.map((host) => rule(host, mutual)));
  });

  it('of destination-rule-reviews.yaml pick a random pod', () => {
    const random = { trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } };
    expect(rulesOf('destination-rule-reviews.yaml')).toEqual([rule('reviews', random)]);
  });

  it('of fault-injection-details-v1.yaml define the one subset that it routes to', () => {
    const v1 = { name: 'v1', labels: { version: 'v1' } };
    const details = {
      metadata: { name: 'details', labels: PART_OF },
      spec: { host: 'details', subsets: [v1] },
    };
    expect(rulesOf('fault-injection-details-v1.yaml')).toEqual([details]);
  });
});

function rule(host: keyof typeof subsets, trafficPolicy = {}) {
  const labelled = subsets[host].map((name) => ({ name, labels: { version: name } }));
  return { metadata: { name: host, labels: PART_OF }, spec: { host, ...trafficPolicy, subsets: labelled } };
}

function rulesOf(file: string) {
  const rules = manifestsOf(`networking/${file}`).filter(DestinationRule.is);
  return rules.map(({ metadata, spec }) => ({ metadata, spec }));
}
