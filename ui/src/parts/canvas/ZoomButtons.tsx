type Props = {
  zoom: number;
  onZoom: (steps: number) => void;
  onReset: () => void;
  /** Shows all there is, where that can be done. */
  onFit?: { name: string; run: () => void };
};

export function ZoomButtons({ zoom, onZoom, onReset, onFit }: Props) {
  return (
    <fieldset className="canvas-zoom" aria-label="Zoom">
      <button type="button" aria-label="Zoom out" onClick={() => onZoom(-1)}>
        −
      </button>
      <button type="button" aria-label="Back to 100 %" onClick={onReset}>
        {Math.round(zoom * 100)} %
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => onZoom(1)}>
        +
      </button>
      {onFit && (
        <button type="button" data-testid="zoom-all" onClick={onFit.run}>
          {onFit.name}
        </button>
      )}
    </fieldset>
  );
}
