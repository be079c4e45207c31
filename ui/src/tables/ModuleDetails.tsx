import { Button, NumberInput, Select } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { type Component, MODULE_STATUSES, type Module, type ModuleFacts, type ModuleStatus } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { Details, Section } from "../parts/Details";
import { counted } from "../parts/format";
import { KeptField } from "../parts/KeptField";
import { tellError } from "../parts/notices";

export const STATUSES = MODULE_STATUSES.map(({ code, label }) => ({ value: code, label }));

const COMPONENTS = ["Encounter", "Summary Document", "Observation", "Audiogram", "PFT", "Fit Test"];

/** How the importer finds what it needs, by the names the workbook uses. */
const OPTIONS: { name: keyof Component & string; label: string }[] = [
  { name: "doc_type", label: "Doc Type" },
  { name: "get_pat_id", label: "get_pat_id" },
  { name: "get_user_id", label: "get_user_id" },
  { name: "get_interface_name", label: "get_interface_name" },
  { name: "get_ext_id", label: "get_ext_id" },
  { name: "get_subject", label: "get_subject" },
  { name: "get_location", label: "get_location" },
  { name: "get_encounter_id", label: "get_encounter_id" },
  { name: "template", label: "Template" },
];

export function ModuleDetails({ facts }: { facts: ModuleFacts }) {
  const { module, components, tables, rows } = facts;
  const put = useAct("put_module");
  const change = (part: Partial<Module>) =>
    put.mutate({ ...module, ...part }, { onError: (error) => tellError("The module was not changed", error) });
  return (
    <Details title={module.name}>
      <span className="faint">
        {counted(tables, "table")}, {counted(rows, "row")}
      </span>
      <Section title="Module">
        <div className="stack">
          <div className="pair-fields">
            <Select
              size="xs"
              label="Status"
              allowDeselect={false}
              data={STATUSES}
              value={module.status}
              onChange={(status) => status !== null && change({ status: status as ModuleStatus })}
            />
            <OrderField value={module.order} onKeep={(order) => change({ order })} />
          </div>
          <KeptField label="Comment" lines={2} value={module.comment} onKeep={(comment) => change({ comment })} />
        </div>
      </Section>
      {components.map((component, at) => (
        <ComponentForm
          key={component.id}
          component={component}
          before={components[at - 1]}
          after={components[at + 1]}
        />
      ))}
      <AddComponent module={module.name} components={components} />
    </Details>
  );
}

/** `before` and `after`: its neighbours in the order of processing. */
function ComponentForm(props: { component: Component; before?: Component; after?: Component }) {
  const { component, before, after } = props;
  const put = useAct("put_component");
  const remove = useAct("remove_component");
  const change = (part: Partial<Component>) =>
    put.mutate({ ...component, ...part }, { onError: (error) => tellError("The component was not changed", error) });
  const moveTo = (place: Component | undefined) => place && change({ order: place.order });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    moveTo(event.key === "ArrowUp" ? before : after);
  };
  const taken = () =>
    remove.mutate({ id: component.id }, { onError: (error) => tellError("The component was not removed", error) });
  return (
    <Section title={component.component}>
      <fieldset className="stack component-fields" aria-label={component.component} onKeyDown={onKeyDown}>
        <div className="row">
          <Button size="compact-xs" variant="default" disabled={!before} title="Alt+↑" onClick={() => moveTo(before)}>
            Move up
          </Button>
          <Button size="compact-xs" variant="default" disabled={!after} title="Alt+↓" onClick={() => moveTo(after)}>
            Move down
          </Button>
          <Button size="compact-xs" variant="default" loading={remove.isPending} onClick={taken}>
            Remove
          </Button>
        </div>
        <OrderField value={component.order} onKeep={(order) => change({ order })} />
        {OPTIONS.map(({ name, label }) => (
          <KeptField
            key={name}
            label={label}
            value={String(component[name])}
            onKeep={(value) => change({ [name]: value })}
          />
        ))}
      </fieldset>
    </Section>
  );
}

function OrderField({ value, onKeep }: { value: number; onKeep: (order: number) => void }) {
  return (
    <NumberInput
      key={value}
      size="xs"
      label="Order"
      min={0}
      max={9999}
      allowDecimal={false}
      defaultValue={value}
      onBlur={(event) => {
        const order = Number.parseInt(event.currentTarget.value, 10);
        if (Number.isFinite(order) && order !== value) onKeep(order);
      }}
    />
  );
}

function AddComponent({ module, components }: { module: string; components: Component[] }) {
  const [kind, setKind] = useState<string | null>(null);
  const put = useAct("put_component");
  const free = COMPONENTS.filter((name) => !components.some(({ component }) => component === name));
  const add = () => {
    if (kind === null) return;
    const empty: Component = {
      id: "",
      module,
      component: kind,
      order: 0,
      doc_type: "",
      get_pat_id: "",
      get_user_id: "",
      get_interface_name: "",
      get_ext_id: "",
      get_subject: "",
      get_location: "",
      get_encounter_id: "",
      template: "",
    };
    put.mutate(empty, {
      onSuccess: () => setKind(null),
      onError: (error) => tellError("The component was not added", error),
    });
  };
  if (free.length === 0) return null;
  return (
    <Section title="Add a component">
      <div className="row">
        <Select
          size="xs"
          className="grow"
          aria-label="Kind of component"
          placeholder="What it creates"
          data={free}
          value={kind}
          onChange={setKind}
        />
        <Button size="xs" variant="default" disabled={kind === null} loading={put.isPending} onClick={add}>
          Add
        </Button>
      </div>
    </Section>
  );
}
