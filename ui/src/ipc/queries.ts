// Answers of the engine live in one query cache, keyed by command and request.

import {
  keepPreviousData,
  type QueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import { type Edited, type JobFacts, type ProjectFacts, SOURCES, type TableKey, type Touched } from "./bindings";
import { type CallError, type Command, call, type Reply, type Request } from "./client";

/** Commands whose answers another snapshot does not change, or that refresh themselves. */
const STEADY = new Set<string>(["about", "app_state", "project", "jobs", "checksum"]);

export function keyOf<C extends Command>(command: C, request: Request<C>) {
  return [command, request] as const;
}

type Options = { enabled?: boolean; keep?: boolean };

export function useAnswer<C extends Command>(
  command: C,
  request: Request<C>,
  options: Options = {},
): UseQueryResult<Reply<C>, CallError> {
  return useQuery<Reply<C>, CallError>({
    queryKey: keyOf(command, request),
    queryFn: () => call(command, request),
    enabled: options.enabled ?? true,
    // Typing in a filter must not blank the list between two answers.
    placeholderData: options.keep ? (keepPreviousData as never) : undefined,
  });
}

export function useAppState() {
  const client = useQueryClient();
  return useQuery({
    queryKey: keyOf("app_state", null),
    queryFn: async () => {
      const state = await call("app_state", null);
      client.setQueryData(keyOf("project", null), state.project);
      return state;
    },
  });
}

/** `null`: no project is open. */
export function useProject(): ProjectFacts | null | undefined {
  return useQuery<ProjectFacts | null>({
    queryKey: keyOf("project", null),
    queryFn: async () => (await call("app_state", null)).project,
  }).data;
}

/** An edit, or an act, on the project. What it answers goes to the cache, and what it put out of date is asked for again. */
export function useAct<C extends Command>(command: C) {
  const client = useQueryClient();
  return useMutation<Reply<C>, CallError, Request<C>>({
    mutationKey: [command],
    mutationFn: (request) => call(command, request),
    onSuccess: (reply) => absorb(client, reply),
  });
}

/** Undo and redo, pressed as fast as one likes: each waits for the one before. */
let steps: Promise<void> = Promise.resolve();

type Told = { done: (label: string) => void; failed: (error: Error) => void };

/** Takes the newest edit back, or brings the newest that was taken back again; nothing where there is none. */
export function step(client: QueryClient, command: "undo" | "redo", { done, failed }: Told) {
  steps = steps.then(async () => {
    const label = client.getQueryData<ProjectFacts | null>(keyOf("project", null))?.[command] ?? null;
    if (label === null) return;
    try {
      absorb(client, await call(command, null));
      done(label);
    } catch (error) {
      failed(error as Error);
    }
  });
}

export function absorb(client: QueryClient, reply: unknown) {
  if (isEdited(reply)) {
    putProject(client, reply.project);
    client.invalidateQueries({ predicate: ({ queryKey }) => isOutOfDate(queryKey, reply.touched) });
  } else if (isProject(reply)) {
    putProject(client, reply);
    client.invalidateQueries({ predicate: ({ queryKey }) => !isSteady(queryKey) });
  } else if (isJob(reply)) {
    putJob(client, reply);
  }
}

function putProject(client: QueryClient, project: ProjectFacts) {
  const before = client.getQueryData<ProjectFacts | null>(keyOf("project", null));
  client.setQueryData(keyOf("project", null), project);
  if (before?.path !== project.path) client.removeQueries({ predicate: ({ queryKey }) => !isSteady(queryKey) });
}

/** Whether what an edit touched may change the answer to a question, as the list of commands declares it. */
export function isOutOfDate(queryKey: readonly unknown[], { everything, parts }: Touched): boolean {
  if (isSteady(queryKey)) return false;
  if (everything) return true;
  const [command, request] = queryKey as [Command, { table?: TableKey } | null];
  const { its, any } = SOURCES[command];
  return parts.some(
    ({ kind, table }) =>
      any.includes(kind) || (its.includes(kind) && (table === null || table === (request?.table ?? null))),
  );
}

/** After a project was opened or closed, or a job ended: ask for everything again. */
export function refreshAll(client: QueryClient) {
  // What is on its way for a screen that was left was asked before, and would come in as if it were of now.
  client.removeQueries({ type: "inactive", predicate: ({ state }) => state.fetchStatus === "fetching" });
  return client.invalidateQueries();
}

export function useJobs(): JobFacts[] {
  const jobs = useQuery({
    queryKey: keyOf("jobs", null),
    queryFn: () => call("jobs", null),
    refetchInterval: (query) => (query.state.data?.some((job) => job.state === "running") ? 250 : false),
    refetchIntervalInBackground: true,
  });
  return jobs.data ?? NO_JOBS;
}

const NO_JOBS: JobFacts[] = [];

export function useRunning(kind: JobFacts["kind"]): JobFacts | undefined {
  return useJobs().find((job) => job.kind === kind && job.state === "running");
}

/** For work whose asker waits for it: the page hears of a job when it asks, and a moment later there is one. */
export function useJobsSoon(busy: boolean) {
  const client = useQueryClient();
  useEffect(() => {
    if (!busy) return;
    const look = () => client.invalidateQueries({ queryKey: keyOf("jobs", null) });
    const soon = setTimeout(look, 200);
    return () => {
      clearTimeout(soon);
      look();
    };
  }, [busy, client]);
}

function putJob(client: QueryClient, job: JobFacts) {
  client.setQueryData<JobFacts[]>(keyOf("jobs", null), (jobs = []) => {
    const others = jobs.filter((other) => other.id !== job.id);
    return [...others, job];
  });
  client.invalidateQueries({ queryKey: keyOf("jobs", null) });
}

function isSteady(queryKey: readonly unknown[]): boolean {
  return STEADY.has(String(queryKey[0]));
}

function isProject(reply: unknown): reply is ProjectFacts {
  return typeof reply === "object" && reply !== null && "counts" in reply && "snapshots" in reply;
}

function isEdited(reply: unknown): reply is Edited {
  return typeof reply === "object" && reply !== null && "touched" in reply && "project" in reply;
}

function isJob(reply: unknown): reply is JobFacts {
  return typeof reply === "object" && reply !== null && "phase" in reply && "state" in reply;
}
