// Small things every screen uses.

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { ColumnState } from "../ipc/bindings";
import { percent } from "./format";
import { Icon, type IconName } from "./icons";
import { written } from "./keys";
import { copyDetails } from "./notices";

export function FilledBar({ value, label }: { value: number; label?: string }) {
  return (
    <span className="filled" title={label}>
      <span className="filled-track" aria-hidden>
        <span className="filled-bar" style={{ width: `${Math.max(0, Math.min(100, value))}%` }} />
      </span>
      <span className="filled-figure">{percent(value)}</span>
    </span>
  );
}

/** A column whose values the snapshot does not hold: it is neither empty nor filled. */
export function AbsentMark({ state }: { state: ColumnState }) {
  return (
    <span className="absent-mark" title={`${state}: what the legacy system holds there is not known here`}>
      {state}
    </span>
  );
}

export function Keys({ keys }: { keys: string }) {
  return <kbd>{written(keys)}</kbd>;
}

/** Facts as pairs. A missing one is left out. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {of
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

type EmptyProps = { icon: IconName; title: string; children?: ReactNode; action?: ReactNode };

/** What belongs here, and the one next step. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} size={36} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

type FailureProps = { what: string; error: Error; retry?: () => void };

export function Failure({ what, error, retry }: FailureProps) {
  return (
    <div className="failure" role="alert">
      <Icon name="warn" />
      <div>
        <strong>{what}</strong>
        <p>{error.message}</p>
        <div className="row">
          {retry && (
            <Button size="compact-sm" variant="default" onClick={retry}>
              Try again
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" onClick={() => copyDetails(what, error)}>
            Copy details
          </Button>
        </div>
      </div>
    </div>
  );
}

export function Waiting({ what }: { what: string }) {
  return (
    <div className="waiting-note" role="status">
      {what}
    </div>
  );
}

export function Problem({ children }: { children: ReactNode }) {
  return (
    <span className="problem">
      <span aria-hidden>▲</span> {children}
    </span>
  );
}
