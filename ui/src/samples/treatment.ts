// What may happen to a column on its way into the samples, in words.

import { ACTION_CODES, type Action, type Class } from "../ipc/bindings";

type Words = { label: string; what: string; key: string };

const WORDS: Record<Action, Words> = {
  pass: { label: "Pass", what: "Kept as it is", key: "p" },
  surrogate: { label: "Surrogate", what: "Replaced by an invented value, the same one everywhere", key: "s" },
  year: { label: "Year", what: "Only the year of a date", key: "y" },
  zip3: { label: "ZIP 3", what: "Three digits of a ZIP code, where enough people live there", key: "z" },
  drop: { label: "Drop", what: "Left out", key: "d" },
};

export const ACTIONS: readonly ({ code: Action } & Words)[] = ACTION_CODES.map((code) => ({ code, ...WORDS[code] }));

export function actionLabel(code: Action): string {
  return ACTIONS.find((action) => action.code === code)?.label ?? code;
}

export const CLASSES: Record<Class, string> = {
  NAME: "Name of a person",
  STAFF: "Name of staff",
  EMPLOYER: "Employer",
  GEO: "Address or place",
  ZIP: "ZIP code",
  DATE: "Date about a person",
  PHONE: "Telephone",
  FAX: "Fax",
  EMAIL: "E-mail",
  SSN: "Social security number",
  MRN: "Chart or employee number",
  PLAN: "Health plan number",
  ACCT: "Account number",
  LIC: "Licence or certificate",
  VEHICLE: "Vehicle",
  DEVICE: "Device",
  URL: "Web address",
  IP: "Network address",
  BIO: "Biometric",
  PHOTO: "Photograph",
  UID: "Other unique number",
  FREETEXT: "Free text",
  NONE: "No identifier",
};
