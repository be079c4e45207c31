import { useState } from "react";
import { ExportPlace } from "../export/ExportPlace";
import type { ProjectFacts } from "../ipc/bindings";
import { MapPlace } from "../map/MapPlace";
import { DetailsSlot } from "../parts/Details";
import { usePrefs } from "../parts/prefs";
import { useSpot } from "../parts/where";
import { QueryPlace } from "../query/QueryPlace";
import { SamplesPlace } from "../samples/SamplesPlace";
import { SnapshotPlace } from "../snapshot/SnapshotPlace";
import { Modules } from "../tables/Modules";
import { TablesPlace } from "../tables/TablesPlace";
import { DetailsPanel } from "./DetailsPanel";
import { History } from "./History";
import { NothingLoaded } from "./NothingLoaded";
import { hasDetails } from "./places";
import { Rail } from "./Rail";
import { RawStrip } from "./RawStrip";
import { StatusLine } from "./StatusLine";
import { TopBar } from "./TopBar";
import { useFrameActions } from "./useFrameActions";
import "./frame.css";

export function Frame({ project }: { project: ProjectFacts }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const detailsOpen = usePrefs((prefs) => prefs.detailsOpen);
  const hasPanel = hasDetails(useSpot(), project.snapshot !== null);
  useFrameActions(project);
  return (
    <DetailsSlot value={slot}>
      <div className="frame">
        <TopBar project={project} />
        <RawStrip unmasked={project.unmasked} />
        <div className="frame-middle">
          <Rail />
          <main className="place">
            <PlaceShown project={project} />
          </main>
          {detailsOpen && hasPanel && <DetailsPanel onSlot={setSlot} />}
        </div>
        <StatusLine counts={project.counts} loaded={project.snapshot !== null} />
      </div>
    </DetailsSlot>
  );
}

function PlaceShown({ project }: { project: ProjectFacts }) {
  const { place, part } = useSpot();
  if (place === "snapshot") return <SnapshotPlace project={project} />;
  if (place === "history") return <History />;
  if (place === "tables" && part === "modules") return <Modules />;
  if (project.snapshot === null) return <NothingLoaded />;
  if (place === "tables") return <TablesPlace />;
  if (place === "query") return <QueryPlace />;
  if (place === "map") return <MapPlace />;
  if (place === "samples") return <SamplesPlace />;
  return <ExportPlace />;
}
