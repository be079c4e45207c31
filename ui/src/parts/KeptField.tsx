// A text that is kept when the person presses Enter or leaves it, by Esc too.

import { Textarea, TextInput } from "@mantine/core";
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

export function KeptField({ label, value, onKeep, placeholder, lines, testId, inputRef }: Props) {
  const [text, setText] = useState(value);
  // Enter keeps, and so does leaving: the same text is not kept twice.
  const kept = useRef(value);
  useEffect(() => {
    kept.current = value;
    setText(value);
  }, [value]);
  const keep = () => {
    if (text === kept.current) return;
    kept.current = text;
    onKeep(text);
  };
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
    onBlur: keep,
    onKeyDown,
  };
  if (lines)
    return <Textarea {...shared} autosize minRows={lines} maxRows={8} onChange={(e) => setText(e.target.value)} />;
  return <TextInput {...shared} ref={inputRef} onChange={(e) => setText(e.target.value)} />;
}
