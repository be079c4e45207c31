// What is told once: what went wrong in the corner, the rest on a line of its own.

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { putTold } from "./told";

export function tellError(what: string, error: Error) {
  notifications.show({
    title: what,
    color: "red",
    autoClose: 15_000,
    role: "alert",
    closeButtonProps: { "aria-label": "Close" },
    message: (
      <>
        <div className="notice-text">{error.message}</div>
        <Button size="compact-xs" variant="default" onClick={() => copyDetails(what, error)}>
          Copy details
        </Button>
      </>
    ),
  });
}

type Told = {
  title: string;
  text: string;
  tone: "done" | "attention" | "problem";
  action?: { name: string; run: () => void };
};

export function tell({ title, text, tone, action }: Told) {
  if (tone !== "problem") {
    putTold({ title, text, tone, action });
    return;
  }
  const id = notifications.show({
    title,
    color: "red",
    autoClose: false,
    role: "alert",
    closeButtonProps: { "aria-label": "Close" },
    message: (
      <>
        <div className="notice-text">{text}</div>
        {action && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              action.run();
            }}
          >
            {action.name}
          </Button>
        )}
      </>
    ),
  });
}

/** Details hold what happened and where, never a cell: the engine's messages give positions. */
export async function copyDetails(what: string, error: Error) {
  const parts = [what, error.message];
  if ("code" in error) parts.push(`code: ${String(error.code)}`);
  if ("command" in error) parts.push(`command: ${String(error.command)}`);
  await navigator.clipboard.writeText(parts.join("\n"));
}
