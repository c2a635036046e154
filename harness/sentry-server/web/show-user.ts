/** The only user: whoever reaches the Web API. */

export const USER = {
  id: '1',
  name: 'mendwright',
  username: 'mendwright',
  email: 'mendwright@localhost',
  avatarUrl: '',
  isActive: true,
  isSuspended: false,
  hasPasswordAuth: false,
  isManaged: false,
  dateJoined: '2026-01-01T00:00:00.000Z',
  lastLogin: null,
  has2fa: false,
  lastActive: null,
  isSuperuser: false,
  isStaff: false,
  experiments: {},
  emails: [{ id: '1', email: 'mendwright@localhost', is_verified: true }],
  avatar: { avatarType: 'letter_avatar', avatarUuid: null },
} as const;

export const SCOPES = [
  'org:read',
  'member:read',
  'team:read',
  'team:write',
  'project:read',
  'project:write',
  'project:releases',
  'event:read',
  'event:write',
] as const;

/** The user's membership of the only organisation. */
export const MEMBER = {
  id: '1',
  email: USER.email,
  name: USER.name,
  user: USER,
  orgRole: 'owner',
  pending: false,
  expired: false,
  flags: {
    'idp:provisioned': false,
    'idp:role-restricted': false,
    'sso:linked': false,
    'sso:invalid': false,
    'member-limit:restricted': false,
    'partnership:restricted': false,
  },
  dateCreated: USER.dateJoined,
  inviteStatus: 'approved',
  inviterName: null,
} as const;
