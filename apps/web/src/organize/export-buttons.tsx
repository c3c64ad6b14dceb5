import { EXPORT_FORMATS, type ExportFormat } from "@tsudoi/shared/registration-exports.ts";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTRPCClient } from "#web/api.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useIntention } from "#web/use-intention.ts";
import { toFilter } from "./people-queries.ts";
import type { PeopleSearch } from "./people-search.ts";

type Props = { eventId: string; search: PeopleSearch };

type Export = ReturnType<typeof toFilter> & { eventId: string; format: ExportFormat };

/** What the list shows, as a file: its link is for the one who asked, works once, and is followed at once. */
export function ExportButtons({ eventId, search }: Props) {
  const { export: t } = useManageTexts();
  const [asked, setAsked] = useState<ExportFormat>();
  const client = useTRPCClient();
  const exported = useIntention({
    send: (input: Export, options) => client.registrations.export.mutate(input, options),
    onAnswer: ({ url }) => download(url),
    onRefusal: () => undefined,
  });
  function ask(format: ExportFormat): void {
    setAsked(format);
    exported.mutate({ eventId, ...toFilter(search), format });
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons are no part of a form. */}
      <div className="manage-actions" role="group" aria-label={t.label}>
        {EXPORT_FORMATS.map((format) => (
          <Button
            key={format}
            tone="quiet"
            size="small"
            isPending={exported.isPending && asked === format}
            working={t.working}
            onPress={() => ask(format)}
          >
            <Download aria-hidden="true" />
            {t[format]}
          </Button>
        ))}
      </div>
      {exported.isSuccess && (
        <div className="people-told">
          <Notice tone="ok" title={t.ready} live>
            {t.readyNext}
          </Notice>
        </div>
      )}
      {exported.isError && asked && (
        <div className="people-told">
          <ProblemNotice error={exported.error} onRetry={() => ask(asked)} />
        </div>
      )}
    </>
  );
}

/** Not a visit: where the link leads to no file, the page stays, and the browser tells of a download that failed. */
function download(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}
