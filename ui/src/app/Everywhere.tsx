// What works with and without a project: the palette, the list of keys, zoom and colours, news of jobs.

import { useMantineColorScheme } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useActions } from "../parts/actions";
import { setPrefs, usePrefs } from "../parts/prefs";
import { ABOUT, FRAME } from "../words";
import { About } from "./About";
import { KeyList } from "./KeyList";
import { openPalette, Palette } from "./Palette";
import { useJobNews } from "./useJobNews";
import { useKeyboard } from "./useKeyboard";
import { Working } from "./Working";

export function Everywhere({ children }: { children: ReactNode }) {
  const { zoom, density, plainKeys } = usePrefs();
  const { setColorScheme } = useMantineColorScheme();
  const [keysShown, setKeysShown] = useState(false);
  const [aboutShown, setAboutShown] = useState(false);
  useEffect(() => {
    document.documentElement.style.fontSize = `${zoom * 16}px`;
    document.documentElement.style.setProperty("--zoom", String(zoom));
  }, [zoom]);
  useKeyboard();
  useJobNews();
  const group = "Window";
  useActions([
    { id: "palette", name: FRAME.search, group, keys: ["mod+k"], run: openPalette, always: true },
    { id: "keys", name: "List the keys", group, keys: ["?", "f1"], run: () => setKeysShown(true) },
    { id: "about", name: ABOUT.title, also: ABOUT.also, group, run: () => setAboutShown(true) },
    {
      id: "meeting",
      name: zoom === 1 ? "Meeting mode: 150 %" : "Leave meeting mode",
      also: "zoom larger",
      group,
      run: () => setPrefs({ zoom: zoom === 1 ? 1.5 : 1 }),
    },
    {
      id: "density",
      name: density === 28 ? FRAME.comfortableRows : FRAME.compactRows,
      also: "density",
      group,
      run: () => setPrefs({ density: density === 28 ? 36 : 28 }),
    },
    {
      id: "plain-keys",
      name: plainKeys ? "Turn single-letter keys off" : "Turn single-letter keys on",
      group,
      run: () => setPrefs({ plainKeys: !plainKeys }),
    },
    { id: "scheme-auto", name: "Colours: as the system", also: "theme", group, run: () => setColorScheme("auto") },
    { id: "scheme-light", name: "Colours: light", also: "theme", group, run: () => setColorScheme("light") },
    { id: "scheme-dark", name: "Colours: dark", also: "theme", group, run: () => setColorScheme("dark") },
  ]);
  return (
    <>
      <Working />
      {children}
      <Palette />
      <KeyList opened={keysShown} onClose={() => setKeysShown(false)} />
      <About opened={aboutShown} onClose={() => setAboutShown(false)} />
    </>
  );
}
