import type { Disposition } from "../ipc/bindings";
import { DISPOSITIONS, wordFor } from "./disposition";
import "./parts.css";

export function DispositionLetter({ of }: { of: Disposition }) {
  const word = wordFor(of);
  return (
    <span className="letter" data-of={of} title={word.label} aria-hidden>
      {word.letter}
    </span>
  );
}

export function DispositionBadge({ of, quiet }: { of: Disposition; quiet?: boolean }) {
  return (
    <span className="disposition" data-quiet={quiet || undefined}>
      <DispositionLetter of={of} />
      <span className="disposition-word" data-of={of}>
        {wordFor(of).label}
      </span>
    </span>
  );
}

type ChoiceProps = {
  label: string;
  value: Disposition | null;
  onChange: (value: Disposition) => void;
  /** Tells the keys, where they work. Most are the letter itself. */
  showKeys?: boolean;
  /** For a column: undecided gives it back to its table. */
  undecidedLabel?: string;
};

export function DispositionChoice({ label, value, onChange, showKeys, undecidedLabel }: ChoiceProps) {
  return (
    <fieldset className="disposition-choice" aria-label={label}>
      {DISPOSITIONS.map((word) => (
        <button
          key={word.code}
          type="button"
          aria-pressed={value === word.code}
          title={showKeys ? `Key ${word.key.toUpperCase()}` : undefined}
          data-testid={`set-${word.code}`}
          onClick={() => onChange(word.code)}
        >
          <DispositionLetter of={word.code} />
          <span>{word.code === "undecided" ? (undecidedLabel ?? word.label) : word.label}</span>
          {showKeys && word.key.toUpperCase() !== word.letter && <kbd>{word.key.toUpperCase()}</kbd>}
        </button>
      ))}
    </fieldset>
  );
}
