import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useEffect } from "react";
import { useAppState, useProject } from "../ipc/queries";
import { Failure, Waiting } from "../parts/Bits";
import { tell } from "../parts/notices";
import { Start } from "../start/Start";
import { Everywhere } from "./Everywhere";
import { Frame } from "./Frame";
import { styleNonce, theme, variables } from "./theme";

// The engine is on this machine: a second try would answer the same, and nothing changes behind the window's back.
const client = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, networkMode: "always", staleTime: Number.POSITIVE_INFINITY },
    mutations: { retry: false, networkMode: "always" },
  },
});

export function App() {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        cssVariablesResolver={variables}
        getStyleNonce={styleNonce}
      >
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" limit={3} />
          <Window />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}

function Window() {
  const state = useAppState();
  const project = useProject();
  const notice = state.data?.notice ?? null;
  useEffect(() => {
    if (notice !== null) tell({ title: "At the start", text: notice, tone: "problem" });
  }, [notice]);
  if (state.error) {
    return <Failure what="The program did not start" error={state.error} retry={() => state.refetch()} />;
  }
  if (!state.data) return <Waiting what="Opening…" />;
  return <Everywhere>{project ? <Frame key={project.path} project={project} /> : <Start />}</Everywhere>;
}
