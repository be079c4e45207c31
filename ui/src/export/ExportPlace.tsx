import { Button, NumberInput } from "@mantine/core";
import { useState } from "react";
import { create } from "zustand";
import type { ExportKind, ExportPreview, JobFacts } from "../ipc/bindings";
import { call } from "../ipc/client";
import { useAct, useAnswer, useJobs } from "../ipc/queries";
import { useActions } from "../parts/actions";
import { Failure, Waiting } from "../parts/Bits";
import { count, counted } from "../parts/format";
import { Icon } from "../parts/icons";
import { JobProgress } from "../parts/JobProgress";
import { tellError } from "../parts/notices";
import "./export.css";

const WORDS = {
  map: {
    title: "Migration map",
    what: "What becomes of every table and column, for the client to sign and the engineers to build from. It holds no source values beyond deidentified samples.",
    button: "Export the map…",
  },
  samples: {
    title: "Deidentified samples",
    what: "Some rows of every table with identifiers replaced, reduced or left out. The finished workbook is checked for identifiers before it is kept.",
    button: "Export the samples…",
  },
  profile: {
    title: "Profile",
    what: "Usage of every table and column, what is wrong in them, and frequent values, deidentified. Laid out as a WhiteRabbit scan report.",
    button: "Export the profile…",
  },
} as const;

/** The last export of each kind, so that its outcome is still there after a look elsewhere. */
const useLast = create<Partial<Record<ExportKind, number>>>(() => ({}));

export function ExportPlace() {
  return (
    <section className="screen" aria-label="Export">
      <header className="screen-head">
        <h1>Export</h1>
        <span className="faint">Three workbooks. Nothing else leaves this computer.</span>
      </header>
      <div className="scroll export-cards">
        <ExportCard kind="map" />
        <ExportCard kind="samples" />
        <ExportCard kind="profile" />
      </div>
    </section>
  );
}

function ExportCard({ kind }: { kind: ExportKind }) {
  const words = WORDS[kind];
  const { data, error, refetch } = useAnswer("export_preview", { kind });
  const last = useLast((jobs) => jobs[kind]);
  const job = useJobs().find((one) => one.id === last);
  const [rows, setRows] = useState(20);
  const start = useAct("start_export");
  const running = job?.state === "running";
  const write = async (preview: ExportPreview) => {
    try {
      const [path] = await call("choose_path", { what: "save_workbook", suggested_name: preview.default_name });
      if (path === undefined) return;
      const begun = await start.mutateAsync({ kind, path, rows: kind === "samples" ? rows : null });
      useLast.setState({ [kind]: begun.id });
    } catch (failure) {
      tellError("The export did not start", failure as Error);
    }
  };
  useActions([
    {
      id: `export-${kind}`,
      name: words.button.replace("…", ""),
      group: "Export",
      enabled: data !== undefined && !running,
      run: () => data && write(data),
    },
  ]);
  return (
    <article className="export-card" aria-labelledby={`export-title-${kind}`}>
      <h2 id={`export-title-${kind}`}>{words.title}</h2>
      <p className="faint">{words.what}</p>
      {error && <Failure what="The export was not prepared" error={error} retry={() => refetch()} />}
      {!data && !error && <Waiting what="Counting…" />}
      {data && (
        <>
          <Remarks remarks={data.remarks} />
          <Sheets preview={data} />
          <span className="export-name">
            <Icon name="file" size={15} /> {data.default_name}
          </span>
          <div className="export-foot">
            {kind === "samples" && (
              <NumberInput
                size="xs"
                w="11rem"
                label="Rows of each table"
                min={1}
                max={1000}
                allowDecimal={false}
                value={rows}
                data-testid="sample-rows-each"
                onChange={(value) => setRows(Math.max(1, Number(value) || 1))}
              />
            )}
            <span className="grow" />
            <Button
              data-testid={`export-${kind}`}
              loading={start.isPending}
              disabled={running}
              onClick={() => write(data)}
            >
              {words.button}
            </Button>
          </div>
        </>
      )}
      {job && <Outcome job={job} kind={kind} />}
    </article>
  );
}

function Remarks({ remarks }: { remarks: string[] }) {
  if (remarks.length === 0) return null;
  return (
    <ul className="remarks" aria-label="Before you send it">
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  );
}

function Sheets({ preview }: { preview: ExportPreview }) {
  const rows = preview.sheets.reduce((sum, sheet) => sum + sheet.rows, 0);
  return (
    <>
      <h3>
        {counted(preview.sheets.length, "sheet")}, {counted(rows, "row")}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must be able to scroll it. */}
      <section className="sheets" tabIndex={0} aria-label={`Sheets of the workbook: ${preview.default_name}`}>
        <table>
          <tbody>
            {preview.sheets.map((sheet) => (
              <tr key={sheet.name}>
                <th scope="row">{sheet.name}</th>
                <td className="faint">{sheet.what}</td>
                <td className="num">{count(sheet.rows)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Outcome({ job, kind }: { job: JobFacts; kind: ExportKind }) {
  if (job.state === "running") return <JobProgress job={job} large />;
  if (job.state === "failed") return <Refusal message={job.message} />;
  const { path } = job;
  return (
    <div className="outcome" role="status" data-testid={`exported-${kind}`}>
      <p>
        <span className={job.state === "done" ? "done" : "attention"}>
          {job.state === "cancelled" ? "Cancelled" : "✓ Written"}
        </span>{" "}
        {job.message}
      </p>
      {job.warnings.map((warning) => (
        <p key={warning}>{warning}</p>
      ))}
      {path && (
        <div className="row">
          <span className="mono grow export-path">{path}</span>
          <Button
            size="compact-sm"
            variant="default"
            data-testid="show-file"
            onClick={() =>
              call("show_file", { kind, path, rows: null }).catch((error) =>
                tellError("The folder was not opened", error),
              )
            }
          >
            Show in folder
          </Button>
        </div>
      )}
    </div>
  );
}

/** An export that was refused: the whole reason, to be read and to be passed on. */
function Refusal({ message }: { message: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(message);
    setCopied(true);
  };
  return (
    <div className="failure refusal" role="alert" data-testid="export-refused">
      <Icon name="warn" />
      <div>
        <strong>Nothing was written</strong>
        <p>{message}</p>
        <Button size="compact-sm" variant="default" onClick={copy}>
          {copied ? "Copied" : "Copy details"}
        </Button>
      </div>
    </div>
  );
}
