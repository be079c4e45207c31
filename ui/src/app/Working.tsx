import { useIsFetching, useIsMutating } from "@tanstack/react-query";

/** A sign of life for whatever takes longer than a blink; shorter waits never show it. */
export function Working() {
  const asking = useIsFetching({ predicate: ({ queryKey }) => queryKey[0] !== "jobs" });
  const acting = useIsMutating();
  if (asking + acting === 0) return null;
  return <div className="working" aria-hidden />;
}
