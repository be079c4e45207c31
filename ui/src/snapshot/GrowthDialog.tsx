// A few bytes of a file stand for very many rows: asks whether that is meant, before they fill the disk.

import { Button, Modal } from "@mantine/core";

type Props = {
  /** What the load said: the file, its size and the limit. `null`: nothing is asked. */
  message: string | null;
  onAllow: () => void;
  onClose: () => void;
};

export function GrowthDialog({ message, onAllow, onClose }: Props) {
  return (
    <Modal
      opened={message !== null}
      onClose={onClose}
      title="The file grows very large"
      closeButtonProps={{ "aria-label": "Close" }}
      data-testid="growth-dialog"
    >
      <p>{message}</p>
      <div className="row dialog-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Leave it
        </Button>
        <Button onClick={onAllow}>Load it all the same</Button>
      </div>
    </Modal>
  );
}
