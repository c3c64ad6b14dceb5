import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Confirm } from "#web/ui/confirm.tsx";
import { useIntention } from "#web/use-intention.ts";

/** Ends the address there is for another one, knowingly: calendars that use it show nothing new any more. */
export function NewAddress() {
  const { calendars: t } = useTexts().texts;
  const [asks, setAsks] = useState(false);
  const rotate = useRotate();
  return (
    <>
      <div className="new-address">
        <Button
          tone="ghost"
          size="small"
          isPending={rotate.isPending}
          onPress={() => setAsks(true)}
        >
          {t.rotate}
        </Button>
        <span className="field-hint" role="status">
          {rotate.isSuccess && t.rotated}
        </span>
      </div>
      {rotate.isError && <ProblemNotice error={rotate.error} onRetry={() => rotate.mutate({})} />}
      <Confirm
        isOpen={asks}
        title={t.rotateTitle}
        yes={t.rotateYes}
        no={t.rotateNo}
        onYes={() => {
          setAsks(false);
          rotate.mutate({});
        }}
        onNo={() => setAsks(false)}
      >
        {t.rotateBody}
      </Confirm>
    </>
  );
}

function useRotate() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useIntention({
    send: (input: Record<string, never>, options) => client.calendars.rotate.mutate(input, options),
    onAnswer: (feed) => queryClient.setQueryData(trpc.calendars.get.queryKey(), feed),
    onRefusal: () => void queryClient.invalidateQueries({ queryKey: trpc.calendars.pathKey() }),
  });
}
