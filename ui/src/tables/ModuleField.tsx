// One of the modules there are, or a new one by typing its name; empty for none.

import { Autocomplete } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useAnswer } from "../ipc/queries";
import { backToList, leaveField } from "../parts/focus";
import { go } from "../parts/where";

type Props = { value: string | null; onKeep: (module: string) => void; placeholder?: string };

export function ModuleField({ value, onKeep, placeholder }: Props) {
  const modules = useAnswer("modules", null).data ?? [];
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  // Enter keeps, and so does leaving: the same name is not kept twice.
  const kept = useRef<string | null>(null);
  const keep = (text: string | null) => {
    if (text === null) return;
    setTyped(null);
    const name = text.trim();
    if (name === (kept.current ?? value ?? "")) return;
    kept.current = name;
    onKeep(name);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && !hasMarked(event.currentTarget)) {
      keep(typed);
      setOpen(false);
      leaveField();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      keep(typed);
      backToList(event.currentTarget);
    }
  };
  return (
    <div>
      <Autocomplete
        label="Module"
        size="xs"
        placeholder={placeholder ?? "Name of a module"}
        data={modules.map(({ module }) => module.name)}
        value={typed ?? value ?? ""}
        data-testid="module"
        dropdownOpened={open}
        onDropdownOpen={() => setOpen(true)}
        onDropdownClose={() => setOpen(false)}
        onFocus={() => {
          kept.current = null;
        }}
        onChange={setTyped}
        onOptionSubmit={(name) => {
          keep(name);
          leaveField();
        }}
        onBlur={() => keep(typed)}
        onKeyDown={onKeyDown}
      />
      <button type="button" className="link all-modules" onClick={() => go({ place: "tables", part: "modules" })}>
        All modules
      </button>
    </div>
  );
}

/** Whether an arrow key marked one of the list, which Enter then takes. */
function hasMarked(field: HTMLElement): boolean {
  const list = field.getAttribute("aria-controls");
  return list !== null && document.getElementById(list)?.querySelector("[data-combobox-selected]") != null;
}
