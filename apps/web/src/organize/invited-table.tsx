import type { Invitation } from "@tsudoi/shared/invitations.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";

type Props = { invitations: Invitation[]; onRemove?: (email: string) => void };

export function InvitedTable({ invitations, onRemove }: Props) {
  const { texts } = useTexts();
  const { invitations: t, organizers } = useManageTexts();
  return (
    <div className="table-frame card">
      <table className="table invitations-table">
        <caption className="visually-hidden">{t.table}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.signIn.email}</th>
            <th scope="col">{t.via}</th>
            {onRemove && (
              <th scope="col">
                <span className="visually-hidden">{organizers.remove}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {invitations.map(({ email, via }) => (
            <tr key={email}>
              <th scope="row">{email}</th>
              <td className="muted">{t.vias[via]}</td>
              {onRemove && (
                <td className="cell-end">
                  <Button
                    tone="ghost"
                    size="small"
                    label={t.removeOf(email)}
                    onPress={() => onRemove(email)}
                  >
                    {organizers.remove}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
