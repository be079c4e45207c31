import { ActionIcon, Button } from "@mantine/core";
import { Icon } from "../parts/icons";
import { closeTold, useTold } from "../parts/told";
import "./told.css";

export function ToldLines() {
  const lines = useTold((told) => told.lines);
  return (
    <div role="status" className="told-lines">
      {lines.map(({ id, title, text, tone, action }) => (
        <div key={id} className="told" data-tone={tone} data-testid="told">
          <Icon name={tone === "done" ? "done" : "warn"} size={15} />
          <strong>{title}</strong>
          <span className="told-text" title={text}>
            {text}
          </span>
          {action && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                closeTold(id);
                action.run();
              }}
            >
              {action.name}
            </Button>
          )}
          <span className="grow" />
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`Close: ${title}`}
            onClick={() => closeTold(id)}
          >
            <Icon name="close" size={13} />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}
