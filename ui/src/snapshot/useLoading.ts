// Files on their way in: looked at, shown where looks decide how they are read, then loaded.

import { create } from "zustand";
import type { FileChoice, FileFacts, LoadRequest, PathKind } from "../ipc/bindings";
import { type CallError, call } from "../ipc/client";
import { useAct, useJobs, useJobsSoon } from "../ipc/queries";
import { counted } from "../parts/format";
import { tell, tellError } from "../parts/notices";
import { isAdjustable } from "./choice";

/** The load that was begun last: what it was asked, and its job. */
type Begun = { request: LoadRequest; job: number };

/** Files that were looked at and wait for a word; `seen` are the choices they were looked at with. */
type Offered = { paths: string[]; files: FileFacts[]; choices: FileChoice[]; seen: FileChoice[] };

type OnTheWay = { begun: Begun | null; offered: Offered | null; looking: boolean };

// Whoever goes to another place meanwhile finds it again.
const useOnTheWay = create<OnTheWay>(() => ({ begun: null, offered: null, looking: false }));
const setBegun = (begun: Begun | null) => useOnTheWay.setState({ begun });
const setOffered = (offered: Offered | null) => useOnTheWay.setState({ offered });
const setLooking = (looking: boolean) => useOnTheWay.setState({ looking });

/** Another engagement has other files. */
export function forgetOnTheWay() {
  useOnTheWay.setState({ begun: null, offered: null });
}

export function useLoading(label: string, onStarted: () => void) {
  const load = useAct("start_load");
  const { begun, offered, looking } = useOnTheWay();
  useJobsSoon(looking);
  const job = useJobs().find((one) => one.id === begun?.job);

  const begin = (request: LoadRequest) =>
    load.mutate(request, {
      onSuccess: (started) => {
        setBegun({ request, job: started.id });
        setOffered(null);
        onStarted();
      },
      onError: (error) => tellError("The load did not start", error),
    });
  const request = (paths: string[], choices: FileChoice[]): LoadRequest => ({
    paths,
    label: label.trim() === "" ? null : label.trim(),
    passwords: [],
    choices,
    profile: true,
    allow_growth: false,
  });

  /** Long work that has a job on the board while it goes on. */
  const during = async (what: string, work: () => Promise<void>) => {
    setLooking(true);
    try {
      await work();
    } catch (error) {
      if ((error as CallError).code !== "cancelled") tellError(what, error as Error);
    }
    setLooking(false);
  };
  const look = (paths: string[], choices: FileChoice[]) =>
    during("The files were not looked at", async () => {
      const files = await call("inspect", request(paths, choices));
      const asks = choices.length > 0 || files.some((file) => isAdjustable(file) && file.ignored_why === null);
      if (asks) setOffered({ paths, files, choices, seen: choices });
      else begin(request(paths, []));
    });
  const start = (paths: string[]) => {
    if (paths.length > 0 && !looking) look(paths, []);
  };
  const choose = async (what: PathKind) => {
    try {
      start(await call("choose_path", { what, suggested_name: null }));
    } catch (error) {
      tellError("The load did not start", error as Error);
    }
  };
  const report = ({ paths, choices }: Offered) =>
    during("The report was not written", async () => {
      const [path] = await call("choose_path", { what: "save_workbook", suggested_name: "hand-over rules.xlsx" });
      if (!path) return;
      const written = await call("conformance_report", { paths, choices, path });
      tell({
        title: "The report is written",
        text: `${counted(written.rows, "row")} in ${written.path}`,
        tone: "done",
      });
    });

  const asks = begun !== null && job?.state === "failed" && job.code === "password_needed";
  const password = {
    message: asks ? job.message : null,
    again: (begun?.request.passwords?.length ?? 0) > 0,
    onGive: (given: string) => {
      if (begun) begin({ ...begun.request, passwords: [...(begun.request.passwords ?? []), given] });
    },
    onClose: () => setBegun(null),
  };
  const grows = begun !== null && job?.state === "failed" && job.code === "growth";
  const growth = {
    message: grows ? job.message : null,
    onAllow: () => {
      if (begun) begin({ ...begun.request, allow_growth: true });
    },
    onClose: () => setBegun(null),
  };
  const handOver = {
    files: offered?.files ?? null,
    choices: offered?.choices ?? [],
    stale: offered !== null && offered.choices !== offered.seen,
    busy: looking || load.isPending,
    onChoices: (choices: FileChoice[]) => offered && setOffered({ ...offered, choices }),
    onLook: () => offered && look(offered.paths, offered.choices),
    onReport: () => offered && report(offered),
    onLoad: () => offered && begin(request(offered.paths, offered.choices)),
    onClose: () => setOffered(null),
  };
  return { start, choose, busy: load.isPending || looking, password, growth, handOver };
}
