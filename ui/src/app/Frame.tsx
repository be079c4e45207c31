import { useEffect, useState } from "react";
import { ExportPlace } from "../export/ExportPlace";
import { FindPlace } from "../find/FindPlace";
import type { ProjectFacts } from "../ipc/bindings";
import { MapPlace } from "../map/MapPlace";
import { FRESH_VIEW, setView } from "../map/view";
import { DetailsSlot } from "../parts/Details";
import { usePrefs } from "../parts/prefs";
import { useCompact } from "../parts/useCompact";
import { settle, useSpot } from "../parts/where";
import { QualityPlace } from "../quality/QualityPlace";
import { QueryPlace } from "../query/QueryPlace";
import { SamplesPlace } from "../samples/SamplesPlace";
import { SnapshotPlace } from "../snapshot/SnapshotPlace";
import { forgetOnTheWay } from "../snapshot/useLoading";
import { FRESH, setListing } from "../tables/listing";
import { Modules } from "../tables/Modules";
import { TablesPlace } from "../tables/TablesPlace";
import { DetailsPanel } from "./DetailsPanel";
import { History } from "./History";
import { NothingLoaded } from "./NothingLoaded";
import { PlaceStrip } from "./PlaceStrip";
import { hasDetails } from "./places";
import { Rail } from "./Rail";
import { RawStrip } from "./RawStrip";
import { StatusLine } from "./StatusLine";
import { ToldLines } from "./ToldLines";
import { TopBar } from "./TopBar";
import { useFrameActions } from "./useFrameActions";
import "./frame.css";

export function Frame({ project }: { project: ProjectFacts }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const detailsOpen = usePrefs((prefs) => prefs.detailsOpen);
  const hasPanel = hasDetails(useSpot(), project.snapshot !== null);
  const compact = useCompact();
  useFrameActions(project);
  useFreshView(project.snapshot !== null);
  return (
    <DetailsSlot value={slot}>
      <div className="frame" data-compact={compact || undefined}>
        <TopBar project={project} />
        <RawStrip unmasked={project.unmasked} />
        <PlaceStrip warnings={project.warnings} />
        <div className="frame-middle">
          <Rail />
          <main className="place" tabIndex={-1}>
            <PlaceShown project={project} />
          </main>
          {detailsOpen && hasPanel && <DetailsPanel onSlot={setSlot} />}
        </div>
        <ToldLines />
        <StatusLine counts={project.counts} loaded={project.snapshot !== null} />
      </div>
    </DetailsSlot>
  );
}

/** What was looked at in another engagement says nothing about this one. */
function useFreshView(loaded: boolean) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each engagement that is opened.
  useEffect(() => {
    setListing(FRESH);
    setView(FRESH_VIEW);
    forgetOnTheWay();
    settle({ place: loaded ? "tables" : "snapshot" });
  }, []);
}

function PlaceShown({ project }: { project: ProjectFacts }) {
  const { place, part } = useSpot();
  if (place === "snapshot") return <SnapshotPlace project={project} />;
  if (place === "history") return <History />;
  if (place === "tables" && part === "modules") return <Modules />;
  if (project.snapshot === null) return <NothingLoaded />;
  if (place === "tables") return <TablesPlace />;
  if (place === "query") return <QueryPlace />;
  if (place === "quality") return <QualityPlace />;
  if (place === "find") return <FindPlace />;
  if (place === "map") return <MapPlace />;
  if (place === "samples") return <SamplesPlace />;
  return <ExportPlace />;
}
