/** The first line of Envoy's log at the level critical, without time, process, level, component and place in the source. */
const CRITICAL = /^\[[^\]]*\]\[\d+\]\[critical\]\[[^\]]*\] (?:\[[^\]]*\] )?(.*)$/m;
/** An error about a configuration can quote all of it. */
const MAX_CHARACTERS = 300;

/**
 * Returns the line of Envoy's log that says why it has ended, with printable characters alone; undefined when there is none, as
 * after a SIGKILL. The lines that follow are its backtrace.
 */
export function fatalLine(log: string): string | undefined {
  const text = CRITICAL.exec(log)?.[1]
    ?.replaceAll(/\p{C}+/gu, ' ')
    .trim();
  return text && text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
