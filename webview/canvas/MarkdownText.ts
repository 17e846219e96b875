import { defineComponent, h, type VNodeChild } from 'vue';
import { markdownTree, type MarkdownPart } from './markdownTree.ts';

/** A Markdown text, made of elements: nothing of it is ever read as HTML. A click on a link asks to follow it. */
export const MarkdownText = defineComponent({
  name: 'MarkdownText',
  props: { text: { type: String, required: true } },
  emits: { follow: (href: string) => href !== '' },
  setup(props, { emit }) {
    function follow(event: MouseEvent, href: string): void {
      event.preventDefault();
      event.stopPropagation();
      emit('follow', href);
    }

    function draw(part: MarkdownPart): VNodeChild {
      if (typeof part === 'string') return part;
      const { tag, attributes, parts } = part;
      const { href } = attributes;
      const link = href === undefined ? {} : { title: href, onClick: (event: MouseEvent) => follow(event, href) };
      return h(tag, { ...attributes, ...link }, parts.map(draw));
    }

    return () => h('div', { class: 'markdown' }, markdownTree(props.text).map(draw));
  },
});
