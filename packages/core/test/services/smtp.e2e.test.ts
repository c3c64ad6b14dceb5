import { createTransport } from "nodemailer";
import { describe, expect, it, vi } from "vitest";
import { type SmtpService, startSmtp } from "./smtp.ts";

function send(service: SmtpService, subject = "集い"): Promise<unknown> {
  const transport = createTransport({ url: service.url, socketTimeout: 5_000 });
  const message = { from: "a@tsudoi.test", to: "b@tsudoi.test", subject, text: "こんにちは" };
  return transport.sendMail(message).finally(() => transport.close());
}

describe("startSmtp", () => {
  it("keeps messages as they came", async () => {
    await using service = await startSmtp();
    await send(service, "hello");
    expect(service.messages).toMatchObject([{ from: "a@tsudoi.test", to: ["b@tsudoi.test"] }]);
    expect(service.messages[0]?.raw).toMatch(/^Subject: hello\r$/m);
  });

  it.each([
    ["refuse", 550],
    ["tempfail", 451],
  ] as const)("answers each recipient with an error: %s", async (behaviour, responseCode) => {
    await using service = await startSmtp();
    service.behave(behaviour);
    await expect(send(service)).rejects.toMatchObject({ responseCode });
    expect(service.messages).toEqual([]);
  });

  it("holds its answer for as long as it is a tarpit", async () => {
    await using service = await startSmtp();
    service.behave("tarpit");
    let sent = false;
    const sending = send(service).then(() => {
      sent = true;
    });
    await vi.waitFor(() => expect(service.held()).toBe(1), 10_000);
    expect(sent).toBe(false);
    service.behave("accept");
    await sending;
    expect(service.messages).toHaveLength(1);
  });

  it("takes a message and cuts the line before it says so", async () => {
    await using service = await startSmtp();
    service.behave("hang-up");
    await expect(send(service)).rejects.toThrow();
    expect(service.messages).toHaveLength(1);
  });
});
