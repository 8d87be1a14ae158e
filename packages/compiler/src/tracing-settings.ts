import { hasLabels, ROOT_NAMESPACE, type Client, type Resource, type Telemetry } from '@bookinfo/rules';
import type { CustomTag, TracingSettings } from '@bookinfo/routing';

/**
 * Returns what the Telemetry resources change of the spans of the client's proxy; undefined for nothing. Those of the root
 * namespace, of the client's namespace and of its workload follow each other, and of the fields of all entries the last one that
 * is present counts (istio/istio pilot/pkg/model/telemetry.go, Tracing).
 *
 * @param resources the oldest first
 */
export function tracingSettings(resources: readonly Resource[], client: Client): TracingSettings | undefined {
  const all = resources.filter((resource) => resource.kind === 'Telemetry');
  if (all.length === 0) return undefined;
  const entries = applicable(all, client).flatMap(({ spec }) =>
    spec.tracing.filter((each) => each !== undefined),
  );
  const settings: TracingSettings = {};
  for (const { disableSpanReporting, randomSamplingPercentage, customTags } of entries) {
    if (disableSpanReporting !== undefined) settings.isDisabled = disableSpanReporting;
    if (randomSamplingPercentage !== undefined) settings.randomSamplingPercentage = randomSamplingPercentage;
    const tags = tagsOf(customTags);
    if (tags.length > 0) settings.customTags = tags;
  }
  return Object.keys(settings).length > 0 ? settings : undefined;
}

/** Returns at most one of each level: the oldest without a selector of either namespace, and the oldest that selects the workload. */
function applicable(all: readonly Telemetry[], { namespace, labels }: Client): Telemetry[] {
  const inNamespace = (name: string) => all.filter(({ metadata }) => metadata.namespace === name);
  const own = inNamespace(namespace);
  const wide = (name: string) => inNamespace(name).find((each) => !hasSelector(each));
  return [
    wide(ROOT_NAMESPACE),
    namespace === ROOT_NAMESPACE ? undefined : wide(namespace),
    own.find((each) => hasSelector(each) && hasLabels(labels, selectorOf(each))),
  ].filter((each) => each !== undefined);
}

function selectorOf({ spec }: Telemetry) {
  return spec.selector?.matchLabels ?? {};
}

function hasSelector(telemetry: Telemetry): boolean {
  return Object.keys(selectorOf(telemetry)).length > 0;
}

function tagsOf(customTags: NonNullable<Telemetry['spec']['tracing'][number]>['customTags']): CustomTag[] {
  return Object.entries(customTags).flatMap(([tag, { literal, header, environment }]): CustomTag[] => {
    if (literal) return [{ tag, kind: 'literal', value: literal.value }];
    if (header)
      return [{ tag, kind: 'header', name: header.name.toLowerCase(), defaultValue: header.defaultValue }];
    return environment ? [{ tag, kind: 'environment', ...environment }] : [];
  });
}
