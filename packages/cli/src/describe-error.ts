import { formatProblem } from '@bookinfo/rules';
import { ListenError, MeshUnreachable, SourceProblems, StartFailed } from '@bookinfo/mesh';

const MAX_OUTPUT_LINES = 15;
const PORT_FLAGS = { gateway: '--port', admin: '--admin-port', telemetry: '--telemetry-port' };

/** Returns the message of an error for the terminal, without a stack trace; `command` is this command as it is typed. */
export function describeError(error: unknown, command: string): string {
  if (error instanceof SourceProblems) return error.problems.map(formatProblem).join('\n');
  if (error instanceof MeshUnreachable) return `${error.message} Start one with: ${command} up`;
  if (error instanceof ListenError) {
    return `${error.message} Choose another with ${PORT_FLAGS[error.purpose]}.`;
  }
  if (error instanceof StartFailed) return describeStart(error);
  return error instanceof Error ? error.message : String(error);
}

function describeStart({ message, output }: StartFailed): string {
  if (output === undefined) return message;
  const lines = output.trimEnd().split('\n').slice(-MAX_OUTPUT_LINES);
  if (output.trim() === '') return `${message}. It has written nothing.`;
  return [`${message}. Its last output:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
