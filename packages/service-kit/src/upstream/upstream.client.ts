import { PATH_HEADER } from '@bookinfo/contract';
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { AxiosError, type AxiosResponse } from 'axios';
import { MOST_HOPS, parseHops } from '../request/hops.js';
import { propagatedHeaders } from '../request/propagation.js';
import { currentRequest } from '../request/request-context.js';
import { UpstreamError, type UpstreamFailure } from './upstream-error.js';

export interface UpstreamRequest {
  /** For the whole exchange, connecting included. */
  timeoutMs: number;
  /** Sent besides the propagated ones, and instead of them where both have a name. */
  headers?: Record<string, string>;
  /** `external` keeps the caller's identity in the mesh; default `mesh`. */
  destination?: 'mesh' | 'external';
}

export interface UpstreamAnswer {
  status: number;
  /** The JSON body; undefined where the status isn't 2xx and the body isn't JSON. */
  body: unknown;
}

/**
 * Calls other services while a request is being answered: passes its headers on, and notes which services took
 * part in the answer.
 */
@Injectable()
export class UpstreamClient {
  constructor(private readonly http: HttpService) {}

  /**
   * Gets JSON. Every status is an answer, not an error.
   *
   * @throws UpstreamError when no answer arrived in time, or one that can't be used
   */
  async getJson(url: string, request: UpstreamRequest): Promise<UpstreamAnswer> {
    const context = currentRequest();
    const answer = await this.get(
      url,
      request,
      context ? propagatedHeaders(context.headers, request.destination) : {},
    );
    const hops = parseHops(answer.headers[PATH_HEADER] as string | undefined);
    context?.hops.push(...hops.slice(0, MOST_HOPS - context.hops.length));
    return { status: answer.status, body: parseBody(url, answer) };
  }

  private async get(url: string, request: UpstreamRequest, propagated: Record<string, string>) {
    try {
      return await this.http.axiosRef.get<string>(url, {
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

function parseBody(url: string, answer: AxiosResponse<string>): unknown {
  try {
    return JSON.parse(answer.data);
  } catch (cause) {
    if (answer.status < 200 || answer.status > 299) return undefined;
    throw new UpstreamError('not JSON', url, (cause as Error).message, { cause });
  }
}
