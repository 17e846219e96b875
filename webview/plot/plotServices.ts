import type { InjectionKey } from 'vue';
import type { RendererService } from './rendererService.ts';

/** Provides the webview's one renderer service to its plots: `app.provide(rendererServiceKey, service)`. */
export const rendererServiceKey: InjectionKey<RendererService> = Symbol('renderer service');
