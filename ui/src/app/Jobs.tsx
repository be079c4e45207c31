import { Button, Popover } from "@mantine/core";
import type { JobFacts } from "../ipc/bindings";
import { useJobs } from "../ipc/queries";
import { duration } from "../parts/format";
import { JobProgress } from "../parts/JobProgress";
import { showInFolder } from "./useJobNews";

const STATES = {
  running: "",
  done: "Done",
  warned: "With warnings",
  failed: "Failed",
  cancelled: "Cancelled",
} as const;

/** What runs in the background, and what ran. */
export function Jobs() {
  const jobs = useJobs();
  const running = jobs.filter((job) => job.state === "running").length;
  return (
    <Popover position="bottom-end" width={380}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={running > 0 ? "light" : "subtle"}
          color={running > 0 ? undefined : "gray"}
          data-testid="jobs"
        >
          {running > 0 ? `${running} running` : "Jobs"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {jobs.length === 0 ? (
          <p className="jobs-none">Loads and exports run in the background and are listed here.</p>
        ) : (
          <ul className="jobs">
            {[...jobs].reverse().map((job) => (
              <li key={job.id}>{job.state === "running" ? <JobProgress job={job} /> : <Ended job={job} />}</li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Ended({ job }: { job: JobFacts }) {
  const { path } = job;
  return (
    <>
      <div className="row">
        <strong className="grow">{job.label}</strong>
        <span className={job.state === "failed" ? "problem" : job.state === "warned" ? "attention" : "faint"}>
          {STATES[job.state]}
        </span>
        <span className="faint num">{duration(job.seconds)}</span>
      </div>
      <p className="jobs-message">{job.message}</p>
      {path && (
        <Button size="compact-xs" variant="default" onClick={() => showInFolder(path)}>
          Show in folder
        </Button>
      )}
    </>
  );
}
