// A load came to a limit that a person may lift: asks before it fills the disk.

import { Button, Modal } from "@mantine/core";

type Props = {
  title: string;
  /** What the load said: what is needed and what there is. `null`: nothing is asked. */
  message: string | null;
  onAllow: () => void;
  onClose: () => void;
};

export function LimitDialog({ title, message, onAllow, onClose }: Props) {
  return (
    <Modal
      opened={message !== null}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": "Close" }}
      data-testid="limit-dialog"
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
