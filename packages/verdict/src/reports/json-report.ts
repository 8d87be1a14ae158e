import { allAgree, type Report } from '../verdict.js';

/** Returns the report as JSON: `agrees` for the whole run, then the fields of Report. Shares are 0 to 1. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify({ agrees: allAgree(report), ...report }, null, 2)}\n`;
}
