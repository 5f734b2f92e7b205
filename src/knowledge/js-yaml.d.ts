/** The one call of js-yaml (which ships no types) that knowledge makes. */
declare module 'js-yaml' {
  export const CORE_SCHEMA: unique symbol;
  /** @throws Error where the text is no YAML. */
  export function load(text: string, options: { schema: typeof CORE_SCHEMA }): unknown;
}
