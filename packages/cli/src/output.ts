import { printableLines } from '@bookinfo/text';

/** Writes lines to standard output. They may repeat what others wrote, so their control characters are escaped. */
export function print(text: string): void {
  process.stdout.write(printableLines(text));
}

/** Writes lines to standard error, as `print` does. */
export function printError(text: string): void {
  process.stderr.write(printableLines(text));
}
