import { formatProblem } from '@bookinfo/rules';
import { ListenError, MeshUnreachable, SourceProblems, StartFailed } from '@bookinfo/mesh';

const OUTPUT_LINES = 15;

/** What a person should read, without a stack trace. */
export function describeError(error: unknown): string {
  if (error instanceof SourceProblems) return error.problems.map(formatProblem).join('\n');
  if (error instanceof MeshUnreachable) return `${error.message} Start one with: ./bookinfo up`;
  if (error instanceof ListenError) {
    const flag = error.purpose === 'gateway' ? '--port' : '--admin-port';
    return `${error.message} Choose another with ${flag}.`;
  }
  if (error instanceof StartFailed) return describeStart(error);
  return error instanceof Error ? error.message : String(error);
}

function describeStart({ message, output }: StartFailed): string {
  const lines = output.trimEnd().split('\n').slice(-OUTPUT_LINES);
  if (output.trim() === '') return `${message}. It has written nothing.`;
  return [`${message}. Its last output:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
