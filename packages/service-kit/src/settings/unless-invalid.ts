/** What zod tells a refinement's `when` of the issues found so far. */
interface Found {
  issues: readonly { path?: readonly PropertyKey[] | undefined }[];
}

/**
 * Lets a refinement run beside other wrong settings too, so that all are named at once, but not where one of those that
 * it looks at is wrong itself: `.superRefine(check, unlessWrong('DB_TYPE'))`.
 */
export function unlessWrong(...names: string[]) {
  return {
    when: ({ issues }: Found) => !issues.some(({ path: [name] = [] }) => names.includes(String(name))),
  };
}
