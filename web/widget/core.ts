// The chat's main file: what is loaded to open it, and under which names the pieces that come later find what they
// share with it.
export * from 'preact/hooks';
export { Fragment, jsx, jsxs } from 'preact/jsx-runtime';
export { batch, computed, signal } from '@preact/signals';
export * from '../shared/api';
export * from '../shared/format';
export * from '../shared/live';
export * from '../shared/timeline';
export * from './app';
export * from './connection';
export * from './i18n';
export * from './icons';
export * from '../shared/lazy';
export * from './panel';
export * from './store';
export * from './styles';
export * from './uploads';

