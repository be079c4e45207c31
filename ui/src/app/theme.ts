// Mantine's controls in the window's own greys and its one accent.

import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eef1fd",
  "#dbe1fb",
  "#b9c4f7",
  "#9aabff",
  "#7f92f0",
  "#6479dd",
  "#4e64c6",
  "#3d53b0",
  "#314492",
  "#283875",
];

const dark: MantineColorsTuple = [
  "#e7e9ee",
  "#c9ced8",
  "#a7aebb",
  "#8b94a3",
  "#3a3f4a",
  "#31353e",
  "#1f2228",
  "#17191e",
  "#121418",
  "#0d0f12",
];

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 3 },
  colors: { accent, dark },
  autoContrast: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "var(--mono)",
  fontSizes: { xs: "0.8125rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  defaultRadius: "0.25rem",
  cursorType: "pointer",
  components: {
    // Contrast is reckoned with the light scheme's shade of the accent; the dark scheme's is pale.
    Button: Button.extend({
      vars: (_, { variant }) => ({
        root: variant === undefined || variant === "filled" ? { "--button-color": "var(--accent-text)" } : {},
      }),
    }),
    Checkbox: { defaultProps: { iconColor: "var(--accent-text)" } },
    // The page itself never scrolls, so nothing has to lock it; the lock would add a style element.
    Modal: {
      defaultProps: {
        lockScroll: false,
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.3, blur: 0 },
      },
    },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 0 } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 0 } }, checkIconPosition: "right" } },
    Autocomplete: { defaultProps: { comboboxProps: { transitionProps: { duration: 0 } } } },
  },
});

const shared = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text-2)",
  "--mantine-color-placeholder": "var(--text-2)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-color-disabled": "var(--surface-2)",
  "--mantine-color-disabled-color": "var(--disabled)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--problem)",
};

export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });

/** The host puts its nonce on the empty style element of the page. */
export function styleNonce(): string {
  return document.querySelector<HTMLStyleElement>("head style[nonce]")?.nonce ?? "";
}
