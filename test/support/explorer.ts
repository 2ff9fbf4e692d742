import type { Locator, Page } from 'playwright-core';

/** The result in an operation's panel after its execution. */
export interface Shown {
  readonly status: number;
  readonly text: string;
  /** The request URL that the page shows. */
  readonly url: string;
  /** The body as JSON; fails the test when it is not JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- responses are read without types
  readonly json: any;
}

/** The documents page, used as a person uses it. */
export class Explorer {
  constructor(
    private readonly page: Page,
    private readonly origin: string,
  ) {}

  async open(title: string): Promise<void> {
    await this.page.goto(`${this.origin}/docs?urls.primaryName=${encodeURIComponent(title)}`);
    await this.page.getByRole('heading', { name: `Quintet: ${title}` }).waitFor();
    await this.page.locator('.opblock').first().waitFor();
  }

  /** Selects another document without reloading the page. */
  async choose(title: string): Promise<void> {
    await this.page.locator('#select').selectOption({ label: title });
    await this.page.getByRole('heading', { name: `Quintet: ${title}` }).waitFor();
    await this.page.locator('.opblock').first().waitFor();
  }

  get demoButton(): Locator {
    return this.page.getByRole('button', { name: 'Use the demo credential' });
  }

  /** The lock on "Authorize". */
  async isAuthorized(): Promise<boolean> {
    return (await this.page.locator('.scheme-container .auth-wrapper .authorize.locked').count()) === 1;
  }

  /** Fills in the dialog's form of one scheme, one field after another. */
  async authorize(scheme: string, ...values: readonly string[]): Promise<void> {
    await this.page.locator('.scheme-container .auth-wrapper .authorize').click();
    const form = this.page.locator('.auth-container', {
      has: this.page.locator(`code:text-is("${scheme}")`),
    });
    for (const [index, value] of values.entries()) await form.locator('input').nth(index).fill(value);
    await form.getByRole('button', { name: 'Apply credentials' }).click();
    await form.getByText('Authorized').waitFor();
    await this.page.locator('.close-modal').click();
  }

  /** Opens an operation's panel. */
  async panel(operationId: string): Promise<Locator> {
    const panel = this.page.locator(`[id^="operations-"][id$="-${operationId}"]`);
    if ((await panel.locator('.execute').count()) === 0)
      await panel.locator('.opblock-summary-control').click();
    await panel.locator('.execute').waitFor();
    return panel;
  }

  /** Executes an operation with the prefilled values, except for the given parameters. */
  async execute(operationId: string, parameters: Readonly<Record<string, string>> = {}): Promise<Shown> {
    const panel = await this.panel(operationId);
    for (const [name, value] of Object.entries(parameters))
      await panel.locator(`tr[data-param-name="${name}"] input`).fill(value);
    const answered = this.page.waitForResponse((response) => response.request().resourceType() === 'fetch');
    await panel.locator('.execute').click();
    const status = (await answered).status();
    const answer = panel.locator('.live-responses-table');
    await answer.locator('.response-col_status', { hasText: String(status) }).waitFor();
    const body = answer.locator('.highlight-code pre');
    const text = (await body.count()) === 0 ? '' : ((await body.first().textContent()) ?? '');
    return {
      status,
      text,
      url: (await panel.locator('.request-url pre').textContent()) ?? '',
      get json() {
        return JSON.parse(text) as unknown;
      },
    };
  }
}
