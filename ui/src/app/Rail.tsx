import { Icon } from "../parts/icons";
import { written } from "../parts/keys";
import { setPrefs, usePrefs } from "../parts/prefs";
import { useCompact } from "../parts/useCompact";
import { go, useSpot } from "../parts/where";
import { FRAME } from "../words";
import { PLACES } from "./places";

export function Rail() {
  const compact = useCompact();
  const open = usePrefs((prefs) => prefs.railOpen) && !compact;
  const { place } = useSpot();
  return (
    <nav className="rail" aria-label="Places" data-open={open || undefined}>
      {PLACES.map(({ id, name, icon, keys }) => (
        <button
          key={id}
          type="button"
          className="rail-place"
          data-testid={`place-${id}`}
          aria-current={place === id ? "page" : undefined}
          aria-label={name}
          title={`${name}  ${written(keys)}`}
          onClick={() => go({ place: id })}
        >
          <Icon name={icon} size={20} />
          {open && <span>{name}</span>}
        </button>
      ))}
      {!compact && (
        <button
          type="button"
          className="rail-place rail-fold"
          aria-label={open ? FRAME.collapseRail : FRAME.expandRail}
          onClick={() => setPrefs({ railOpen: !open })}
        >
          <Icon name={open ? "collapse" : "expand"} size={18} />
          {open && <span>{FRAME.collapse}</span>}
        </button>
      )}
    </nav>
  );
}
