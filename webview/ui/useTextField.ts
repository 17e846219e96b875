import { onMounted, watch, type ShallowRef } from 'vue';

/** A text field of the toolkit, as far as we use it. */
export type TextFieldElement = HTMLElement & { value: string };

/** Names a text field and shows a value in it, without touching what is being typed while the value stays the same. */
export function useTextField(
  field: Readonly<ShallowRef<TextFieldElement | null>>,
  text: { readonly label: string; readonly value: string },
): void {
  function show(): void {
    if (field.value) field.value.value = text.value;
  }

  onMounted(() => {
    // The element names itself "Text field" when it is connected.
    field.value?.setAttribute('aria-label', text.label);
    show();
  });
  watch(() => text.value, show);
}
