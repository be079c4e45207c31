import { Button } from "@mantine/core";
import type { JobFacts } from "../ipc/bindings";
import { useAct } from "../ipc/queries";
import { share } from "./format";
import { tellError } from "./notices";
import { figuresOf } from "./progress";

/** A job that runs: phase, how far, how fast, how long still, and a way to stop it. */
export function JobProgress({ job, large }: { job: JobFacts; large?: boolean }) {
  const cancel = useAct("cancel_job");
  const known = job.total > 0;
  const part = share(job.done, job.total);
  return (
    <div className="job-progress" data-large={large || undefined} data-testid="job-progress">
      <div className="row">
        <strong className="grow">{job.label}</strong>
        <Button
          size={large ? "xs" : "compact-xs"}
          variant="default"
          loading={cancel.isPending}
          data-testid="cancel-job"
          onClick={() =>
            cancel.mutate({ id: job.id }, { onError: (error) => tellError("The job was not cancelled", error) })
          }
        >
          Cancel
        </Button>
      </div>
      <div
        className="job-track"
        role="progressbar"
        aria-label={job.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? Math.round(part) : undefined}
        data-unknown={known ? undefined : true}
      >
        <span style={known ? { width: `${part}%` } : undefined} />
      </div>
      <div className="job-figures">
        {figuresOf(job).map((figure) => (
          <span key={figure}>{figure}</span>
        ))}
      </div>
    </div>
  );
}
