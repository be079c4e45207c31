// What is told once, in the corner.

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";

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

const COLORS = { done: "teal", attention: "yellow", problem: "red" } as const;

export function tell({ title, text, tone, action }: Told) {
  const id = notifications.show({
    title,
    color: COLORS[tone],
    autoClose: tone === "problem" ? false : 12_000,
    role: tone === "problem" ? "alert" : "status",
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
