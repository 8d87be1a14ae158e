import type { z } from 'zod';
import { formatPath, type FieldPath } from './field-path.js';
import { showValue } from '@bookinfo/text';

/** A problem without its position in a file. */
export interface FieldProblem {
  path: FieldPath;
  message: string;
}

/**
 * Returns the problems of a document. The message of an issue, from the schemas under `schema/`, names the right value;
 * the field and its value are added to it. The issues must come from a parse with `reportInput`.
 *
 * @param base the path of the parsed value, for items of a List
 */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], base: FieldPath): FieldProblem[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `${formatPath([...path, key])} is ${issue.message}`,
      }));
    }
    return { path, message: describe(formatPath(path), issue) };
  });
}

function describe(field: string, issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && issue.params?.['sentence'] === true) return `${field}: ${issue.message}`;
  if (issue.code === 'custom' && issue.params?.['unsupported'] === true)
    return `${field} is ${issue.message}`;
  if (issue.input === undefined) return `${field} is missing (it should be ${issue.message})`;
  return `${field}: ${showValue(issue.input)} is not ${issue.message}`;
}
