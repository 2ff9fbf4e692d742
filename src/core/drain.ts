/**
 * Takes all rows out of a list and leaves it empty. Promises that a request waited on may reach V8's old generation and
 * keep the list alive until a major collection; until then every minor collection copies the rows that the list still
 * holds. With hundreds of rows per request that was most of the garbage collector's work.
 */
export function drain<Row>(rows: Row[]): Row[] {
  return rows.splice(0);
}
