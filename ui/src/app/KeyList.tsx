import { Modal } from "@mantine/core";
import { type Action, offered, useOffers } from "../parts/actions";
import { Keys } from "../parts/Bits";

/** The keys that work right now, by group. */
export function KeyList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const byOwner = useOffers((offers) => offers.byOwner);
  const groups = opened ? grouped(offered(byOwner)) : [];
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="xl" closeButtonProps={{ "aria-label": "Close" }}>
      <div className="key-list" data-testid="key-list">
        {groups.map(([group, actions]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {actions.map((action) => (
                <div key={action.id}>
                  <dt>{action.name}</dt>
                  <dd>
                    {action.keys?.map((keys) => (
                      <Keys key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function grouped(actions: Action[]): [string, Action[]][] {
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    if (!action.keys?.length) continue;
    const group = groups.get(action.group) ?? [];
    group.push(action);
    groups.set(action.group, group);
  }
  return [...groups];
}
