// Where something is: names, kinds of values and values; and everything about one person.

import { SegmentedControl } from "@mantine/core";
import { settle, useSpot } from "../parts/where";
import { FIND } from "../words";
import { NamesAndValues } from "./NamesAndValues";
import { OnePerson } from "./OnePerson";
import "./find.css";

type Part = "names" | "person";

export function FindPlace() {
  const { part, text } = useSpot();
  const shown: Part = part === "person" ? "person" : "names";
  return (
    <section className="screen" aria-label={FIND.title}>
      <header className="screen-head">
        <div className="screen-line">
          <h1>{FIND.title}</h1>
          <SegmentedControl<Part>
            size="xs"
            aria-label={FIND.title}
            value={shown}
            onChange={(next) => settle({ place: "find", part: next })}
            data={[
              { value: "names", label: FIND.names },
              { value: "person", label: <span data-testid="find-person">{FIND.person}</span> },
            ]}
          />
        </div>
      </header>
      {shown === "names" ? <NamesAndValues asked={text} /> : <OnePerson />}
    </section>
  );
}
