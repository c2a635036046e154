/** The colours and the typeface of every page of ours, light and dark: one product to the eye. */
export const PALETTE = `:root {
  color-scheme: light dark;
  --page: #f6f6f3; --card: #fff; --sunk: #f1f1ed; --line: #dfdfd8; --ink: #1d1f1e; --soft: #5b605d; --link: #0b5cad;
  --green: #17703a; --green-bg: #e2f4e7; --green-word: #a9e2ba;
  --red: #b3261e; --red-bg: #fdebe9; --red-word: #f7bfba;
  --amber: #845400; --amber-bg: #fdf1d8;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #151716; --card: #1e2120; --sunk: #262a28; --line: #373c39; --ink: #e8eae8; --soft: #a3aaa6; --link: #7fb6f5;
    --green: #6fd08f; --green-bg: #16301f; --green-word: #22603a;
    --red: #ff9a91; --red-bg: #3a1c1a; --red-word: #7a2f2a;
    --amber: #e9b84f; --amber-bg: #382b10;
  }
}
`;
