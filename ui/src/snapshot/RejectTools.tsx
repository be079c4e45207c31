import { Button, Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { RejectGroup, RejectQuery, Retried } from "../ipc/bindings";
import { call } from "../ipc/client";
import { refreshAll, useAct, useJobsSoon } from "../ipc/queries";
import { count, counted } from "../parts/format";
import { tell, tellError } from "../parts/notices";
import { REJECTS } from "../words";

type Props = { query: RejectQuery; groups: RejectGroup[]; total: number };

/** What is done to all rejects that are listed. */
export function RejectTools({ query, groups, total }: Props) {
  const exporting = useExport(query);
  const retry = useRetry();
  const takeBack = useTakeBack();
  const text = groups.some(({ form }) => form === "delimited");
  const corrected = groups.some((group) => group.corrected > 0);
  const makeFit = (pad: boolean, cut: boolean) => retry.run({ edited: null, one: null, query, pad, cut });
  return (
    <div className="row">
      {text && (
        <Menu>
          <Menu.Target>
            <Button size="xs" variant="default" data-testid="fit-rejects" loading={retry.busy}>
              {REJECTS.repair}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Delimited text, of the rejects listed here</Menu.Label>
            <Menu.Item onClick={() => makeFit(true, false)}>Pad short records with blank fields</Menu.Item>
            <Menu.Item onClick={() => makeFit(false, true)}>Cut surplus fields that are blank</Menu.Item>
            <Menu.Item onClick={() => makeFit(true, true)}>Both</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" data-testid="export-rejects" disabled={total === 0}>
            Export…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => exporting(false)}>Masked, to look at</Menu.Item>
          <Menu.Item onClick={() => exporting(true)}>With people's data, to correct it (logged)</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        size="xs"
        variant="default"
        data-testid="read-corrected"
        disabled={total === 0}
        loading={retry.busy}
        onClick={async () => {
          const [edited] = await call("choose_path", { what: "open_rejects", suggested_name: null });
          if (edited) retry.run({ edited, one: null, query, pad: false, cut: false });
        }}
      >
        Read a corrected file…
      </Button>
      {corrected && (
        <Button size="xs" variant="default" data-testid="take-back" loading={takeBack.busy} onClick={takeBack.run}>
          Take the latest back
        </Button>
      )}
    </div>
  );
}

function useExport(query: RejectQuery) {
  return async (raw: boolean) => {
    try {
      const [path] = await call("choose_path", { what: "save_rejects", suggested_name: "rejects.csv" });
      if (!path) return;
      const written = await call("export_rejects", { path, query, raw });
      const what = `${counted(written.rejects, "reject")} in ${written.path}.`;
      const text = raw ? `${what} The file holds people's data.` : what;
      tell({ title: "Rejects exported", text, tone: "done" });
    } catch (error) {
      tellError("The rejects were not exported", error as Error);
    }
  };
}

/** Reads rejects again, and says what came of it. */
export function useRetry() {
  const client = useQueryClient();
  const act = useAct("retry_rejects");
  useJobsSoon(act.isPending);
  const run = (request: Parameters<typeof act.mutate>[0], then?: (told: Retried) => void) => {
    act.mutate(request, {
      onSuccess: (told) => {
        refreshAll(client);
        tell({ title: "Rejects read again", text: words(told), tone: told.rejected > 0 ? "attention" : "done" });
        then?.(told);
      },
      onError: (error) => tellError("The rejects were not read again", error),
    });
  };
  return { run, busy: act.isPending };
}

function words({ tried, corrected, rejected, reasons }: Retried): string {
  if (tried === 0) return "There was nothing to read again.";
  const why = reasons[0] ? ` Most often: ${reasons[0].reason}.` : "";
  return `${counted(corrected, "row")} more; ${count(rejected)} of ${count(tried)} stay rejected.${why}`;
}

function useTakeBack() {
  const client = useQueryClient();
  const act = useAct("take_back_retry");
  useJobsSoon(act.isPending);
  const run = () =>
    act.mutate(null, {
      onSuccess: ({ rejects }) => {
        refreshAll(client);
        tell({ title: "Taken back", text: `${counted(rejects, "row")} became rejects again.`, tone: "done" });
      },
      onError: (error) => tellError("It was not taken back", error),
    });
  return { run, busy: act.isPending };
}
