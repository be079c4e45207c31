// The filter of a list. Enter and ↓ go into what it left, Esc clears it.

import { TextInput, type TextInputProps } from "@mantine/core";
import type { KeyboardEvent, Ref } from "react";
import { backToList, enterList } from "./focus";

type Props = Omit<TextInputProps, "value" | "onChange" | "ref"> & {
  inputRef?: Ref<HTMLInputElement>;
  text: string;
  onText: (text: string) => void;
  testId: string;
  /** Where the list has two sides: goes to the one that is filtered. */
  onEnter?: () => void;
};

export function FilterField({ inputRef, text, onText, testId, onEnter, ...rest }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      event.stopPropagation();
      if (onEnter) onEnter();
      else enterList(event.currentTarget);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (text === "") backToList(event.currentTarget);
      else onText("");
    }
  };
  return (
    <TextInput
      size="xs"
      {...rest}
      ref={inputRef}
      value={text}
      data-testid={testId}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
