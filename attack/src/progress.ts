/** Returns a function that shows on a terminal, each time it is called, how many of a number of things are done. */
export function showProgress(total: number): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`);
  };
}
