import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import typescript from 'typescript-eslint';

const OUTSIDE_LINK = [{ name: 'acquireVsCodeApi', message: 'Only webview/link talks to VS Code.' }];

export default typescript.config(
  { ignores: ['node_modules/', 'dist/', '.cache/', '.vscode-test/', 'coverage/', 'test/fixtures/**/*.js'] },
  js.configs.recommended,
  typescript.configs.strictTypeChecked,
  vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'extension/common/tsconfig.json', 'webview/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/require-await': 'off',
      // Interfaces write methods in short form; taking one out of an object is how lists of services are passed.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a string union.' },
        { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
      ],
      'no-restricted-globals': ['error', ...OUTSIDE_LINK],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/require-default-prop': 'off',
      // The toolkit's elements are web components, and these are their slots.
      'vue/no-deprecated-slot-attribute': 'off',
      'no-undef': 'off',
    },
  },
  {
    files: ['webview/**'],
    ignores: ['webview/gpu/arena.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['createBuffer', 'createTexture'].map((property) => ({
          property,
          message: 'Only the arena makes buffers and textures: it counts them.',
        })),
      ],
    },
  },
  { files: ['webview/link/**'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['**/*.d.ts', '*.config.ts', 'webview/**/*.vue'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.mjs', 'vitest.config.ts'],
    extends: [typescript.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
    rules: { 'no-restricted-syntax': 'off' },
  },
  prettier,
);
