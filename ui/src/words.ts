// What the window says, by the screen that says it: one home, so that it can be said in another language.

export const FRAME = {
  showDetails: "Show the details",
  closeDetails: "Close the details",
  nothingSelected: "Details show once something is selected",
  search: "Search actions, tables and columns",
  noMatches: "No matches",
  comfortableRows: "Comfortable rows",
  compactRows: "Compact rows",
  collapse: "Collapse",
  collapseRail: "Collapse the rail",
  expandRail: "Expand the rail",
} as const;

export const ABOUT = {
  title: "About Crosswalk",
  also: "version licence license commit",
  version: "Version",
  commit: "Commit",
  committed: "Committed",
  unknown: "not known",
  parts: "Third-party software",
  part: "Name",
  licence: "Licence",
  kind: "Kind",
  filter: "Filter by name or licence",
  noneFound: "Nothing has this in its name or licence",
  notRead: "The list was not read",
} as const;

export const START = {
  clientNote: "Name shown on workbooks",
} as const;

export const HISTORY = {
  yourName: "Your name",
  action: "Action",
  details: "Details",
  /** What was no edit, such as showing raw values. */
  acted: "Action",
} as const;

export const HAND_OVER = {
  changeSettings: "Change settings",
  preview: "Preview",
  reading: "Reading…",
  masked: "the first records, masked",
  exportCheck: "Export format check…",
  dontLoad: "Don't load",
  notLoaded: "not loaded",
  separator: "Separator",
  otherSeparator: "Other",
  quoteEscape: "Quote escape",
  linesToSkip: "Lines to skip",
} as const;

export const SNAPSHOT = {
  notLoaded: "Not loaded",
  objects: "Views and triggers (not executed)",
  statements: "Statements read, not executed",
  toReview: ["decision to review", "decisions to review"],
  toReviewShort: "to review",
  checksum: "Checksum",
  checksums: "Checksums",
  checksumsOnly: "Checksums only",
  calculate: "Calculate the checksums",
  calculating: "Reading every row once…",
} as const;

export const REJECTS = {
  repair: "Repair field counts",
  original: "Original record",
  originalMasked: "Original record, masked",
  uncorrectedOnly: "Uncorrected only",
} as const;

export const TABLES = {
  byRows: "Tables with or without rows",
  all: "All",
  onlyFilled: "With rows",
  onlyEmpty: "Empty",
  withinDatabase: "in each database",
  mixed: "Mixed",
  unchanged: "Unchanged",
  decidedSeparately: "Columns decided separately",
  useTables: "Use table's disposition",
  minimum: "Minimum",
  maximum: "Maximum",
  create: "Create",
  writeReason: "Write the reason",
  setModule: "Set the module",
  role: "Role",
  lastUsed: "Last used",
  person: "Person by",
  issues: "Issues",
  deadSince: "not used since",
  atAGlance: "At a glance",
  relationships: "Relationships",
  findRelationships: "Find relationships",
  relationshipsNotFound: "The relationships were not found",
  noRelationships: "It points at no table, and none points at it.",
  pointedAt: "Pointed at by",
  orElse: "or else",
  confirm: "Confirm",
  reject: "Reject",
  byYear: "Rows by year",
  personData: "Person data",
  onlyPersonData: "Only tables whose rows reach a person",
  looking: "Looking at the tables…",
  inUse: "In use",
  onlyInUse: "Only tables with rows that were used in the last years",
  noPerson: "no way to a person was found",
  people: "People",
  repeats: "Repeated",
} as const;

export const ANALYSIS = {
  title: "Analysis",
  notYet: "This table was not analyzed yet: shapes, years, codes and issues show once it was.",
  analyzeTable: "Analyze this table",
  analyzeAll: "Analyze all tables",
  allValues: "All values…",
  valuesOf: "Values of",
  value: "Value",
  order: "Order of the values",
  mostRows: "Most frequent first",
  fewestRows: "Rarest first",
  openRows: "Open one to see its rows.",
  backToValues: "All values",
  rowsOfValue: "Rows that hold the value",
  countingValues: "Counting the values…",
  findingRows: "Finding the rows…",
  noValues: "The column holds no value",
  valuesNotRead: "The values were not read",
  rowsNotRead: "The rows were not read",
  holds: "Looks like",
  sureness: { sure: "sure", likely: "likely", possible: "possible" },
  issues: "Issues",
  meant: "Say something",
  standForNone: "May mean none",
  whiteSpace: "White space only",
  years: "Rows by year",
  written: "Written",
  span: "From, to",
  early: "Earlier",
  ambiguous: "Day or month?",
  numbers: "Numbers",
  mean: "Mean ± deviation",
  quartiles: "Quartiles",
  zeros: "Zero",
  negatives: "Negative",
  error: "Quartiles to",
  shapes: "Shapes",
  otherShapes: "Other shapes",
  lengths: "Lengths",
} as const;

export const QUALITY = {
  title: "Data quality",
  filter: "Filter by table, column or issue",
  issue: "Issue",
  person: "Person data",
  noIssues: "No issue was found",
  notAnalyzed: "No table was analyzed yet",
  notAnalyzedWhy:
    "The analysis reads every row once and finds dates in the future, values that stand for none, text that was cut, and more. It runs in the background.",
  analyzed: "analyzed",
  notRead: "The issues were not read",
} as const;

export const SAMPLES = {
  waiting: "Looking at every column…",
  preview: "Before and after",
  chooseTable: "Choose a table",
  whichTable: "Which table?",
  whichTableWhy: "Choose one above, or select a column in the list first.",
  confidence: "Confidence",
  identifierType: "Identifier type",
  treat: "Treat the column",
  reset: "Reset to automatic",
} as const;

export const JOBS = {
  done: "done",
  warned: "done, with warnings",
  failed: "failed",
  cancelled: "cancelled",
  loaded: "loaded",
  rejected: "rejected",
  withWarnings: "with warnings",
  showRejects: "Show rejects",
  showLedger: "Show the ledger",
} as const;

export const MASKING = {
  unmask: "Unmask",
  mask: "Mask again",
  also: "raw values",
} as const;

export const GRID = {
  columns: "Columns",
  earlier: "move left",
  later: "move right",
  hint: "Drag a name for its place, its edge for its width. Keys on a name: Alt and ← →, with Shift for the width.",
  reset: "Reset the columns",
  copy: "Copy the selected rows",
  copied: "Copied",
  notCopied: "The rows were not copied",
} as const;
