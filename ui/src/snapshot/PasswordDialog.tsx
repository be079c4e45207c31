// Asks for the password of a protected file, and loads again with it. It is kept nowhere: closing forgets it.

import { Button, Modal, PasswordInput } from "@mantine/core";
import { useState } from "react";

type Props = {
  /** What the load said: the file, and what to do. `null`: nothing is asked. */
  message: string | null;
  /** Whether one that was given did not fit. */
  again: boolean;
  onGive: (password: string) => void;
  onClose: () => void;
};

export function PasswordDialog({ message, again, onGive, onClose }: Props) {
  const [password, setPassword] = useState("");
  const forget = () => setPassword("");
  return (
    <Modal
      opened={message !== null}
      onClose={() => {
        forget();
        onClose();
      }}
      title="A password is needed"
      closeButtonProps={{ "aria-label": "Close" }}
      data-testid="password-dialog"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (password === "") return;
          onGive(password);
          forget();
        }}
      >
        <p>{message}</p>
        <PasswordInput
          label="Password"
          description="It is used for this load and kept nowhere."
          error={again ? "The password given before does not fit." : undefined}
          autoComplete="off"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="row dialog-end">
          <Button type="submit" disabled={password === ""}>
            Load
          </Button>
        </div>
      </form>
    </Modal>
  );
}
