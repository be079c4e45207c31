import { Button, Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import type { FileChoice, FileFacts, QuoteEscape, SheetRule } from "../ipc/bindings";

type Props = { facts: FileFacts; choice: FileChoice; onChoice: (choice: FileChoice) => void };

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
  ...["UTF-8", "windows-1252", "windows-1250", "macintosh", "UTF-16LE", "UTF-16BE"].map((name) => ({
    value: name,
    label: name,
  })),
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
];
const HEADERS = [
  RECOGNISED,
  { value: "yes", label: "Names of the columns" },
  { value: "no", label: "A record like the others" },
];

/** Says of one file how it is read, field by field; what is not said is recognised. */
export function ReadOtherwise({ facts, choice, onChoice }: Props) {
  const say = (part: Partial<FileChoice>) => onChoice({ ...choice, ...part });
  return (
    <div className="otherwise" data-testid="read-otherwise">
      {facts.kind !== "spreadsheet" && <Delimited choice={choice} say={say} />}
      {facts.kind === "spreadsheet" && <Sheets rules={choice.sheets} onRules={(sheets) => say({ sheets })} />}
      <Checkbox
        size="xs"
        label="Leave this file aside"
        checked={choice.skip}
        onChange={(event) => say({ skip: event.currentTarget.checked })}
      />
    </div>
  );
}

type SayProps = { choice: FileChoice; say: (part: Partial<FileChoice>) => void };

function Delimited({ choice, say }: SayProps) {
  const own = choice.delimiter && !DELIMITERS.some((one) => one.value === choice.delimiter) ? choice.delimiter : "";
  return (
    <div className="otherwise-fields">
      <Select
        size="xs"
        label="Fields end with"
        data-testid="choose-delimiter"
        allowDeselect={false}
        data={DELIMITERS}
        value={own ? null : (choice.delimiter ?? "")}
        placeholder={own ? "Another" : undefined}
        onChange={(value) => say({ delimiter: value || null })}
      />
      <TextInput
        size="xs"
        label="or with"
        placeholder="any one character"
        maxLength={1}
        value={own}
        onChange={(event) => say({ delimiter: event.currentTarget.value || null })}
      />
      <Select
        size="xs"
        label="Quotes"
        allowDeselect={false}
        data={QUOTES}
        value={choice.quote === "" ? NO_QUOTES : (choice.quote ?? "")}
        onChange={(value) => say({ quote: value === NO_QUOTES ? "" : value || null })}
      />
      <Select
        size="xs"
        label="A quote within quotes"
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
        value={choice.header === null ? "" : choice.header ? "yes" : "no"}
        onChange={(value) => say({ header: value ? value === "yes" : null })}
      />
      <NumberInput
        size="xs"
        label="Lines above it"
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
        data={ENCODINGS}
        value={choice.encoding ?? ""}
        onChange={(value) => say({ encoding: value || null })}
      />
    </div>
  );
}

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
            label="Leave this sheet aside"
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
