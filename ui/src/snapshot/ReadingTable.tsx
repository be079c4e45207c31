// The first records of a file as one reading has them: names of the columns, and rows, masked.

import type { ReadingFacts } from "../ipc/bindings";
import { count, counted } from "../parts/format";
import { ShownValue } from "../parts/ShownValue";

const COLUMNS = 6;

export function ReadingTable({ name, reading }: { name: string; reading: ReadingFacts }) {
  const { columns, rows, choice } = reading;
  const width = Math.max(columns.length, ...rows.map((row) => row.length));
  const shown = Array.from({ length: Math.min(width, COLUMNS) }, (_, at) => at);
  if (width === 0) return <p className="faint">Read so, it holds no record.</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys. */}
      <section className="reading-table" aria-label={name} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {shown.map((at) => (
                <th key={at} scope="col">
                  {choice.header === false || !columns[at] ? (
                    <span className="unnamed">column {at + 1}</span>
                  ) : (
                    <ShownValue value={columns[at]} most={24} />
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: records have no name but their place.
              <tr key={line}>
                {shown.map((at) => (
                  <td key={at}>{row[at] && <ShownValue value={row[at]} most={32} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="faint">
        {counted(width, "column")}
        {width > COLUMNS && `, the first ${count(COLUMNS)} shown`}
        {choice.header === false && ", without names in the file"}
      </p>
    </>
  );
}
