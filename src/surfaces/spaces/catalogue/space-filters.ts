/** Filters for spaces; an undefined filter does not apply. */
export interface SpaceFilters {
  /** Text in the name or the description, in any case. */
  readonly query: string | undefined;
  readonly types: readonly string[] | undefined;
  readonly min_capacity: number | undefined;
  readonly max_capacity: number | undefined;
}

/** Whether the space `s` passes the filters. */
export const PASSES_FILTERS = `(:query::text IS NULL OR strpos(lower(s.name), lower(:query)) > 0
         OR strpos(lower(s.description), lower(:query)) > 0)
    AND (:types::text[] IS NULL OR s.type = ANY (:types))
    AND (:min_capacity::integer IS NULL OR s.capacity >= :min_capacity)
    AND (:max_capacity::integer IS NULL OR s.capacity <= :max_capacity)`;
