import type {
  AnyTRPCProcedure,
  AnyTRPCQueryProcedure,
  AnyTRPCSubscriptionProcedure,
} from "@trpc/server";
import type { AppRouter } from "@tsudoi/api/router.ts";

export type CallOptions = {
  signal?: AbortSignal | undefined;
  /** The most time for the whole call, repeats and the waits between them included. */
  deadlineMs?: number | undefined;
};

export type MutationOptions = CallOptions & {
  /** Names one intention, so that making the same call again later is still the same call; random where absent. */
  idempotencyKey?: string | undefined;
};

/** Every procedure of the API under its own name. */
export type Client = Calls<Procedures>;

/** What each procedure takes: `Inputs["events"]["create"]`. */
export type Inputs = Parts<Procedures, "input">;

/** What each procedure answers: `Outputs["events"]["list"]["items"][number]`. */
export type Outputs = Parts<Procedures, "output">;

type Procedures = AppRouter["_def"]["record"];

type Parts<Group, Part extends "input" | "output"> = {
  [Name in keyof Group]: Group[Name] extends AnyTRPCProcedure
    ? Message<Group[Name]["_def"]["$types"][Part]>
    : Parts<Group[Name], Part>;
};

type Calls<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends AnyTRPCProcedure
    ? Call<Group[Name]>
    : Calls<Group[Name]>;
};

type Call<Procedure extends AnyTRPCProcedure> = Procedure extends AnyTRPCQueryProcedure
  ? Query<Input<Procedure>, Output<Procedure>> & Each<Input<Procedure>, Output<Procedure>>
  : Procedure extends AnyTRPCSubscriptionProcedure
    ? Subscribe<Omit<Input<Procedure>, "lastEventId">, Message<Output<Procedure>>>
    : Mutate<Procedure>;

type Mutate<Procedure extends AnyTRPCProcedure> = {
  mutate: Ask<Input<Procedure>, MutationOptions, Promise<Output<Procedure>>>;
};

export type SubscribeOptions = Pick<CallOptions, "signal">;

type Subscribe<Taken, Given> = {
  subscribe: Ask<Taken, SubscribeOptions, AsyncGenerator<Given, void, undefined>>;
};

/** Of a stream what it brings, without the mark that it is opened again with. */
type Message<Given> =
  Given extends AsyncIterable<infer Item>
    ? Item extends { id: string; data: infer Data }
      ? Data
      : Item
    : Given;

type Query<Taken, Given> = { query: Ask<Taken, CallOptions, Promise<Given>> };

/** Only what takes a cursor and answers with the next one has pages to walk. */
type Each<Taken, Given> = "cursor" extends keyof Taken
  ? Given extends { items: (infer Item)[]; nextCursor: string | null }
    ? { each: Ask<Omit<Taken, "cursor">, CallOptions, AsyncGenerator<Item, void, undefined>> }
    : unknown
  : unknown;

/** An input that may be empty may be left out. */
type Ask<Taken, Options, Given> =
  Record<never, never> extends Taken
    ? (input?: Taken, options?: Options) => Given
    : (input: Taken, options?: Options) => Given;

type Input<Procedure extends AnyTRPCProcedure> = Procedure["_def"]["$types"]["input"];
type Output<Procedure extends AnyTRPCProcedure> = Procedure["_def"]["$types"]["output"];
