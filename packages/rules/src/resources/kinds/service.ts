import { z } from 'zod';
import { inert, list, object, refused, unique } from '../schema/containers.js';
import { labelName } from '../schema/names.js';
import { oneOf, portNumber, text } from '../schema/value.js';
import { labels, metadata } from './metadata.js';

const port = object({
  name: labelName.optional(),
  port: portNumber,
  targetPort: portNumber.optional(),
  protocol: oneOf('TCP').optional(),
  appProtocol: text.optional(),
  ...inert('nodePort'),
});

/** A name and a port for the pods that the selector finds. */
export const service = object({
  apiVersion: oneOf('v1'),
  kind: z.literal('Service'),
  metadata: metadata.extend({ name: labelName }),
  spec: object({
    selector: labels.optional(),
    ports: list(port, 1).superRefine(unique('port', (entry) => String(entry.port), ['port'])),
    type: oneOf('ClusterIP', 'LoadBalancer', 'NodePort').optional(),
    ...refused({
      externalName: 'a Service is a name for pods here; a ServiceEntry names other hosts',
      externalIPs: 'Services have no addresses here',
      publishNotReadyAddresses: 'pods that are not ready get no requests here',
    }),
    ...inert('internalTrafficPolicy', 'ipFamilies', 'ipFamilyPolicy', 'sessionAffinity'),
  }),
  ...inert('status'),
});
