/** How much of the end always stays. */
const END = 12;

/** A name that is cut in the middle where there is no room for it, so that both ends tell it apart. */
export function MiddleCut({ text }: { text: string }) {
  const letters = [...text];
  if (letters.length <= END * 1.5) return <span className="end-cut">{text}</span>;
  return (
    <span className="middle-cut">
      <span>{letters.slice(0, -END).join("")}</span>
      <span>{letters.slice(-END).join("")}</span>
    </span>
  );
}
