// How figures, times and names are written, everywhere the same.

/** The reader's; without a window, as in tests, that of the texts. */
const LOCALE = known(typeof document === "undefined" ? undefined : navigator.language);

/** A system without a language calls its own "C", which is none that figures can be written in. */
function known(language: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en-US";
  } catch {
    return "en-US";
  }
}
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumFractionDigits: 1 });

export function count(value: number): string {
  return whole.format(value);
}

/** `1.2M`, where there is little room. */
export function shortCount(value: number): string {
  return short.format(value);
}

/** `1 row`, `2 rows`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];

export function bytes(value: number): string {
  let unit = 0;
  let size = value;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const figures = unit === 0 || size >= 99.5 ? whole : tenths;
  return `${figures.format(size)} ${UNITS[unit]}`;
}

/** Never 0 or 100 by rounding: those two are statements. */
export function percent(value: number): string {
  if (value > 0 && value < 1) return "<1 %";
  if (value < 100 && value > 99) return ">99 %";
  return `${Math.round(value)} %`;
}

export function share(part: number, all: number): number {
  return all > 0 ? (100 * part) / all : 0;
}

export function duration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  const total = Math.round(seconds);
  if (total < 60) return `${total} s`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return `${minutes} min ${total % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** ISO, to the minute, in the person's own time zone. */
export function moment(rfc3339: string): string {
  const at = new Date(rfc3339);
  if (Number.isNaN(at.getTime())) return rfc3339;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Cut in the middle, so that both a prefix and a suffix stay readable. */
export function middle(text: string, most: number): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  return `${letters.slice(0, head).join("")}…${tail > 0 ? letters.slice(-tail).join("") : ""}`;
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() || path;
}

/** Database (empty where there is none) and table of a table's key. */
export function apart(tableKey: string): [database: string, table: string] {
  const at = tableKey.indexOf("/");
  return [unescaped(tableKey.slice(0, at)), unescaped(tableKey.slice(at + 1))];
}

function unescaped(part: string): string {
  return part.replaceAll("%2F", "/").replaceAll("%25", "%");
}

/** `database/table[/column]`, as keys are written, in the words people read. */
export function keyName(key: string): string {
  return key
    .split("/")
    .map(unescaped)
    .filter((part, at) => part !== "" || at > 0)
    .join(".");
}

export function tableOf(columnKey: string): string {
  return columnKey.slice(0, columnKey.lastIndexOf("/"));
}

export function columnName(columnKey: string): string {
  return unescaped(columnKey.slice(columnKey.lastIndexOf("/") + 1));
}
