import { deployment } from './deployment.js';
import { destinationRule } from './destination-rule.js';
import { gateway } from './gateway.js';
import { serviceAccount } from './service-account.js';
import { serviceEntry } from './service-entry.js';
import { service } from './service.js';
import { virtualService } from './virtual-service.js';

/** Every kind that is supported, with its schema: the one list to add a kind to. */
export const kinds = {
  Deployment: deployment,
  DestinationRule: destinationRule,
  Gateway: gateway,
  Service: service,
  ServiceAccount: serviceAccount,
  ServiceEntry: serviceEntry,
  VirtualService: virtualService,
} as const;

/** The name of a supported kind. */
export type Kind = keyof typeof kinds;
