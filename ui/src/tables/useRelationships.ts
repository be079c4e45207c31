// What points at what in the whole database. Looking for it reads every key, so a person asks for it once.

import { create } from "zustand";
import { useAnswer, useJobsSoon, useRunning } from "../ipc/queries";

const useAsked = create<{ asked: boolean }>(() => ({ asked: false }));

export const askForRelationships = () => useAsked.setState({ asked: true });

export function useRelationships() {
  const asked = useAsked((state) => state.asked);
  const { data, error, isFetching, refetch } = useAnswer(
    "relationships",
    { table: null },
    { enabled: asked, keep: true },
  );
  useJobsSoon(isFetching);
  const job = useRunning("relationships");
  return { asked, data, error, refetch, job };
}
