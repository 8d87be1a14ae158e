import { isGrpc, type Attempt, type MirroredRequest } from '@bookinfo/proxy';
import type { Reporter } from '../reporter.js';
import type { WorkloadIdentity } from '../workload-identity.js';
import { destinationOf, serviceLabels } from './destination-service.js';
import { histogramSamples, labelText, metricHead, sample } from './metric-text.js';
import type { CountedRequest } from './request-of-line.js';
import { type Series, SeriesStore } from './series-store.js';
import { workloadLabels } from './workload-labels.js';

/** One request as one end of it reports. */
interface Report {
  end: 'source' | 'destination';
  /** As `destinationOf`. */
  destination: string;
  workload: WorkloadIdentity | undefined;
  protocol: 'http' | 'grpc';
  code: number;
  flags: string;
}

const FOLDED = 'bookinfo_telemetry_folded_requests_total';

/**
 * Istio's standard metrics of all proxies of a mesh (istio.io, "Istio Standard Metrics"). Where a proxy is the only one on a request's
 * way, it reports for both ends, as the two proxies of a cluster would.
 */
export class RequestMetrics {
  readonly #store = new SeriesStore();
  #folded = 0;

  /** Returns what counts the requests of one proxy. */
  ofProxy(reporter: Reporter): ProxyMetrics {
    return new ProxyMetrics(reporter, this.#store, () => (this.#folded += 1));
  }

  /** Returns all metrics in Prometheus' text format, in pieces. */
  *text(): Generator<string> {
    yield* this.#metric('istio_requests_total', 'counter', 'Requests', (name, labels, { requests }) =>
      sample(name, labels, requests),
    );
    yield* this.#histogram('istio_request_duration_milliseconds', 'Durations of requests', 'duration');
    yield* this.#histogram('istio_request_bytes', 'Sizes of request bodies', 'requestBytes');
    yield* this.#histogram('istio_response_bytes', 'Sizes of response bodies', 'responseBytes');
    yield metricHead(FOLDED, 'counter', 'Requests that are counted under unknown for lack of room');
    yield sample(FOLDED, '', this.#folded);
  }

  #histogram(
    name: string,
    help: string,
    key: 'duration' | 'requestBytes' | 'responseBytes',
  ): Generator<string> {
    return this.#metric(name, 'histogram', help, (_, labels, series) =>
      histogramSamples(name, labels, series[key]),
    );
  }

  *#metric(
    name: string,
    type: 'counter' | 'histogram',
    help: string,
    linesOf: (name: string, labels: string, series: Series) => string,
  ): Generator<string> {
    yield metricHead(name, type, help);
    for (const [labels, series] of this.#store) yield linesOf(name, labels, series);
  }
}

/** Counts the requests of one proxy. */
export class ProxyMetrics {
  readonly #reporter: Reporter;
  readonly #store: SeriesStore;
  readonly #onFolded: () => void;
  /** By the destination, and by the rest that distinguishes them here: quicker to put together than labels. */
  readonly #series = new Map<string, Map<number | string, Series>>();

  constructor(reporter: Reporter, store: SeriesStore, onFolded: () => void) {
    this.#reporter = reporter;
    this.#store = store;
    this.#onFolded = onFolded;
  }

  /** Counts a request that has ended. */
  onRequest(entry: CountedRequest): void {
    const { attempts, bytesReceived, bytesSent, startMs, endMs } = entry;
    const destination = destinationOf(entry);
    const protocol = protocolOf(entry.decision?.lookup.request.headers);
    const flags = entry.responseFlags.length === 0 ? '-' : entry.responseFlags.join(',');
    const last = attempts.at(-1);
    const workload = last && this.#reporter.workloadOf(last.endpoint);
    this.#find({
      end: this.#reporter.direction === 'inbound' ? 'destination' : 'source',
      destination,
      workload,
      protocol,
      code: entry.responseCode,
      flags,
    }).record(endMs - startMs, bytesReceived, bytesSent);
    for (const attempt of attempts) {
      const isLast = attempt === last;
      const end = isLast ? endMs : attempt.endMs;
      this.#onAttempt(destination, protocol, attempt, end, bytesReceived, isLast ? bytesSent : 0);
    }
  }

  /** Counts the copy of a request for a mirror: only the proxy that gets it reports it (Envoy: AsyncStreamImpl has no filters). */
  onMirrored({ request, attempt }: MirroredRequest): void {
    this.#onAttempt(attempt.cluster, protocolOf(request.headers), attempt, attempt.endMs, 0, 0);
  }

  /** Counts what the proxy of the endpoint's pod would report. */
  #onAttempt(
    destination: string,
    protocol: Report['protocol'],
    attempt: Attempt,
    endMs: number,
    requestBytes: number,
    responseBytes: number,
  ): void {
    const { direction, workloadOf } = this.#reporter;
    const workload = direction === 'outbound' && attempt.isSent ? workloadOf(attempt.endpoint) : undefined;
    if (!workload) return;
    const { code, flags } = serverResult(attempt);
    this.#find({ end: 'destination', destination, workload, protocol, code, flags }).record(
      endMs - attempt.startMs,
      requestBytes,
      responseBytes,
    );
  }

  #find(report: Report): Series {
    let ofDestination = this.#series.get(report.destination);
    if (!ofDestination) this.#series.set(report.destination, (ofDestination = new Map()));
    const key = keyOf(report, this.#store.idOf(report.workload));
    const found = ofDestination.get(key);
    if (found) return found;
    const series = this.#store.find(labelText(this.#labels(report)));
    if (series) {
      ofDestination.set(key, series);
      return series;
    }
    this.#onFolded();
    const folded = { ...report, destination: 'unknown', workload: undefined, code: 0, flags: '-' };
    return this.#store.add(labelText(this.#labels(folded)));
  }

  /** Returns Istio’s labels (istio/proxy, istio_stats.cc). */
  #labels({ end, destination, workload, protocol, code, flags }: Report): Record<string, string> {
    const { workload: own, direction } = this.#reporter;
    const [source, target] = direction === 'inbound' ? [undefined, own] : [own, workload];
    return {
      reporter: end,
      ...workloadLabels('source', source),
      ...workloadLabels('destination', target),
      ...serviceLabels(destination),
      destination_service_namespace: target?.namespace ?? 'unknown',
      request_protocol: protocol,
      response_code: String(code),
      grpc_response_status: '',
      response_flags: flags,
      // As in Istio: a client's proxy does not report it.
      connection_security_policy: end === 'source' ? 'unknown' : 'none',
    };
  }
}

/** Returns a number for most reports, and a text for those with flags. */
function keyOf({ end, protocol, code, flags }: Report, workloadId: number): number | string {
  const kind = (end === 'source' ? 0 : 1) + (protocol === 'http' ? 0 : 2);
  const key = (workloadId * 1000 + code) * 4 + kind;
  return flags === '-' ? key : `${key} ${flags}`;
}

function protocolOf(headers: Readonly<Record<string, string | undefined>> | undefined): Report['protocol'] {
  return isGrpc(headers?.['content-type']) ? 'grpc' : 'http';
}

/** Returns the status and flags that the proxy of the endpoint's pod would report. */
function serverResult({ status, reset, flag }: Attempt): { code: number; flags: string } {
  if (status !== undefined) return { code: status, flags: '-' };
  if (reset === 'connection termination') return { code: 503, flags: 'UC' };
  if (reset === 'protocol error') return { code: 502, flags: 'UPE' };
  // The client's proxy has given up.
  return { code: 0, flags: flag === undefined ? '-' : 'DC' };
}
