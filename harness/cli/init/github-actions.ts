/** The actions that a workflow uses, each pinned to one commit: a tag that is moved brings no other code in. */
const COMMITS = {
  'actions/cache': ['5a3ec84eff668545956fd18022155c47e93e2684', 'v4.2.3'],
  'actions/checkout': ['11bd71901bbe5b1630ceea73d27597364c9af683', 'v4.2.2'],
  'actions/download-artifact': ['d3f86a106a0bac45b974a628896c90dbdf5c8093', 'v4.3.0'],
  'actions/setup-node': ['49933ea5288caeca8642d1e84afbd3f7d6820020', 'v4.4.0'],
  'actions/setup-python': ['a26af69be951a213d495a4c3e4e4022e16d87065', 'v5.6.0'],
  'actions/upload-artifact': ['ea165f8d65b6e75b540449e92b4886f43607fa02', 'v4.6.2'],
  'oven-sh/setup-bun': ['735343b667d3e6f658f44d0eca948eb6282f2b76', 'v2.0.2'],
  'pnpm/action-setup': ['a7487c7e89a18df4991f7f222e4898a00d66ddda', 'v4.1.0'],
} as const;

/** `uses: actions/checkout@11bd… # v4.2.2` */
export function uses(action: keyof typeof COMMITS): string {
  const [commit, version] = COMMITS[action];
  return `uses: ${action}@${commit} # ${version}`;
}
