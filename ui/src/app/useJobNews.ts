import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { JobFacts, JobState } from "../ipc/bindings";
import { call } from "../ipc/client";
import { refreshAll, useJobs } from "../ipc/queries";
import { tell, tellError } from "../parts/notices";
import { go, useWhere } from "../parts/where";
import { JOBS } from "../words";
import { isLoaded, titleOf } from "./news";

const TONES = { done: "done", warned: "attention", failed: "problem", cancelled: "attention" } as const;

/** Tells once how a job ended, and asks the engine again for whatever the job may have changed. */
export function useJobNews() {
  const client = useQueryClient();
  const jobs = useJobs();
  const seen = useRef(new Map<number, JobState>());
  useEffect(() => {
    for (const job of jobs) {
      const before = seen.current.get(job.id);
      seen.current.set(job.id, job.state);
      if (before !== "running" || job.state === "running") continue;
      refreshAll(client);
      announce(job);
    }
  }, [jobs, client]);
}

async function announce(job: JobFacts) {
  if (job.state === "running" || isOnScreen(job)) return;
  const rejects = isLoaded(job) ? await rejectsNow() : 0;
  tell({ title: titleOf(job, rejects), text: job.message, tone: TONES[job.state], action: linkOf(job, rejects) });
}

/** The place of exports tells their outcome itself; that of snapshots asks for a password in a dialog. */
function isOnScreen(job: JobFacts): boolean {
  const { place } = useWhere.getState().spot;
  return (job.kind === "export" && place === "export") || (job.code === "password_needed" && place === "snapshot");
}

async function rejectsNow(): Promise<number> {
  const { project } = await call("app_state", null);
  return project?.counts.rejects ?? 0;
}

function linkOf(job: JobFacts, rejects: number) {
  if (isLoaded(job) && rejects > 0) {
    return { name: JOBS.showRejects, run: () => go({ place: "snapshot", part: "rejects" }) };
  }
  if (isLoaded(job)) return { name: JOBS.showLedger, run: () => go({ place: "snapshot" }) };
  if (job.kind === "export" && job.path) {
    return { name: "Show in folder", run: () => showInFolder(job.path ?? "") };
  }
  return undefined;
}

export function showInFolder(path: string) {
  // Which of the workbooks it is does not matter for showing it.
  call("show_file", { kind: "map", path, rows: null }).catch((error) => tellError("The folder was not opened", error));
}
