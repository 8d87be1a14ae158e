import { readFile } from 'node:fs/promises';
import {
  check,
  explain,
  explanationText,
  formatFinding,
  InvalidRequest,
  parseAssumption,
  predict,
  probeOf,
  responseLabel,
  type ProbeRequest,
} from '@bookinfo/analysis';
import { bookinfo } from '@bookinfo/application';
import { DEFAULT_MESH_CONFIG, formatProblem, modelOfFiles, type MeshConfig } from '@bookinfo/rules';
import { bookinfoFiles } from '@bookinfo/rules/testing';

const BASE = bookinfoFiles('bookinfo-gateway', 'destination-rule-all');
/** The name that the file has in the output. */
const FILE = 'rules.yaml';

/**
 * Returns what the command prints about a file of rules beside Bookinfo's manifests: `check`, `explain METHOD URL` or
 * `predict METHOD URL`, with the options --from, -H, --user, --assume, --istio-version and
 * --outbound-traffic-policy.
 */
export async function runCommand(rules: URL, command: string): Promise<string> {
  const [name = '', ...words] = wordsOf(command);
  const { positional, options } = parseOptions(words);
  const text = await readFile(rules, 'utf8');
  const result = modelOfFiles([...BASE, { file: FILE, text }], meshConfigOf(options));
  if ('problems' in result) return result.problems.map(formatProblem).join('\n');
  const { model } = result;
  if (name === 'check') {
    const notices = result.notices.map(({ file, line, message }) => `${file}:${line}: ${message}`);
    return [...notices, ...check(model, bookinfo, new Set([FILE])).map(formatFinding)].join('\n');
  }
  const [method = '', url = ''] = positional;
  const question: ProbeRequest = {
    method,
    url,
    headers: Object.fromEntries(
      (options.get('-H') ?? []).map((line) => line.split(': ') as [string, string]),
    ),
    from: options.get('--from')?.[0],
    user: options.get('--user')?.[0],
  };
  try {
    const probe = probeOf(model, question);
    if (name === 'explain') return explanationText(explain(probe));
    const responses = predict(probe, bookinfo, (options.get('--assume') ?? []).map(parseAssumption));
    return responses
      .map(({ value, share }) => `${(share * 100).toFixed(2)} %  ${responseLabel(value)}`)
      .join('\n');
  } catch (error) {
    if (error instanceof InvalidRequest) return error.message;
    throw error;
  }
}

/** Splits a command at blanks; single quotes keep text together. */
function wordsOf(command: string): string[] {
  return Array.from(command.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);
}

function parseOptions(words: readonly string[]): { positional: string[]; options: Map<string, string[]> } {
  const positional: string[] = [];
  const options = new Map<string, string[]>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) positional.push(word);
    else {
      index += 1;
      options.set(word, [...(options.get(word) ?? []), words[index] ?? '']);
    }
  }
  return { positional, options };
}

function meshConfigOf(options: ReadonlyMap<string, readonly string[]>): MeshConfig {
  const [istioVersion = DEFAULT_MESH_CONFIG.istioVersion] = options.get('--istio-version') ?? [];
  const isRegistryOnly = options.get('--outbound-traffic-policy')?.[0] === 'registry-only';
  return { istioVersion, outboundTrafficPolicy: isRegistryOnly ? 'REGISTRY_ONLY' : 'ALLOW_ANY' };
}
