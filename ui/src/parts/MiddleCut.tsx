/** How much of the end always stays. */
const END = 12;

/** A name that is cut in the middle where there is no room for it, so that both ends tell it apart; whole on hover. */
export function MiddleCut({ text }: { text: string }) {
  const letters = [...text];
  if (letters.length <= END * 1.5) return <span title={text}>{text}</span>;
  return (
    <span className="middle-cut" title={text}>
      <span>{letters.slice(0, -END).join("")}</span>
      <span>{letters.slice(-END).join("")}</span>
    </span>
  );
}
