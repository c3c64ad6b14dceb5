import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html } from "./html.ts";

describe("notifications/html", () => {
  test("text is data, in elements and in attributes", () => {
    const evil = `"><script>alert('x')</script>&amp;`;
    expect(html`<a title="${evil}">${evil}</a>`.html).toBe(
      `<a title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</a>`,
    );
  });

  test("markup of ours stays markup, one or many", () => {
    const items = ["a", "<b>"].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${html`<hr>`}`.html).toBe(
      "<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>",
    );
  });

  test("no text opens a tag, ends an attribute or begins an entity of its own", async () => {
    const sign = fc.constantFrom("<", ">", "&", '"', "'", "a", "/", "\n", "#", ";");
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: sign, maxLength: 20 }), async (text) => {
        const { html: written } = html`${text}`;
        expect(written).not.toMatch(/[<>"']/);
        expect(written.replace(/&(?:amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
      }),
    );
  });
});
