import { allAgree, type Report } from '../verdict.js';

/** The report for programs: the Report as it is, with `agrees` for the whole run first. Shares are 0 to 1. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify({ agrees: allAgree(report), ...report }, null, 2)}\n`;
}
