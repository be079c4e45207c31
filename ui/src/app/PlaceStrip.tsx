import { ActionIcon } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../parts/icons";

/** What a person should know of the place the project is in; put away once it is read, until there is something else. */
export function PlaceStrip({ warnings }: { warnings: string[] }) {
  const text = warnings.map((warning) => `${warning}.`).join(" ");
  const [read, setRead] = useState("");
  if (text === "" || text === read) return null;
  return (
    <div className="raw-strip" role="status" data-testid="place-strip">
      <Icon name="warn" />
      <span className="grow">{text}</span>
      <ActionIcon size="sm" variant="transparent" c="inherit" aria-label="Close" onClick={() => setRead(text)}>
        <Icon name="close" size={13} />
      </ActionIcon>
    </div>
  );
}
