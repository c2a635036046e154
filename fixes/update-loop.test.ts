import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './update-loop.ts';

const ENDLESS = 'Too many re-renders. React limits the number of renders to prevent an infinite loop.';
const DEPTH = 'Maximum update depth exceeded. This can happen when a component calls setState inside useEffect.';

fixerTable(fixer, {
  cures: [
    [
      'a setter that is called while it is drawn',
      ENDLESS,
      'const A = () => <b onClick={setOpen(true)} onFocus={go} />;',
      'const A = () => <b onClick={() => setOpen(true)} onFocus={go} />;',
    ],
    [
      'a method of a class',
      { message: DEPTH, line: 2 },
      'class A extends Component {\n  render() { return <b onClick={this.setState({ a: 1 })} />; }\n}',
      'class A extends Component {\n  render() { return <b onClick={() => this.setState({ a: 1 })} />; }\n}',
    ],
    [
      'an effect that runs after every render',
      { message: DEPTH, line: 2 },
      'function A() {\n  useEffect(() => { setRows(load()); });\n  return <b onClick={go} />;\n}',
      'function A() {\n  useEffect(() => { setRows(load()); }, []);\n  return <b onClick={go} />;\n}',
    ],
    [
      'an effect of React by its full name',
      { message: 'Minified React error #185; visit https://react.dev/errors/185', line: 2 },
      'const A = () => {\n  React.useLayoutEffect(() => dispatch(1));\n  return null;\n};',
      'const A = () => {\n  React.useLayoutEffect(() => dispatch(1), []);\n  return null;\n};',
    ],
  ],
  best: [
    [
      'the setter before what makes a handler',
      ENDLESS,
      'const A = () => <p><b onClick={handlerOf(a)} /><i onClick={setOpen(true)} /></p>;',
      'const A = () => <p><b onClick={handlerOf(a)} /><i onClick={() => setOpen(true)} /></p>;',
    ],
  ],
  leaves: [
    ['another error', 'open is not defined', 'const A = () => <b onClick={setOpen(true)} />;'],
    ['a handler', ENDLESS, 'const A = () => <b onClick={setOpen} />;'],
    ['a bound handler', ENDLESS, 'const A = () => <b onClick={go.bind(a)} />;'],
    ['a value that is drawn', ENDLESS, 'const A = () => <b title={titleOf(a)} />;'],
    [
      'an effect with its dependencies',
      { message: DEPTH, line: 2 },
      'function A() {\n  useEffect(() => { setRows(1); }, [a]);\n}',
    ],
    ['an effect that sets nothing', { message: DEPTH, line: 2 }, 'function A() {\n  useEffect(() => { log(1); });\n}'],
  ],
});
