/**
 * Rows on their way out: the list that they came in is empty afterwards. A request that had to wait is known to
 * promises that have grown old by then. The collector looks at the old rarely, and copies at each turn what they still
 * hold: with hundreds of rows a request that was most of its work.
 */
export function drain<Row>(rows: Row[]): Row[] {
  return rows.splice(0);
}
