// Files on their way in: looked at, shown where looks decide how they are read, then loaded.

import { create } from "zustand";
import type { FileChoice, FileFacts, LoadRequest, PathKind } from "../ipc/bindings";
import { type CallError, call } from "../ipc/client";
import { useAct, useJobs, useJobsSoon } from "../ipc/queries";
import { counted } from "../parts/format";
import { tell, tellError } from "../parts/notices";
import { type Asked, askedOf, unchecked } from "./asked";
import { isAdjustable } from "./choice";

/** The load that was begun last: what it was asked, and its job. */
type Begun = { request: LoadRequest; job: number };

/** Files that were looked at and wait for a word; `seen` are the choices they were looked at with. */
type Offered = { request: LoadRequest; files: FileFacts[]; seen: FileChoice[]; asked: Asked };

type OnTheWay = {
  /** What people will call the snapshot that is loaded next. */
  label: string;
  begun: Begun | null;
  offered: Offered | null;
  looking: boolean;
  /** Something was chosen while the files were looked at. */
  again: boolean;
};

// Whoever goes to another place meanwhile finds it again.
const useOnTheWay = create<OnTheWay>(() => ({ label: "", begun: null, offered: null, looking: false, again: false }));
const onTheWay = useOnTheWay.getState;
const setBegun = (begun: Begun | null) => useOnTheWay.setState({ begun });
const setLabel = (label: string) => useOnTheWay.setState({ label });
const setOffered = (offered: Offered | null) => useOnTheWay.setState({ offered });

/** Another engagement has other files. */
export function forgetOnTheWay() {
  useOnTheWay.setState({ label: "", begun: null, offered: null });
}

/** Takes files that are chosen or dropped: they are looked at, and then loaded or offered. Wherever one is. */
export function useFiles() {
  const load = useAct("start_load");
  const begin = (request: LoadRequest) =>
    load.mutate(request, {
      onSuccess: (started) => {
        setBegun({ request, job: started.id });
        setOffered(null);
        setLabel("");
      },
      onError: (error) => tellError("The load did not start", error),
    });
  const request = (paths: string[]): LoadRequest => ({
    paths,
    label: onTheWay().label.trim() || null,
    passwords: [],
    choices: [],
    profile: true,
    allow_growth: false,
    allow_tight: false,
  });

  const look = (wanted: LoadRequest, isShown: (files: FileFacts[]) => boolean) =>
    during("The files were not looked at", async () => {
      const files = await call("inspect", wanted);
      if (isShown(files)) setOffered({ request: wanted, files, seen: wanted.choices, asked: askedOf({}, files, []) });
      else begin(wanted);
    });
  const start = (paths: string[]) => {
    if (paths.length > 0 && !onTheWay().looking) look(request(paths), (files) => files.some(isByLooks));
  };
  const choose = async (what: PathKind) => {
    try {
      start(await call("choose_path", { what, suggested_name: null }));
    } catch (error) {
      tellError("The load did not start", error as Error);
    }
  };

  return { begin, look, start, choose, starting: load.isPending };
}

/** Limits that a person may lift, by what the load says when it comes to one. */
const LIMITS: Record<string, { title: string; allow: Partial<LoadRequest> }> = {
  growth: { title: "The file grows very large", allow: { allow_growth: true } },
  no_room: { title: "The disk may be too small", allow: { allow_tight: true } },
};

export function useLoading() {
  const { begin, look, start, choose, starting } = useFiles();
  const { label, begun, offered, looking } = useOnTheWay();
  useJobsSoon(looking);
  const job = useJobs().find((one) => one.id === begun?.job);

  const asks = begun !== null && job?.state === "failed" && job.code === "password_needed";
  const password = {
    message: asks ? job.message : null,
    again: (begun?.request.passwords?.length ?? 0) > 0,
    onGive: (given: string) => {
      if (!begun) return;
      const opened = { ...begun.request, passwords: [...(begun.request.passwords ?? []), given] };
      setBegun(null);
      // What it opens was not seen before, and may ask.
      look(opened, (files) => unchecked(askedOf({}, files, []), files, opened.choices) > 0);
    },
    onClose: () => setBegun(null),
  };
  const lift = begun !== null && job?.state === "failed" ? LIMITS[job.code ?? ""] : undefined;
  const limit = {
    title: lift?.title ?? "",
    message: lift && job ? job.message : null,
    onAllow: () => {
      if (begun && lift) begin({ ...begun.request, ...lift.allow });
    },
    onClose: () => setBegun(null),
  };
  const handOver = {
    files: offered?.files ?? null,
    choices: offered?.request.choices ?? [],
    asked: offered?.asked ?? {},
    seen: offered?.seen ?? [],
    starting,
    onChoices: setChoices,
    onReport: () => offered && report(offered.request),
    onLoad: () => offered && begin(offered.request),
    onClose: () => setOffered(null),
  };
  return { label, setLabel, start, choose, busy: starting || looking, password, limit, handOver };
}

function isByLooks(file: FileFacts): boolean {
  return file.questions.length > 0 || (isAdjustable(file) && file.ignored_why === null);
}

/** Whoever types a delimiter of three characters wants to see what the third makes of it. */
const PAUSE = 300;
let pause: ReturnType<typeof setTimeout> | undefined;

function setChoices(choices: FileChoice[]) {
  const { offered } = onTheWay();
  if (!offered) return;
  setOffered({ ...offered, request: { ...offered.request, choices } });
  clearTimeout(pause);
  pause = setTimeout(lookAgain, PAUSE);
}

/** Looks with the choices there are, and once more where others were made meanwhile. */
async function lookAgain() {
  if (onTheWay().looking) {
    useOnTheWay.setState({ again: true });
    return;
  }
  await during("The files were not looked at", async () => {
    do {
      useOnTheWay.setState({ again: false });
      const before = onTheWay().offered;
      if (!before) return;
      const { paths, choices } = before.request;
      const files = await call("inspect", before.request);
      const now = onTheWay().offered;
      if (now?.request.paths !== paths) return;
      setOffered({ ...now, files, seen: choices, asked: askedOf(now.asked, files, choices) });
    } while (onTheWay().again);
  });
}

function report({ paths, choices }: LoadRequest) {
  return during("The report was not written", async () => {
    const [path] = await call("choose_path", { what: "save_workbook", suggested_name: "hand-over rules.xlsx" });
    if (!path) return;
    const written = await call("conformance_report", { paths, choices, path });
    tell({
      title: "The report is written",
      text: `${counted(written.rows, "row")} in ${written.path}`,
      tone: "done",
    });
  });
}

/** Long work that has a job on the board while it goes on. */
async function during(what: string, work: () => Promise<void>) {
  useOnTheWay.setState({ looking: true });
  try {
    await work();
  } catch (error) {
    if ((error as CallError).code !== "cancelled") tellError(what, error as Error);
  }
  useOnTheWay.setState({ looking: false, again: false });
}
