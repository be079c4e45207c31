import { Button, Select } from "@mantine/core";
import type { Action, Class, ColumnKey, Treatment } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { Facts, Keys } from "../parts/Bits";
import { Details, Section } from "../parts/Details";
import { columnName, counted, keyName } from "../parts/format";
import { tellError } from "../parts/notices";
import { settle, useSpot } from "../parts/where";
import { SAMPLES, TABLES } from "../words";
import { previewOf } from "./spots";
import { ACTIONS, CLASSES } from "./treatment";

type Props = { count: number; first: Treatment | undefined; resolve: () => Promise<ColumnKey[]> };

const CLASS_CHOICES = Object.entries(CLASSES).map(([value, label]) => ({ value, label }));

export function TreatmentDetails({ count, first, resolve }: Props) {
  if (count === 0 || !first) return null;
  return <Chosen count={count} first={first} resolve={resolve} />;
}

function Chosen({ count, first, resolve }: Props & { first: Treatment }) {
  const spot = useSpot();
  const act = useAct("set_privacy");
  const set = async (as: Class | null, action: Action | null) => {
    try {
      await act.mutateAsync({ columns: await resolve(), class: as, action });
    } catch (error) {
      tellError("The treatment was not changed", error as Error);
    }
  };
  const one = count === 1;
  const treat = (code: Action) => set(one && first.decided ? first.class : null, code);
  useActions(
    ACTIONS.map(({ code, label, key }) => ({
      id: `treat-${code}`,
      name: `${SAMPLES.treat}: ${label}`,
      group: "Samples",
      keys: [key],
      run: () => treat(code),
    })),
  );
  return (
    <Details title={one ? <span className="mono-name">{columnName(first.key)}</span> : counted(count, "column")}>
      <Section title="Treatment in the samples">
        <div className="action-choice">
          {ACTIONS.map(({ code, label, what, key }) => (
            <button
              key={code}
              type="button"
              aria-pressed={one && first.action === code}
              data-testid={`treat-${code}`}
              onClick={() => treat(code)}
            >
              <span className="action-mark" data-action={code}>
                {label}
              </span>
              <span className="grow">{what}</span>
              <Keys keys={key} />
            </button>
          ))}
        </div>
      </Section>
      <Section title={SAMPLES.identifierType}>
        <Select
          size="xs"
          searchable
          allowDeselect={false}
          aria-label={SAMPLES.identifierType}
          placeholder={one ? undefined : TABLES.unchanged}
          data={CLASS_CHOICES}
          value={one ? first.class : null}
          data-testid="treat-class"
          onChange={(to) => to !== null && set(to as Class, null)}
        />
      </Section>
      <div className="row treat-back">
        <Button size="compact-sm" variant="default" disabled={one && !first.decided} onClick={() => set(null, null)}>
          {SAMPLES.reset}
        </Button>
        {one && (
          <Button size="compact-sm" variant="default" onClick={() => settle(previewOf(spot, first.table, first.key))}>
            {SAMPLES.preview}
          </Button>
        )}
      </div>
      {one && (
        <>
          <Facts
            of={[
              ["Table", keyName(first.table)],
              ["Surrogates", first.domain && `shared with other columns of ${first.domain}, so that joins hold`],
              ["Set by", first.decided ? "a person" : `a rule, confidence ${Math.round(first.confidence * 100)} %`],
            ]}
          />
          {first.evidence.length > 0 && (
            <Section title="Why">
              <ul className="notes">
                {first.evidence.map((evidence) => (
                  <li key={evidence}>{evidence}</li>
                ))}
              </ul>
            </Section>
          )}
        </>
      )}
    </Details>
  );
}
