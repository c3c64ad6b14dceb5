import type { ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "./button.tsx";
import "./confirm.css";

type Props = {
  isOpen: boolean;
  title: ReactNode;
  children: ReactNode;
  yes: ReactNode;
  no: ReactNode;
  onYes: () => void;
  onNo: () => void;
};

/** Asks before something that should be done knowingly. Escape and a press outside mean no. */
export function Confirm({ isOpen, title, children, yes, no, onYes, onNo }: Props) {
  return (
    <ModalOverlay
      className="overlay"
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onNo();
      }}
    >
      <Modal className="confirm card">
        <Dialog role="alertdialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <div className="muted">{children}</div>
          <div className="confirm-actions">
            <Button tone="quiet" onPress={onNo} autoFocus>
              {no}
            </Button>
            <Button onPress={onYes}>{yes}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
