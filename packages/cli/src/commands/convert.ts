import { conversionText, convert } from '@bookinfo/rules';
import { Command } from 'commander';
import { meshConfigOf } from '../mesh-config.js';
import { offlineModel } from '../offline-model.js';
import { filenameOption, sourceNames } from '../options.js';
import type { Repository } from '../repository.js';
import { print } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} convert -f deploy/kube/route-rule-reviews-test-v2.yaml
  ${command} convert -f deploy/kube/route-rule-all-v1.yaml -f deploy/kube/route-rule-reviews-test-v2.yaml > rules.yaml
  ${command} convert -f rules-of-2017.yaml | ${command} apply -f -

Comments name the resource that each rule comes from, and fields that have another effect than they seem to have. Convert all
rules that are to hold together in one call: those of one host become one VirtualService, and applying that of another call
replaces it. The source of a rule is looked up in the Services of the files and of Bookinfo.`;

/** Returns the command that converts resources of Istio 0.2 to those of today. */
export function convertCommand(repository: Repository): Command {
  return new Command('convert')
    .description('Convert rules of Istio 0.2 (RouteRule, DestinationPolicy, EgressRule) to those of today')
    .addOption(filenameOption('YAML file to convert').makeOptionMandatory())
    .addHelpText('after', examples(repository.command))
    .action(async ({ filename }: { filename: string[] }) => {
      const { written } = await offlineModel(filename, repository, meshConfigOf({}));
      const files = sourceNames(filename);
      const converted = convert(
        written.filter(({ kind, source }) => kind === 'Service' || files.has(source.start.file)),
      );
      if (converted.resources.length === 0)
        throw new Error(
          `No resource of Istio 0.2 (RouteRule, DestinationPolicy, EgressRule) is in ${[...files].join(', ')}.`,
        );
      print(conversionText(converted));
    });
}
