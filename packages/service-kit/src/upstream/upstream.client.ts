import { PATH_HEADER } from '@bookinfo/contract';
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { AxiosError, type AxiosResponse } from 'axios';
import { MAX_HOPS, parseHops } from '../request/hops.js';
import { propagatedHeaders } from '../request/propagation.js';
import { currentRequest } from '../request/request-context.js';
import { UpstreamError, type UpstreamFailure } from './upstream-error.js';

export interface UpstreamRequest {
  /** Limit of the whole exchange, connecting included. */
  timeoutMs: number;
  /** Added to the propagated headers; they replace those of the same name. */
  headers?: Record<string, string>;
  /** `external` does not propagate the headers that identify the caller; default `mesh`. */
  destination?: 'mesh' | 'external';
}

export interface UpstreamResponse {
  status: number;
  /** The JSON body; undefined when the status isn't 2xx and the body isn't JSON. */
  body: unknown;
}

/**
 * Calls other services on behalf of an incoming request: propagates its headers, and adds the hops of each response to
 * its x-bookinfo-path.
 */
@Injectable()
export class UpstreamClient {
  constructor(private readonly http: HttpService) {}

  /**
   * Gets JSON. A response of any status is a result, not an error.
   *
   * @throws {UpstreamError} when no response arrives in time, or an unusable one
   */
  async getJson(url: string, request: UpstreamRequest): Promise<UpstreamResponse> {
    const context = currentRequest();
    const response = await this.get(
      url,
      request,
      context ? propagatedHeaders(context.headers, request.destination) : {},
    );
    const hops = parseHops(response.headers[PATH_HEADER] as string | undefined);
    context?.hops.push(...hops.slice(0, MAX_HOPS - context.hops.length));
    return { status: response.status, body: parseBody(url, response) };
  }

  private async get(url: string, request: UpstreamRequest, propagated: Record<string, string>) {
    try {
      // Not this.http.get(): its Observable would only be converted to a promise. Not axiosRef.get(), which merges
      // configurations twice.
      return await this.http.axiosRef.request<string>({
        url,
        headers: { accept: 'application/json', ...propagated, ...request.headers },
        timeout: request.timeoutMs,
      });
    } catch (cause) {
      throw new UpstreamError(failureOf(cause), url, (cause as Error).message, { cause });
    }
  }
}

function failureOf(cause: unknown): UpstreamFailure {
  const code = cause instanceof AxiosError ? cause.code : undefined;
  if (code === AxiosError.ETIMEDOUT) return 'timeout';
  return code === AxiosError.ERR_BAD_RESPONSE ? 'too large' : 'unreachable';
}

function parseBody(url: string, response: AxiosResponse<string>): unknown {
  try {
    return JSON.parse(response.data);
  } catch (cause) {
    if (response.status < 200 || response.status > 299) return undefined;
    throw new UpstreamError('not JSON', url, (cause as Error).message, { cause });
  }
}
