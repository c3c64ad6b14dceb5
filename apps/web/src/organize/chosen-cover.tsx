import { type ReactNode, useEffect, useState } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Meter } from "#web/ui/meter.tsx";

type Props = {
  picture: Blob;
  /** To which events of its series it goes. */
  series: ReactNode;
  /** How far it is on its way, as a share; absent while it is not sent. */
  sent: number | undefined;
  onAccept: () => void;
  onGiveUp: () => void;
};

/** A picture as it will be cut, before it is sent and while it is. */
export function ChosenCover({ picture, series, sent, onAccept, onGiveUp }: Props) {
  const { covers: t } = useManageTexts();
  return (
    <>
      <Cut picture={picture} />
      <p className="faint">{t.crop}</p>
      {series}
      {sent !== undefined && <Progress share={sent} />}
      <div className="manage-actions">
        <Button isPending={sent !== undefined} onPress={onAccept} autoFocus>
          {t.accept}
        </Button>
        <Button tone="ghost" onPress={onGiveUp}>
          {t.giveUp}
        </Button>
      </div>
    </>
  );
}

function Cut({ picture }: { picture: Blob }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return url ? <img className="cover-frame" src={url} alt="" /> : <div className="cover-frame" />;
}

function Progress({ share }: { share: number }) {
  const { covers: t } = useManageTexts();
  const percent = Math.round(share * 100);
  const words = share < 1 ? t.sending(percent) : t.making;
  return (
    <div className="cover-progress">
      <div
        role="progressbar"
        aria-label={t.title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
      >
        <Meter share={share} tone="ok" />
      </div>
      <p className="faint">{words}</p>
    </div>
  );
}
