/** The issues that zod passes to a refinement's `when`. */
interface Payload {
  issues: readonly { path?: readonly PropertyKey[] | undefined }[];
}

/**
 * Makes a refinement run although other settings are invalid, so that one message names all of them, unless one of
 * the settings that it reads is invalid: `.superRefine(check, unlessInvalid('DB_TYPE'))`.
 */
export function unlessInvalid(...names: string[]) {
  return {
    when: ({ issues }: Payload) => !issues.some(({ path: [name] = [] }) => names.includes(String(name))),
  };
}
