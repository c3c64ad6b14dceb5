import { COVER_TYPES } from "@tsudoi/shared/covers.ts";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Meter } from "#web/ui/meter.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { type Fitted, fitPicture, type PictureProblem } from "./fit-picture.ts";
import { SeriesChoice } from "./series-choice.tsx";
import { useRemoveCover, useSetCover } from "./use-cover.ts";
import "./cover-field.css";

type Props = { event: Pick<Event, "id" | "cover" | "seriesId"> };

/** An event's picture: chosen or dropped, seen as it will be cut, and sent. */
export function CoverField({ event }: Props) {
  const { covers: t } = useManageTexts();
  const [chosen, setChosen] = useState<Fitted>();
  const [isReading, setReading] = useState(false);
  const [apply, setApply] = useState<SeriesPart>("this");
  const [said, say] = useState<string>();
  const [isBack, setBack] = useState(false);
  const set = useSetCover(event.id);
  const remove = useRemoveCover(event.id);
  const picture = chosen && "picture" in chosen ? chosen.picture : undefined;

  async function choose(file: Blob | undefined): Promise<void> {
    if (file === undefined || set.isPending) return;
    say(undefined);
    set.reset();
    remove.reset();
    setReading(true);
    setChosen(await fitPicture(file));
    setReading(false);
  }
  function finish(words?: string): void {
    setChosen(undefined);
    setApply("this");
    setBack(words === undefined);
    say(words);
  }
  function send(): void {
    if (picture) set.mutate({ picture, apply }, { onSuccess: () => finish(t.set) });
  }
  function giveUp(): void {
    if (set.isPending) set.giveUp();
    else finish();
  }
  const series = event.seriesId && <SeriesChoice value={apply} onChange={setApply} />;
  const problem = chosen && "problem" in chosen ? chosen.problem : refusedAs(set.error);
  return (
    <section className="manage-panel card cover-field">
      <h2>{t.title}</h2>
      {said && <Notice key={said} tone="ok" title={said} live focus />}
      {problem && <Refused problem={problem} />}
      {set.isError && !problem && <ProblemNotice error={set.error} onRetry={send} />}
      {remove.isError && (
        <ProblemNotice error={remove.error} onRetry={() => remove.mutate(remove.variables)} />
      )}
      {picture ? (
        <>
          <Cut picture={picture} />
          <p className="faint">{t.crop}</p>
          {series}
          {set.isPending && <Progress share={set.share} />}
          <div className="manage-actions">
            <Button isPending={set.isPending} onPress={send} autoFocus>
              {t.accept}
            </Button>
            <Button tone="ghost" onPress={giveUp}>
              {t.giveUp}
            </Button>
          </div>
        </>
      ) : (
        <DropZone onFile={(file) => void choose(file)}>
          {event.cover && <img className="cover-frame" src={event.cover.url} alt="" />}
          <div className="manage-actions">
            <Chooser
              label={event.cover ? t.change : t.choose}
              isPending={isReading}
              autoFocus={isBack}
              onFile={(file) => void choose(file)}
            />
            {event.cover && (
              <Button
                tone="ghost"
                isPending={remove.isPending}
                onPress={() =>
                  remove.mutate(
                    { eventId: event.id, apply: "this" },
                    { onSuccess: () => finish(t.removed) },
                  )
                }
              >
                {t.remove}
              </Button>
            )}
          </div>
        </DropZone>
      )}
    </section>
  );
}

function Refused({ problem }: { problem: PictureProblem }) {
  const { covers: t } = useManageTexts();
  const { title, next } = t.refused[problem];
  return (
    <Notice key={problem} tone="warn" title={title} live>
      {next}
    </Notice>
  );
}

const PROBLEMS: readonly PictureProblem[] = [
  "unreadable",
  "too_small",
  "too_many_pixels",
  "too_big",
];

/** What is wrong with the picture, in the picture's own words. */
function refusedAs(error: unknown): PictureProblem | undefined {
  const codes = error ? toProblem(error).issues?.map(({ code }) => code) : [];
  if (codes?.includes("unsupported_media_type")) return "unreadable";
  return PROBLEMS.find((problem) => codes?.includes(problem));
}

/** As it will be seen. */
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

type FileProps = { onFile: (file: Blob | undefined) => void };

type ChooserProps = FileProps & { label: string; isPending: boolean; autoFocus: boolean };

function Chooser({ label, isPending, autoFocus, onFile }: ChooserProps) {
  const { covers: t } = useManageTexts();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        tone="quiet"
        isPending={isPending}
        working={t.reading}
        autoFocus={autoFocus}
        onPress={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={COVER_TYPES.join(",")}
        aria-label={label}
        onChange={({ currentTarget }) => {
          onFile(currentTarget.files?.[0]);
          // The same file can be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

function DropZone({ onFile, children }: FileProps & { children: React.ReactNode }) {
  const { covers: t } = useManageTexts();
  const [isOver, setOver] = useState(false);
  const take = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    setOver(over);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same.
    <div
      className="cover-drop"
      {...(isOver ? { "data-over": "" } : {})}
      onDragOver={(event) => take(event, true)}
      onDragLeave={(event) => take(event, false)}
      onDrop={(event) => {
        take(event, false);
        onFile(event.dataTransfer.files[0]);
      }}
    >
      {children}
      <p className="faint">
        {isOver ? t.dropNow : t.hint} {!isOver && <span className="cover-drop-hint">{t.drop}</span>}
      </p>
    </div>
  );
}
