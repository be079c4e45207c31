// Rows as text that Excel, and whatever reads what Excel copies, takes apart into cells again.

export function tsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(cell).join("\t")).join("\r\n");
}

/** Text that a spreadsheet would compute is marked as text. A number with its sign is none. */
function cell(text: string): string {
  const safe = /^[=@+-]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? `'${text}` : text;
  return /[\t\r\n"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
