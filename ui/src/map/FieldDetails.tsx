import { Button, NumberInput, Select } from "@mantine/core";
import {
  type ColumnFacts,
  type FieldFacts,
  MAPPING_STATUSES,
  type MapDetail,
  type Mapping,
  type MappingStatus,
} from "../ipc/bindings";
import { Facts } from "../parts/Bits";
import { ColumnProfile } from "../parts/ColumnProfile";
import { type Picked, pickLink } from "../parts/canvas/picked";
import type { Link } from "../parts/canvas/TwoSides";
import { Details, Section } from "../parts/Details";
import { columnName, count, counted, keyName, moment } from "../parts/format";
import { KeptChoice, KeptField } from "../parts/KeptField";
import { useMappingEdits } from "./edits";
import { NeedMark, requirementWord } from "./fieldNodes";
import { lineId, mappingOf } from "./links";

type Props = { detail: MapDetail; picked: Picked; line: Link | undefined; onPick: (picked: Picked) => void };

export function FieldDetails({ detail, picked, line, onPick }: Props) {
  const mapping = line && detail.mappings.find((one) => one.id === mappingOf(line.id));
  const columns = detail.columns.filter((column) => picked.left.chosen.has(column.key));
  const column = line ? detail.columns.find((one) => one.key === line.left) : columns[0];
  const field = detail.fields.find((one) => one.name === (line?.right ?? picked.right));
  if (!column && !field) return null;
  const left = columns.length > 1 && !line ? counted(columns.length, "column") : column?.column;
  return (
    <Details title={<span className="mono-name">{[left, field?.name].filter(Boolean).join(" → ")}</span>}>
      {mapping && <MappingForm key={mapping.id} detail={detail} mapping={mapping} />}
      {!mapping && columns.length > 0 && field && <Offer detail={detail} columns={columns} field={field} />}
      {column && !mapping && columns.length <= 1 && <Mapped detail={detail} column={column} onPick={onPick} />}
      {field && field.mapped_from.length === 0 && <WithoutColumn key={field.name} detail={detail} field={field} />}
      {field && <FieldFactsSection field={field} />}
      {column && columns.length <= 1 && <ColumnProfile column={column} />}
    </Details>
  );
}

function Offer({ detail, columns, field }: { detail: MapDetail; columns: ColumnFacts[]; field: FieldFacts }) {
  const edits = useMappingEdits(detail.interface.id);
  return (
    <Button
      size="xs"
      data-testid="map-them"
      onClick={() =>
        edits.map(
          columns.map((column) => column.key),
          field.name,
        )
      }
    >
      Map {columns.length > 1 ? counted(columns.length, "column") : ""} to {field.name}
    </Button>
  );
}

const STATUSES = MAPPING_STATUSES.map(({ code, label }) => ({ value: code, label }));

/** Everything that is said about one mapping, to be edited in place. */
function MappingForm({ detail, mapping }: { detail: MapDetail; mapping: Mapping }) {
  const edits = useMappingEdits(detail.interface.id);
  const { id } = mapping;
  return (
    <Section title="Mapping">
      <div className="stack" data-testid="mapping-form">
        {mapping.source.length > 1 && (
          <span className="faint">From {mapping.source.map((column) => columnName(column)).join(" and ")}</span>
        )}
        <KeptField
          label="Transform"
          lines={2}
          value={mapping.transform}
          placeholder="How the value is changed on the way, in words"
          testId="mapping-transform"
          onKeep={(transform) => edits.change({ id, transform })}
        />
        <KeptField
          label="Description"
          value={mapping.description}
          testId="mapping-description"
          onKeep={(description) => edits.change({ id, description })}
        />
        <KeptField
          label="Comment"
          lines={2}
          value={mapping.comment}
          testId="mapping-comment"
          onKeep={(comment) => edits.change({ id, comment })}
        />
        <div className="pair-fields">
          <Select
            size="xs"
            label="Status"
            allowDeselect={false}
            value={mapping.status}
            data={STATUSES}
            data-testid="mapping-status"
            onChange={(status) => status !== null && edits.change({ id, status: status as MappingStatus })}
          />
          <NumberInput
            size="xs"
            label="Order"
            min={0}
            max={9999}
            allowDecimal={false}
            clampBehavior="strict"
            defaultValue={mapping.order}
            key={mapping.order}
            data-testid="mapping-order"
            onBlur={(event) => {
              const order = Number.parseInt(event.currentTarget.value, 10);
              if (Number.isFinite(order) && order !== mapping.order) edits.change({ id, order });
            }}
          />
        </div>
        <div className="row">
          <span className="faint grow">
            {mapping.who}, {moment(mapping.when)}
          </span>
          <Button size="compact-xs" variant="default" data-testid="mapping-remove" onClick={() => edits.remove(id)}>
            Remove the mapping
          </Button>
        </div>
      </div>
    </Section>
  );
}

/** What is said of a field that no column fills: what it always holds, or why nothing fills it. */
function WithoutColumn({ detail, field }: { detail: MapDetail; field: FieldFacts }) {
  const edits = useMappingEdits(detail.interface.id);
  const there = detail.mappings.find((mapping) => mapping.field === field.name && mapping.source.length === 0);
  const remove = () => there && edits.remove(there.id);
  const constant = (value: string) => (value.trim() === "" ? remove() : edits.constant(field.name, value));
  const waive = (reason: string) => (reason.trim() === "" ? remove() : edits.waive(field.name, reason));
  return (
    <Section title="No column fills it">
      <div className="stack" data-testid="without-column">
        {field.allowed.length > 0 ? (
          <KeptChoice
            label="Constant"
            value={field.constant ?? ""}
            choices={field.allowed}
            placeholder="The same in every record"
            testId="field-constant"
            onKeep={constant}
          />
        ) : (
          <KeptField
            label="Constant"
            value={field.constant ?? ""}
            placeholder="The same in every record"
            testId="field-constant"
            onKeep={constant}
          />
        )}
        <KeptField
          label="Waived because"
          lines={2}
          value={field.waived ?? ""}
          placeholder="Why it stays empty; the client reads this"
          testId="field-waived"
          onKeep={waive}
        />
      </div>
    </Section>
  );
}

/** Where a column goes already, here and to other interfaces. */
function Mapped({ detail, column, onPick }: { detail: MapDetail; column: ColumnFacts; onPick: Props["onPick"] }) {
  if (column.mappings.length === 0) return null;
  return (
    <Section title="Mapped to">
      <ul className="linked">
        {column.mappings.map((mapping) => (
          <li key={mapping.id}>
            {mapping.interface === detail.interface.id ? (
              <button
                type="button"
                className="link"
                onClick={() => onPick(pickLink(lineId(mapping, column.key), column.key))}
              >
                {mapping.field}
              </button>
            ) : (
              <span>{mapping.field}</span>
            )}
            <span className="faint">
              {mapping.interface === detail.interface.id ? mapping.status : mapping.interface}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function FieldFactsSection({ field }: { field: FieldFacts }) {
  return (
    <Section title={`Field ${field.name}`}>
      <NeedMark field={field} />
      {field.note !== "" && <p className="purpose">{field.note}</p>}
      <Facts
        of={[
          ["Label", field.label !== field.name ? field.label : null],
          ["Requirement", requirementWord(field.requirement)],
          ["Type", field.kind],
          ["Format", field.format],
          ["Length", field.max_length === null ? null : `at most ${count(field.max_length)}`],
          ["Allowed", field.allowed.join(", ")],
          ["Constant", field.constant],
          ["Waived because", field.waived],
          ["Mapped from", field.mapped_from.map((column) => keyName(column)).join(", ")],
        ]}
      />
    </Section>
  );
}
