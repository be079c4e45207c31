// A text that is kept when the person presses Enter or leaves it, by Esc too.

import { Autocomplete, Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, type Ref, useEffect, useRef, useState } from "react";
import { backToList, leaveField } from "./focus";

type Props = {
  label: string;
  value: string;
  onKeep: (value: string) => void;
  placeholder?: string;
  /** Grows with its text, from this many lines. */
  lines?: number;
  testId?: string;
  inputRef?: Ref<HTMLInputElement>;
};

/** Enter keeps, and so does leaving: the same text is not kept twice. */
function useKept(value: string, onKeep: (value: string) => void) {
  const [text, setText] = useState(value);
  const kept = useRef(value);
  useEffect(() => {
    kept.current = value;
    setText(value);
  }, [value]);
  const keep = (now = text) => {
    if (now === kept.current) return;
    kept.current = now;
    onKeep(now);
  };
  return { text, setText, keep };
}

export function KeptField({ label, value, onKeep, placeholder, lines, testId, inputRef }: Props) {
  const { text, setText, keep } = useKept(value, onKeep);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      keep();
      leaveField();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      keep();
      backToList(event.currentTarget);
    }
  };
  const shared = {
    label,
    value: text,
    placeholder,
    size: "xs" as const,
    "data-testid": testId,
    onBlur: () => keep(),
    onKeyDown,
  };
  if (lines)
    return <Textarea {...shared} autosize minRows={lines} maxRows={8} onChange={(e) => setText(e.target.value)} />;
  return <TextInput {...shared} ref={inputRef} onChange={(e) => setText(e.target.value)} />;
}

type ChoiceProps = Omit<Props, "lines" | "inputRef"> & { choices: string[] };

/** The same for a text that is mostly one of a few. */
export function KeptChoice({ label, value, choices, onKeep, placeholder, testId }: ChoiceProps) {
  const { text, setText, keep } = useKept(value, onKeep);
  return (
    <Autocomplete
      size="xs"
      label={label}
      placeholder={placeholder}
      value={text}
      data={choices}
      data-testid={testId}
      onChange={setText}
      onOptionSubmit={(chosen) => {
        // What has a place for the client's own word is to be written on.
        if (!chosen.includes("<")) keep(chosen);
      }}
      onBlur={() => keep()}
    />
  );
}
