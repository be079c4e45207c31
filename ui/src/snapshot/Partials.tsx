import { Button } from "@mantine/core";
import { useAct } from "../ipc/queries";
import { Icon } from "../parts/icons";
import { tellError } from "../parts/notices";

/** Loads that did not end. Nothing of them is in use, and nothing resumes. */
export function Partials({ partials }: { partials: string[] }) {
  const remove = useAct("delete_partial");
  return partials.map((name) => (
    <div key={name} className="partial" role="status" data-testid="partial">
      <Icon name="warn" size={16} />
      <span className="grow">
        A load did not end: <span className="mono">{name}</span>. Nothing of it is in use. Delete it, then load the
        files again if they are still wanted.
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={remove.isPending && remove.variables?.name === name}
        onClick={() => remove.mutate({ name }, { onError: (error) => tellError("It was not deleted", error) })}
      >
        Delete
      </Button>
    </div>
  ));
}
