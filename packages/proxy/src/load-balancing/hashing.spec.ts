import { expect, test } from 'vitest';
import { HeaderList, type Endpoint, type HashPolicy } from '@bookinfo/routing';
import { HashTables } from './hash-tables.js';
import { Maglev } from './maglev.js';
import { RequestHash } from './request-hash.js';
import { Ring } from './ring.js';
import { xxHash64 } from './xxhash.js';

const endpoints: Endpoint[] = [21_551, 21_558, 21_565, 21_572].map((port, index) => ({
  address: '127.0.0.1',
  port,
  pod: String(index),
  labels: {},
}));
const ring = new Ring(endpoints, 1024);
const maglev = new Maglev(endpoints, 65_537);

/** The number of the endpoint that Envoy 1.40 sent each request to, measured. */
const ENVOY = {
  ring: {
    header:
      '3130111311213120121220101202103332322311122102010321210022301113113110101100122033123220330130121201',
    query: '13330113010220301121',
    twoValues: '12333103323233302033',
    two: '11133331222203110210',
    cookie: '2230300233',
    emptyHeader: '2',
  },
  maglev: {
    header:
      '1230322021120310313120231300230302001012331230223133121210230230113210232032203310023002311121133310',
    query: '21002011232300311012',
    twoValues: '31221221130122031302',
    two: '30110123113112001003',
    cookie: '0103202203',
    emptyHeader: '2',
  },
};
const TABLES: [keyof typeof ENVOY, Ring | Maglev][] = [
  ['ring', ring],
  ['maglev', maglev],
];

const HEADER: HashPolicy = { kind: 'header', name: 'x-user' };
const QUERY: HashPolicy = { kind: 'query-parameter', name: 'u' };
const COOKIE: HashPolicy = { kind: 'cookie', name: 'sid', path: '/p', ttlMs: 60_000 };
const SOCKET = { remoteAddress: '127.0.0.1', remotePort: 1, localAddress: '127.0.0.1', localPort: 2 };

function hashOf(policies: HashPolicy[], rawHeaders: string[], path = '/'): RequestHash {
  return new RequestHash({ headers: HeaderList.fromRaw(rawHeaders), path, socket: SOCKET }, policies);
}

const header = (value: string): string[] => ['X-User', value];

/** Returns the endpoints of the requests with the numbers below `count`. */
function chosen(table: Ring | Maglev, count: number, hash: (number: number) => RequestHash): string {
  const numbers = Array.from({ length: count }, (_, number) => hash(number).value);
  return numbers.map((value) => (value === undefined ? '?' : table.choose(value, 0)?.pod)).join('');
}

test.each(TABLES)('a %s chooses the same endpoint as Envoy for each request', (name, table) => {
  expect({
    header: chosen(table, 100, (n) => hashOf([HEADER], header(`user-${n}`))),
    query: chosen(table, 20, (n) => hashOf([QUERY], [], `/?a=1&u=q%20${n}`)),
    twoValues: chosen(table, 20, (n) => hashOf([HEADER], [...header(`b${n}`), ...header('a')])),
    two: chosen(table, 20, (n) => hashOf([HEADER, QUERY], header(`u${n}`), `/?a=1&u=u${n}`)),
    cookie: chosen(table, 10, (n) => hashOf([COOKIE], ['Cookie', `x=1; sid=s${n}`])),
    emptyHeader: chosen(table, 1, () => hashOf([HEADER], header(''))),
  }).toEqual(ENVOY[name]);
});

test('a source address is hashed without its port', () => {
  expect(chosen(ring, 1, () => hashOf([{ kind: 'source-ip' }], []))).toBe('2');
  expect(chosen(maglev, 1, () => hashOf([{ kind: 'source-ip' }], []))).toBe('0');
});

test('the quotes around a cookie’s value are ignored', () => {
  expect(chosen(ring, 1, () => hashOf([COOKIE], ['cookie', 'sid="quoted"']))).toBe('2');
  expect(chosen(maglev, 1, () => hashOf([COOKIE], ['cookie', 'sid="quoted"']))).toBe('3');
});

test.each([[[]], [['cookie', 'sid=']]])('an absent cookie (%j) is made, as Envoy writes it', (headers) => {
  const hash = hashOf([COOKIE], headers);
  const made = xxHash64('127.0.0.1:1127.0.0.1:2');
  expect(hash.value).toBe(xxHash64(made.toString(16).padStart(16, '0')));
  expect(hash.value).toBe(hash.value);
  expect(hash.setCookies).toEqual([
    `sid="${made.toString(16).padStart(16, '0')}"; Max-Age=60; Path=/p; HttpOnly`,
  ]);
});

test('a cookie with a ttl of 0 is a session cookie', () => {
  const hash = hashOf([{ kind: 'cookie', name: 'sid', ttlMs: 0 }], []);
  expect(hash.value).toBeTypeOf('bigint');
  expect(hash.setCookies[0]).toMatch(/^sid="[0-9a-f]{16}"; HttpOnly$/);
});

test('a cookie without a ttl is never made, and no cookie is made before the hash is read', () => {
  const hash = hashOf([{ kind: 'cookie', name: 'sid' }], []);
  expect([hash.value, hash.setCookies]).toEqual([undefined, []]);
  expect(hashOf([COOKIE], []).setCookies).toEqual([]);
});

const RING = { kind: 'RING_HASH', minimumRingSize: 1024 } as const;

test('a request without a hash gets an endpoint at random', () => {
  const draws = [0, 0.3, 0.6, 0.9];
  const tables = new HashTables(() => draws.shift() ?? 0);
  const pods = [0, 1, 2, 3].map(() => tables.pick('c', RING, endpoints, undefined, new Set())?.pod);
  expect(new Set(pods).size).toBeGreaterThan(1);
});

test('when an endpoint is removed, only its requests move', () => {
  const tables = new HashTables(Math.random);
  const pick = (some: Endpoint[], key: string) =>
    tables.pick('c', { ...RING, minimumRingSize: 1 }, some, xxHash64(key), new Set())?.pod ?? '';
  const keys = Array.from({ length: 500 }, (_, index) => `key-${index}`);
  const before = new Map(keys.map((key) => [key, pick(endpoints, key)]));
  const fewer = endpoints.slice(1);
  const moved = keys.filter((key) => pick(fewer, key) !== before.get(key));
  expect(moved.every((key) => before.get(key) === '0')).toBe(true);
  expect(moved).toHaveLength([...before.values()].filter((one) => one === '0').length);
});

test('after an attempt at an endpoint the next one on the ring is chosen', () => {
  const tables = new HashTables(Math.random);
  const pick = (attempted: string[]) =>
    tables.pick('c', RING, endpoints, xxHash64('user-0'), new Set(attempted))?.pod;
  expect(pick([])).toBe('3');
  expect(pick(['127.0.0.1:21572'])).not.toBe('3');
});
