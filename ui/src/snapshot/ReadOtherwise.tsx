import { Autocomplete, Button, Checkbox, NumberInput, type OptionsFilter, Select, TextInput } from "@mantine/core";
import type { FileChoice, FileFacts, QuoteEscape, SheetRule, UnnamedColumn } from "../ipc/bindings";
import { HAND_OVER } from "../words";
import { ReadingTable } from "./ReadingTable";

type Props = {
  facts: FileFacts;
  choice: FileChoice;
  /** The facts are not yet those of the choice. */
  stale: boolean;
  onChoice: (choice: FileChoice) => void;
};

type Option = { value: string; label: string };
const same = (name: string): Option => ({ value: name, label: name });

const RECOGNISED = { value: "", label: "As recognised" };
const DELIMITERS = [
  RECOGNISED,
  { value: ",", label: "Comma" },
  { value: ";", label: "Semicolon" },
  { value: "\t", label: "Tab" },
  { value: "|", label: "Pipe" },
];
const ENCODINGS = [
  RECOGNISED,
  ...["UTF-8", "windows-1252", "windows-1250", "macintosh", "cp850", "cp437", "UTF-16LE", "UTF-16BE"].map(same),
];
// The engine takes a blank for "nothing encloses fields"; a list needs a word for it.
const NO_QUOTES = "none";
const QUOTES = [
  RECOGNISED,
  { value: '"', label: 'Double quote "' },
  { value: "'", label: "Single quote '" },
  { value: NO_QUOTES, label: "None" },
];
const ESCAPES = [
  RECOGNISED,
  { value: "doubled", label: "Written twice" },
  { value: "backslash", label: "By a backslash" },
  { value: "backslash_letters", label: "By a backslash; \\n, \\t are codes" },
];
const HEADERS = [
  RECOGNISED,
  { value: "yes", label: "Names of the columns" },
  { value: "no", label: "A record like the others" },
];
const LINE_ENDS = [
  RECOGNISED,
  { value: "no", label: "Any line end" },
  { value: "yes", label: "CRLF; LF alone is text" },
];
const BLANKS = [RECOGNISED, { value: "no", label: "Part of the value" }, { value: "yes", label: "Left out" }];
const UNNAMED = [RECOGNISED, { value: "first", label: "The first" }, { value: "last", label: "The last" }];
// In brackets, for a file may have either word as its mark.
const NO_REMARKS = "(no remarks)";
const NO_NULL = "(nothing is NULL)";

/** Says of one file how it is read, field by field; what is not said is recognised. */
export function ReadOtherwise({ facts, choice, stale, onChoice }: Props) {
  const say = (part: Partial<FileChoice>) => onChoice({ ...choice, ...part });
  return (
    <div className="otherwise" data-testid="read-otherwise">
      {facts.kind !== "spreadsheet" && <Delimited choice={choice} say={say} />}
      {facts.kind === "spreadsheet" && <Sheets rules={choice.sheets} onRules={(sheets) => say({ sheets })} />}
      <Checkbox
        size="xs"
        label={HAND_OVER.dontLoad}
        checked={choice.skip}
        onChange={(event) => say({ skip: event.currentTarget.checked })}
      />
      {!choice.skip && <Preview facts={facts} stale={stale} />}
    </div>
  );
}

/** What comes of the settings, a moment after each change. */
function Preview({ facts, stale }: { facts: FileFacts; stale: boolean }) {
  const [reading] = facts.readings;
  if (!reading) return null;
  return (
    <section className="preview" aria-label={HAND_OVER.preview} aria-busy={stale} data-testid="settings-preview">
      <p className="preview-title">
        {HAND_OVER.preview} <span className="faint">{stale ? HAND_OVER.reading : HAND_OVER.masked}</span>
      </p>
      <ReadingTable name={HAND_OVER.preview} reading={reading} />
    </section>
  );
}

type SayProps = { choice: FileChoice; say: (part: Partial<FileChoice>) => void };

function Delimited({ choice, say }: SayProps) {
  const own = choice.delimiter && !DELIMITERS.some((one) => one.value === choice.delimiter) ? choice.delimiter : "";
  return (
    <>
      <div className="otherwise-fields">
        <Select
          size="xs"
          label={HAND_OVER.separator}
          data-testid="choose-delimiter"
          allowDeselect={false}
          data={DELIMITERS}
          value={own ? null : (choice.delimiter ?? "")}
          placeholder={own ? "Another" : undefined}
          onChange={(value) => say({ delimiter: value || null })}
        />
        <TextInput
          size="xs"
          label={HAND_OVER.otherSeparator}
          placeholder="such as ~ or |~|"
          data-testid="own-delimiter"
          value={own}
          onChange={(event) => say({ delimiter: event.currentTarget.value || null })}
        />
        <Select
          size="xs"
          label="Quotes"
          allowDeselect={false}
          data={withOwn(QUOTES, choice.quote)}
          value={choice.quote === "" ? NO_QUOTES : (choice.quote ?? "")}
          onChange={(value) => say({ quote: value === NO_QUOTES ? "" : value || null })}
        />
        <Select
          size="xs"
          label={HAND_OVER.quoteEscape}
          allowDeselect={false}
          data={ESCAPES}
          value={choice.escape ?? ""}
          onChange={(value) => say({ escape: (value || null) as QuoteEscape | null })}
        />
        <Select
          size="xs"
          label="The first record holds"
          data-testid="choose-header"
          allowDeselect={false}
          data={HEADERS}
          value={yesOrNo(choice.header)}
          onChange={(value) => say({ header: value ? value === "yes" : null })}
        />
        <NumberInput
          size="xs"
          label={HAND_OVER.linesToSkip}
          placeholder="As recognised"
          min={0}
          max={10_000}
          allowDecimal={false}
          value={choice.skip_lines ?? ""}
          onChange={(value) => say({ skip_lines: value === "" ? null : Number(value) })}
        />
        <Select
          size="xs"
          label="Encoding"
          searchable
          allowDeselect={false}
          data={withOwn(ENCODINGS, choice.encoding)}
          value={choice.encoding ?? ""}
          onChange={(value) => say({ encoding: value || null })}
        />
      </div>
      <details className="otherwise-unusual">
        <summary data-testid="unusual">Unusual</summary>
        <Unusual choice={choice} say={say} />
      </details>
    </>
  );
}

function Unusual({ choice, say }: SayProps) {
  return (
    <div className="otherwise-fields">
      <Autocomplete
        size="xs"
        label="Remarks begin with"
        placeholder="As recognised"
        data={[NO_REMARKS, "#", "//", "--"]}
        filter={everyOption}
        value={choice.comment === "" ? NO_REMARKS : (choice.comment ?? "")}
        onChange={(value) => say({ comment: value === NO_REMARKS ? "" : value || null })}
      />
      <Autocomplete
        size="xs"
        label="NULL is written as"
        placeholder="As recognised"
        data={[NO_NULL, "NULL", "\\N"]}
        filter={everyOption}
        value={choice.null === "" ? NO_NULL : (choice.null ?? "")}
        onChange={(value) => say({ null: value === NO_NULL ? "" : value || null })}
      />
      <Select
        size="xs"
        label="Records end with"
        allowDeselect={false}
        data={LINE_ENDS}
        value={yesOrNo(choice.crlf_only)}
        onChange={(value) => say({ crlf_only: value ? value === "yes" : null })}
      />
      <Select
        size="xs"
        label="Blanks around quotes are"
        allowDeselect={false}
        data={BLANKS}
        value={yesOrNo(choice.blanks_around_quotes)}
        onChange={(value) => say({ blanks_around_quotes: value ? value === "yes" : null })}
      />
      <Select
        size="xs"
        label="Column without a name"
        allowDeselect={false}
        data={UNNAMED}
        value={choice.unnamed ?? ""}
        onChange={(value) => say({ unnamed: (value || null) as UnnamedColumn | null })}
      />
    </div>
  );
}

function yesOrNo(said: boolean | null): string {
  if (said === null) return "";
  return said ? "yes" : "no";
}

/** The options, and among them what is said already: a chosen reading may say what no list has. */
function withOwn(options: Option[], said: string | null): Option[] {
  return !said || options.some(({ value }) => value === said) ? options : [...options, same(said)];
}

// What is typed is a mark of its own, not the start of one that is listed.
const everyOption: OptionsFilter = ({ options }) => options;

const NEW_RULE: SheetRule = { sheet: "", header_row: null, skip: false, range: null };

function Sheets({ rules, onRules }: { rules: SheetRule[]; onRules: (rules: SheetRule[]) => void }) {
  const put = (at: number, part: Partial<SheetRule>) =>
    onRules(rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)));
  return (
    <>
      <p className="faint">
        Tables are found on every sheet by themselves. Where one was not found as it stands, say where it is.
      </p>
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place; its name is being typed.
        <div className="otherwise-fields" key={at}>
          <TextInput
            size="xs"
            label="Sheet"
            value={rule.sheet}
            onChange={(event) => put(at, { sheet: event.currentTarget.value })}
          />
          <NumberInput
            size="xs"
            label="Row of the header"
            description="0: there is none"
            inputWrapperOrder={["label", "input", "description"]}
            min={0}
            allowDecimal={false}
            disabled={rule.skip}
            value={rule.header_row ?? ""}
            onChange={(value) => put(at, { header_row: value === "" ? null : Number(value) })}
          />
          <TextInput
            size="xs"
            label="Cells of the table"
            placeholder="such as A5:K200"
            disabled={rule.skip}
            value={rule.range ?? ""}
            onChange={(event) => put(at, { range: event.currentTarget.value || null })}
          />
          <Checkbox
            size="xs"
            label={HAND_OVER.dontLoad}
            checked={rule.skip}
            onChange={(event) => put(at, { skip: event.currentTarget.checked })}
          />
        </div>
      ))}
      <div>
        <Button size="compact-xs" variant="default" onClick={() => onRules([...rules, NEW_RULE])}>
          Say where a table is…
        </Button>
      </div>
    </>
  );
}
