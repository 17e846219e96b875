import type { Page } from 'playwright-core';

const FRAMES = 60;
const SETTLE_MS = 300;
const PAN_PX = 30;
const FIT_ZOOM = 'fit';

/** A movement whose every frame is timed. */
export type Gesture =
  { readonly kind: 'pan' | 'drag'; readonly zoom: number | typeof FIT_ZOOM } | { readonly kind: 'zoom' };

/** Brings the canvas to where a gesture starts, and gives the time of each of its frames in milliseconds. */
export async function moveFrames(page: Page, gesture: Gesture): Promise<number[]> {
  await showAll(page);
  if (gesture.kind !== 'zoom' && gesture.zoom !== FIT_ZOOM) await zoomTo(page, gesture.zoom);
  await page.waitForTimeout(SETTLE_MS);
  if (gesture.kind === 'zoom') return framesOf(page, 'zoom', FRAMES);
  return framesOf(page, gesture.kind, FRAMES);
}

async function showAll(page: Page): Promise<void> {
  await page.locator('.canvas').focus();
  await page.keyboard.press('Shift+Digit1');
  await page.waitForTimeout(SETTLE_MS);
}

/** Zooms around the middle of the canvas, with the wheel. */
async function zoomTo(page: Page, zoom: number): Promise<void> {
  await page.evaluate(async (wanted) => {
    const flow = document.querySelector('.vue-flow');
    const pane = document.querySelector<HTMLElement>('.vue-flow__transformationpane');
    const box = flow?.getBoundingClientRect();
    if (!box || !pane) throw new Error('There is no canvas.');
    for (let turn = 0; turn < 100; turn++) {
      const now = new DOMMatrix(pane.style.transform).a;
      if (Math.abs(now / wanted - 1) < 0.01) return;
      const deltaY = Math.max(-40, Math.min(40, -Math.log2(wanted / now) * 100));
      const [clientX, clientY] = [box.x + box.width / 2, box.y + box.height / 2];
      flow
        ?.querySelector('.vue-flow__viewport')
        ?.dispatchEvent(
          new WheelEvent('wheel', { deltaY, ctrlKey: true, clientX, clientY, bubbles: true, cancelable: true }),
        );
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, zoom);
}

/** Moves a little in every frame; the time of a frame is that between two calls of `requestAnimationFrame`. */
function framesOf(page: Page, kind: Gesture['kind'], count: number): Promise<number[]> {
  return page.evaluate(
    async ([gesture, frames, step]) => {
      const viewport = document.querySelector('.vue-flow__viewport');
      const box = document.querySelector('.vue-flow')?.getBoundingClientRect();
      if (!viewport || !box) throw new Error('There is no canvas.');
      const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
      const head = [...document.querySelectorAll<HTMLElement>('.node .head')].find((each) => {
        const { left, top } = each.getBoundingClientRect();
        return left > box.x + 100 && left < at.clientX && top > box.y + 100 && top < at.clientY;
      });
      const grip = head?.getBoundingClientRect();
      const from = { clientX: (grip?.x ?? 0) + 12, clientY: (grip?.y ?? 0) + 8 };
      const wheel = (more: WheelEventInit) =>
        viewport.dispatchEvent(new WheelEvent('wheel', { ...at, bubbles: true, cancelable: true, ...more }));
      const mouse = (type: string, target: EventTarget | undefined, index: number) =>
        target?.dispatchEvent(
          new MouseEvent(type, {
            clientX: from.clientX + 4 * index,
            clientY: from.clientY + 3 * index,
            bubbles: true,
            cancelable: true,
            view: window,
            buttons: 1,
          }),
        );
      const move = (index: number) => {
        const isSecondHalf = index >= frames / 2;
        const direction = isSecondHalf ? -1 : 1;
        if (gesture === 'zoom') wheel({ deltaY: -direction * 8, ctrlKey: true });
        else if (gesture === 'pan') wheel({ deltaX: direction * step, deltaY: direction * step * 0.6 });
        else mouse('mousemove', window, isSecondHalf ? frames - index : index);
      };
      if (gesture === 'drag') mouse('mousedown', head, 0);
      const stamps = [await nextFrame()];
      for (let index = 0; index < frames; index++) {
        move(index);
        stamps.push(await nextFrame());
      }
      if (gesture === 'drag') mouse('mouseup', window, 0);
      return stamps.slice(1).map((stamp, index) => stamp - (stamps[index] ?? stamp));

      function nextFrame(): Promise<number> {
        return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
      }
    },
    [kind, count, PAN_PX] as const,
  );
}

/** Moves the query that is nearest to the middle of the canvas there. @returns Its id. */
function bringQuery(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const viewport = document.querySelector('.vue-flow__viewport');
    const box = document.querySelector('.vue-flow')?.getBoundingClientRect();
    if (!viewport || !box) throw new Error('There is no canvas.');
    const [clientX, clientY] = [box.x + box.width / 2, box.y + box.height / 2];
    const away = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x + width / 2 - clientX, y + height / 2 - clientY] as const;
    };
    const [query] = [...document.querySelectorAll<HTMLElement>('[data-node-kind=query]')].sort(
      (a, b) => Math.hypot(...away(a)) - Math.hypot(...away(b)),
    );
    if (!query) throw new Error('There is no query.');
    for (let turn = 0; turn < 200 && Math.hypot(...away(query)) > 20; turn++) {
      const [deltaX, deltaY] = away(query);
      viewport.dispatchEvent(
        new WheelEvent('wheel', { deltaX, deltaY, clientX, clientY, bubbles: true, cancelable: true }),
      );
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return query.dataset['nodeId'] ?? '';
  });
}

/** Types into a query in view, and gives the time from each key to the frame that shows it. */
export async function keystrokeTimes(page: Page, count: number): Promise<number[]> {
  await showAll(page);
  await zoomTo(page, 1);
  await page.waitForTimeout(SETTLE_MS);
  const id = await bringQuery(page);
  await page.locator(`[data-node-id="${id}"] .body`).click();
  await page.locator(`[data-node-id="${id}"] .cm-focused`).waitFor();
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => times.push(performance.now() - timeStamp);
          port2.postMessage(null);
        });
      },
      true,
    );
  });
  for (let index = 0; index < count; index++) {
    await page.keyboard.press(index % 6 === 5 ? 'Space' : 'x');
    await page.waitForTimeout(60);
  }
  const times = await page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes.splice(0));
  await page.keyboard.press('Escape');
  return times;
}
