/** What secrets look like, whatever stands around them, and the fields of a page that hold them. */

/** Sources of regular expressions, case-sensitive: tokens by their prefix, JSON web tokens, card numbers. */
export const SECRET_SHAPES: readonly string[] = [
  String.raw`\b(?:gh[oprsu]_|github_pat_|glpat-|gldt-|glrt-|sntry[su]_|npm_|sk_live_|sk-ant-|sk-proj-|rk_live_)[\w-]{16,}=*`,
  String.raw`\bxox[abeoprs]-[\w-]{10,}`,
  String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
  String.raw`\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*`,
];

/** Thirteen to nineteen digits, spaced or hyphened as on a card, that begin as cards do. */
export const CARD_SHAPE = String.raw`(?<![\w.-])(?:4\d{3}|5[1-5]\d\d|2[2-7]\d\d|3[47]\d\d|3[068]\d\d|6\d{3})(?:[ -]?\d){9,15}(?![\w-]|\.\d)`;

/** Names, ids and autocomplete words of fields whose value is nobody's to see. */
export const SECRET_FIELD_WORDS: readonly string[] = [
  ...['password', 'passwd', 'passphrase', 'secret', 'token', 'api-key', 'api_key', 'apikey', 'one-time-code', 'otp'],
  ...['cc-number', 'cc-csc', 'cc-exp', 'cardnumber', 'card-number', 'card_number', 'cvc', 'cvv', 'iban'],
];
