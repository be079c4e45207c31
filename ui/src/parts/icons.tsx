// Line icons, 20 × 20, drawn in the colour of the text beside them. They never stand alone without a name.

const PATHS = {
  snapshot: "M3.5 6.5 10 3l6.5 3.5v7L10 17l-6.5-3.5zM3.5 6.5 10 10l6.5-3.5M10 10v7",
  tables: "M3 4.5h14v11H3zM3 8.2h14M3 11.8h14M8 4.5v11",
  map: "M3 4h4v3.5H3zM3 12.5h4V16H3zM13 8.2h4v3.6h-4zM7 5.8c4 0 2 4.2 6 4.2M7 14.2c4 0 2-4.2 6-4.2",
  values: "M3 6h5M3 10h5M3 14h5M12 6h5M12 10h5M12 14h5M9 6l2 4M9 10l2-4M9 14h2",
  samples: "M7 3h6M8.5 3v5L4.5 15a1.5 1.5 0 0 0 1.3 2h8.4a1.5 1.5 0 0 0 1.3-2l-4-7V3M6.3 12h7.4",
  verify: "M10 2.8 16 5v4.6c0 3.6-2.4 6.2-6 7.6-3.6-1.4-6-4-6-7.6V5zM7.2 9.8l2 2 3.8-4",
  rehearse: "M10 4.5a6.2 6.2 0 1 1 0 12.4 6.2 6.2 0 0 1 0-12.4zM10 7.5v3.4l2.2 1.6M8 2.5h4",
  quality: "M10 3.2 17.4 16H2.600zM10 8v4M10 13.700v.6",
  person: "M10 3.6a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM4.200 16.400c.5-3.300 2.800-5 5.800-5s5.300 1.700 5.800 5",
  export: "M10 12.5V3.2M6.6 6.4 10 3l3.4 3.4M4 11.5V16h12v-4.5",
  undo: "M7.5 4.5 3.8 8.2l3.7 3.7M4 8.2h7.2a4.3 4.3 0 0 1 0 8.6H8",
  redo: "M12.5 4.5l3.7 3.7-3.7 3.7M16 8.2H8.800a4.3 4.3 0 0 0 0 8.600H12",
  search: "M8.8 3.500a5.3 5.3 0 1 1 0 10.6 5.3 5.3 0 0 1 0-10.600zM12.7 12.7 16.8 16.8",
  panel: "M3 4h14v12H3zM12.5 4v12",
  close: "M5.5 5.500l9 9M14.5 5.500l-9 9",
  file: "M5 2.800h6.500L15 6.300v10.900H5zM11.5 2.800v3.500H15",
  folder: "M2.8 5h5l1.6 2h7.800v9H2.800z",
  warn: "M10 3.2 17.4 16H2.600zM10 8v4M10 13.700v.6",
  done: "M4 10.500l4 4 8-9",
  eye: "M2.5 10S5.3 5 10 5s7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5zM10 7.800a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.400z",
  collapse: "M11.5 5.5 7 10l4.5 4.5",
  expand: "M8.5 5.5 13 10l-4.5 4.5",
  up: "M5.5 12 10 7.5 14.5 12",
  columns: "M3 4.500h14v11H3zM7.700 4.500v11M12.300 4.500v11",
  down: "M5.5 8 10 12.5 14.5 8",
  plus: "M10 4v12M4 10h12",
  trash: "M4.5 6h11M8 6V4h4v2M6 6l.7 10.500h6.600L14 6M8.700 9v4.500M11.300 9v4.500",
  copy: "M7 7h9v9H7zM4 13V4h9",
  pencil: "M4 16l.8-3.400 8.600-8.600 2.600 2.600-8.600 8.600zM11.800 5.600l2.600 2.600",
  demo: "M6 4l10 6-10 6z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={`${size / 16}rem`}
      height={`${size / 16}rem`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
