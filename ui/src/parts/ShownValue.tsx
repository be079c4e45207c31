import type { Shown } from "../ipc/bindings";
import { cut, markOf, pieces } from "./shown";

/** A source value. Masked unless the engine said otherwise; never an empty place. */
export function ShownValue({ value, most = 80 }: { value: Shown; most?: number }) {
  const mark = markOf(value);
  if (mark !== null) {
    return (
      <span className="mark" data-mark={value.mark} title={value.text || undefined}>
        {mark}
        {value.mark === "binary" && value.text && ` ${value.text}`}
      </span>
    );
  }
  const text = cut(value.text, most);
  return (
    <span className="value" data-masked={value.masked || undefined} title={value.text}>
      {pieces(text).map((piece, at) =>
        piece.sign ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name but their place.
          <span key={at} className="sign">
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </span>
  );
}
