import { ActionIcon, Button, TextInput, Tooltip } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Recent } from "../ipc/bindings";
import { call } from "../ipc/client";
import { keyOf, useAct, useAppState, useJobsSoon, useRunning } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { moment } from "../parts/format";
import { Icon } from "../parts/icons";
import { JobProgress } from "../parts/JobProgress";
import { tellError } from "../parts/notices";
import { START } from "../words";
import "./start.css";

/** No engagement is open: begin one, open one, or look at the demonstration. */
export function Start() {
  const [naming, setNaming] = useState(false);
  const open = useAct("open_project");
  const demo = useAct("open_demo");
  useJobsSoon(open.isPending);
  const demonstration = useRunning("demo");
  const profiling = useRunning("profile");
  const preparing = demonstration ?? profiling;
  const state = useAppState().data;

  const openAt = (path: string) => {
    open.mutate(
      { path },
      { onError: (error) => error.code !== "cancelled" && tellError("The engagement was not opened", error) },
    );
  };
  const chooseAndOpen = async () => {
    try {
      const [path] = await call("choose_path", { what: "open_project", suggested_name: null });
      if (path !== undefined) openAt(path);
    } catch (error) {
      tellError("The engagement was not opened", error as Error);
    }
  };
  const openDemo = () => {
    demo.mutate(null, { onError: (error) => tellError("The demonstration was not opened", error) });
  };
  useActions([
    { id: "start-new", name: "New engagement", group: "Start", keys: ["mod+n"], run: () => setNaming(true) },
    { id: "start-open", name: "Open an engagement", group: "Start", keys: ["mod+o"], run: chooseAndOpen },
    { id: "start-demo", name: "Open the demonstration", group: "Start", run: openDemo },
  ]);

  return (
    <main className="start">
      <div className="start-card">
        <header>
          <h1>Crosswalk</h1>
          <p className="faint">
            A legacy database goes in. Table by table you decide what becomes of it. A migration map and deidentified
            samples come out.
          </p>
        </header>
        {naming ? (
          <NewEngagement onCancel={() => setNaming(false)} />
        ) : (
          <div className="start-ways">
            <Way
              icon="plus"
              name="New engagement"
              what="For a client's migration that begins now"
              testId="start-new"
              onClick={() => setNaming(true)}
            />
            <Way
              icon="folder"
              name="Open an engagement"
              what="A folder whose name ends in .crosswalk"
              testId="start-open"
              busy={open.isPending}
              onClick={chooseAndOpen}
            />
            <Way
              icon="demo"
              name="Open the demonstration"
              what="An invented clinic, loaded and mapped in part"
              testId="start-demo"
              busy={demo.isPending || demonstration !== undefined}
              onClick={openDemo}
            />
          </div>
        )}
        {preparing && <JobProgress job={preparing} large />}
        <Recents recents={state?.recents ?? []} onOpen={openAt} />
        <footer className="faint">
          Version {state?.version} · Works offline; nothing leaves this computer unless you export it.
        </footer>
      </div>
    </main>
  );
}

type WayProps = {
  icon: "plus" | "folder" | "demo";
  name: string;
  what: string;
  testId: string;
  busy?: boolean;
  onClick: () => void;
};

function Way({ icon, name, what, testId, busy, onClick }: WayProps) {
  return (
    <button type="button" className="start-way" data-testid={testId} disabled={busy} onClick={onClick}>
      <Icon name={icon} size={22} />
      <span>
        <strong>{name}</strong>
        <span className="faint">{busy ? "Opening…" : what}</span>
      </span>
    </button>
  );
}

function NewEngagement({ onCancel }: { onCancel: () => void }) {
  const [client, setClient] = useState("");
  const create = useAct("create_project");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const name = client.trim();
    if (name === "") return;
    try {
      const [path] = await call("choose_path", { what: "new_project", suggested_name: name });
      if (path === undefined) return;
      await create.mutateAsync({ path, client: name });
    } catch (error) {
      tellError("The engagement was not made", error as Error);
    }
  };
  return (
    <form className="start-new" onSubmit={submit}>
      <TextInput
        label="Client"
        description={START.clientNote}
        value={client}
        onChange={(event) => setClient(event.target.value)}
        data-testid="new-client"
        data-autofocus
        autoFocus
      />
      <div className="row">
        <Button type="submit" disabled={client.trim() === ""} loading={create.isPending} data-testid="new-create">
          Choose where to keep it…
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Recents({ recents, onOpen }: { recents: Recent[]; onOpen: (path: string) => void }) {
  const client = useQueryClient();
  const forget = useAct("forget_recent");
  if (recents.length === 0) return null;
  const remove = (path: string) =>
    forget.mutate(
      { path },
      {
        onSuccess: (state) => client.setQueryData(keyOf("app_state", null), state),
        onError: (error) => tellError("The entry was not removed", error),
      },
    );
  return (
    <section aria-label="Recent engagements">
      <h2>Recent</h2>
      <ul className="start-recents">
        {recents.map((recent) => (
          <li key={recent.path} data-testid="recent">
            <button
              type="button"
              className="start-recent"
              disabled={!recent.exists}
              title={recent.path}
              onClick={() => onOpen(recent.path)}
            >
              <strong>{recent.name}</strong>
              <span className="faint">{recent.exists ? recent.path : `No longer at ${recent.path}`}</span>
            </button>
            <span className="faint num">{moment(recent.opened_at)}</span>
            <Tooltip label="Remove from this list; the engagement stays where it is">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${recent.name} from the list`}
                onClick={() => remove(recent.path)}
              >
                <Icon name="close" size={14} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  );
}
