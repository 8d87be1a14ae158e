// The command as bin/bookinfo.js runs it, but with another repository.
import { run } from '../dist/run.js';

await run(process.argv, process.env.TEST_REPOSITORY);
