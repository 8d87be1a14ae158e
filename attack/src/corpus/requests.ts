import { framingRequests } from './framing.ts';
import { headRequests } from './heads.ts';
import { messageRequests } from './messages.ts';
import type { RequestCase } from './request-case.ts';

/** Returns all hostile requests. */
export function requestCases(): RequestCase[] {
  return [...framingRequests(), ...headRequests(), ...messageRequests()];
}
