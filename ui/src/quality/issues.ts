import type { DataIssue } from "../ipc/bindings";

export function idOf({ table, name, trouble }: DataIssue): string {
  return `${table} ${name} ${trouble}`;
}

/** Those whose table, column or words hold the text, whatever the case. */
export function matching(issues: readonly DataIssue[], text: string): DataIssue[] {
  const wanted = text.trim().toLowerCase();
  return issues.filter(({ table, name, label, sentence }) =>
    [table, name, label, sentence].some((part) => part.toLowerCase().includes(wanted)),
  );
}
