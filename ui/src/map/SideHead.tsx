import type { ReactNode, RefObject } from "react";
import { FilterField } from "../parts/FilterField";
import { count } from "../parts/format";

type Props = {
  inputRef: RefObject<HTMLInputElement | null>;
  label: string;
  testId: string;
  text: string;
  onText: (text: string) => void;
  onEnter: () => void;
  shown: number;
  all: number;
  children?: ReactNode;
};

/** Over one side of the canvas: its filter, and how many it leaves. */
export function SideHead({ inputRef, label, testId, text, onText, onEnter, shown, all, children }: Props) {
  return (
    <div className="side-head">
      <FilterField
        inputRef={inputRef}
        className="grow"
        aria-label={`Filter: ${label}`}
        placeholder={`${label}: ${shown === all ? count(all) : `${count(shown)} of ${count(all)}`}`}
        text={text}
        onText={onText}
        onEnter={onEnter}
        testId={testId}
        // Its room is kept free of text: in characters, for figures are all as wide.
        rightSectionWidth={`calc(${count(shown).length}ch + 16px)`}
        rightSection={text === "" ? undefined : <span className="faint num side-count">{count(shown)}</span>}
      />
      {children}
    </div>
  );
}
