import { Button } from "@mantine/core";
import { Empty } from "../parts/Bits";
import { go } from "../parts/where";

export function NothingLoaded() {
  return (
    <Empty
      icon="snapshot"
      title="Nothing is loaded yet"
      action={<Button onClick={() => go({ place: "snapshot" })}>Load a snapshot</Button>}
    >
      The tables of the legacy system appear here as soon as a snapshot of its database is loaded.
    </Empty>
  );
}
