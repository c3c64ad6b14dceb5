import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as Box } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "./button.tsx";
import "./card.css";
import "./confirm.css";
import "./dialog.css";

type Props = {
  isOpen: boolean;
  title: ReactNode;
  children: ReactNode;
  /** The name of the button that closes it. */
  close: string;
  onClose: () => void;
  /** Beside the page where it belongs to one of several things there. */
  look?: "center" | "side";
};

/** Something to read or fill in over the page. Escape and a press outside close it; the focus goes back. */
export function Dialog({ isOpen, title, children, close, onClose, look = "center" }: Props) {
  return (
    <ModalOverlay
      className={`overlay ${look}`}
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={`dialog card ${look}`}>
        <Box className="dialog-box">
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button tone="ghost" size="small" label={close} onPress={onClose}>
              <X aria-hidden="true" />
            </Button>
          </div>
          {children}
        </Box>
      </Modal>
    </ModalOverlay>
  );
}
