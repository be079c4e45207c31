import { ActionIcon, Button, Checkbox, Popover } from "@mantine/core";
import { GRID } from "../../words";
import { Icon } from "../icons";
import type { ColumnLayout } from "./useColumns";

/** Which columns are shown, and in what order. */
export function ColumnMenu({ layout }: { layout: ColumnLayout }) {
  return (
    <Popover position="bottom-end" width={240} trapFocus>
      <Popover.Target>
        <ActionIcon
          className="grid-columns"
          variant="subtle"
          color="gray"
          aria-label={GRID.columns}
          title={GRID.columns}
          data-testid="grid-columns"
        >
          <Icon name="columns" size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className="column-menu" data-testid="column-menu">
          {layout.all.map(({ id, header, fixed }) => (
            <li key={id}>
              <Checkbox
                size="xs"
                className="grow"
                label={header}
                checked={layout.isShown(id)}
                disabled={fixed}
                onChange={(event) => layout.show(id, event.currentTarget.checked)}
              />
              {!fixed && layout.isShown(id) && (
                <>
                  <Move name={header} way={GRID.earlier} icon="up" onClick={() => layout.step(id, -1)} />
                  <Move name={header} way={GRID.later} icon="down" onClick={() => layout.step(id, 1)} />
                </>
              )}
            </li>
          ))}
        </ul>
        <p className="faint column-menu-hint">{GRID.hint}</p>
        <Button size="compact-xs" variant="default" disabled={!layout.isChanged} onClick={layout.reset}>
          {GRID.reset}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

type MoveProps = { name: string; way: string; icon: "up" | "down"; onClick: () => void };

function Move({ name, way, icon, onClick }: MoveProps) {
  return (
    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`${name}: ${way}`} title={way} onClick={onClick}>
      <Icon name={icon} size={13} />
    </ActionIcon>
  );
}
