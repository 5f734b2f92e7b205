/**
 * Facts that say who asks, not how the unit fares: they make no case by themselves. What counts as such depends on what is
 * asked, so there are several sets.
 */

/** What kind of unit asks, and where it is registered. */
export const WHO: ReadonlySet<string> = new Set(['lead.kind', 'lead.city']);

/** Who asks, and where it works besides: nothing of it is a demand that a question could hold up. */
export const ASIDE: ReadonlySet<string> = new Set([...WHO, 'lead.main_site_city']);

/** Who asks, and what the consortium is to be called: nothing of it goes into a reckoning; where the unit works is told of a case. */
export const NOT_RECKONED: ReadonlySet<string> = new Set([...WHO, 'consortium.name']);
