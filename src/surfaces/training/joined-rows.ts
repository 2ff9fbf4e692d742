/**
 * What statements return that join a parent with its children from the left: no row if there is no parent, and a row
 * of nulls if the parent has no such child.
 */
interface Child {
  readonly id: string;
}

/** The children; `undefined` if there is no parent. */
export function joinedRows<Row extends Child>(rows: readonly Row[]): Row[] | undefined {
  return rows.length === 0 ? undefined : rows.filter(isRow);
}

/** The child: `null` if the parent has none, `undefined` if there is no parent. */
export function joinedRow<Row extends Child>(row: Row | undefined): Row | null | undefined {
  return row === undefined || isRow(row) ? row : null;
}

function isRow(row: { readonly id: string | null }): boolean {
  return row.id !== null;
}
