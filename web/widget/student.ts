export { VisitorStore as StudentStore } from './visitor';
