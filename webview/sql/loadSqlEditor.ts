/** The SQL editor with CodeMirror, a third of all the code: it comes on its own, so that the first rows need not wait for it. */
export const loadSqlEditor = () => import('./SqlEditor.vue');
